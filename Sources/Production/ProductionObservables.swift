import LeptonicPortal
import PortalKernels

/// The production cross section as observables of a scan, over m_phi and the beam's energy.
public struct ProductionObservables: Sendable, Hashable {
  /// Monte Carlo at every mass and energy, each with its own random numbers.
  public struct MonteCarlo: Sendable, Hashable {
    /// The least number of samples per point; whole tiles of 1024 are drawn, two or more.
    public var samples: Int
    public var seed: UInt32

    public init(samples: Int, seed: UInt32) {
      self.samples = samples
      self.seed = seed
    }
  }

  public var process: ProductionProcess
  public var method: CrossSectionMethod
  public var cuts: ProductionCuts
  /// nil for quadrature to 1e-6; otherwise the exact cross section by Monte Carlo, whatever the method.
  public var monteCarlo: MonteCarlo?

  public init(
    process: ProductionProcess, method: CrossSectionMethod = .exact, cuts: ProductionCuts = .none,
    monteCarlo: MonteCarlo? = nil
  ) {
    self.process = process
    self.method = method
    self.cuts = cuts
    self.monteCarlo = monteCarlo
  }

  public static let energy = Quantity("energy", units: "GeV", longName: "beam energy, the nucleus at rest")
  public static let sigma = Quantity(
    "sigma_pb", units: "pb", longName: "cross section of l N -> l' N phi for h_mue = 1",
    references: "arXiv:2202.04410 eqs. (22), (23), exact tree level (docs/production.md)")
  public static let error = Quantity(
    "sigma_pb_error", units: "1",
    longName: "estimated relative error of sigma_pb: of the quadrature, or one standard deviation of the Monte Carlo")
  private static let evaluations = Quantity(
    "sigma_pb_evaluations", units: "1", longName: "evaluations of the squared amplitude behind sigma_pb")

  /// Of the observables.
  public static let names = [sigma, error].map(\.name)

  /// ``sigma`` and ``error``; ``energy`` is a parameter, which the scan must give.
  public var modelExtension: ModelExtension {
    ModelExtension(parameters: [Self.energy], observables: [Self.sigma, Self.error], formulas: [formula])
  }

  private var formula: Formula {
    let point = [Self.energy, Parameters.mPhi]
    let (process, cuts) = (process, cuts)
    guard let monteCarlo else {
      return Formula(
        method.totalKernel, of: point, gives: [Self.sigma, Self.error, Self.evaluations],
        auxiliary: { KernelData(process, cuts: cuts, tolerance: CrossSectionCalculator.defaultTolerance).values })
    }
    return Formula(
      Kernel(portal_kernel_production_monte_carlo), of: point + [Parameters.point], gives: [Self.sigma, Self.error],
      auxiliary: {
        KernelData(
          process, cuts: cuts, random: RandomStream(seed: monteCarlo.seed),
          plan: SamplingPlan(samples: monteCarlo.samples)
        ).values
      })
  }
}
