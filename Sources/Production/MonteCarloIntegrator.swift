import ComputeDevices
import LeptonicPortal
import PortalKernels

/// A Monte Carlo mean with its standard error.
public struct MonteCarloEstimate: Sendable, Hashable {
  /// Per h^2 = 1 [pb].
  public var value: Double
  /// One standard deviation of `value` [pb], from the spread of independent tiles.
  public var standardError: Double

  public init(value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }
}

/// Cross sections and distributions of l N -> l' N phi by Monte Carlo.
///
/// The energy left to the recoils is stratified, so that strata have equal cross sections; in each, tiles of 1024 points of
/// a randomly shifted lattice are averaged. The tiles of a stratum are independent, so their spread is the error. Random
/// numbers follow from (seed, stream, point, tile), sums are taken in the order of tiles: the same bits on every device.
public struct MonteCarloIntegrator: Sendable {
  public let process: ProductionProcess
  public let cuts: ProductionCuts
  public let random: RandomStream
  let device: any Device

  public init(
    process: ProductionProcess, cuts: ProductionCuts = .none, random: RandomStream, device: any Device
  ) {
    self.process = process
    self.cuts = cuts
    self.random = random
    self.device = device
  }

  /// sigma/h^2 from at least `samples` samples; 0 with error 0 where the process is closed.
  public func total(energy: Double, mPhi: Double, samples: Int) throws -> MonteCarloEstimate {
    let run = try Run(self, energy, mPhi, samples)
    let means = try run.evaluate(Kernel(portal_kernel_production_tile), run.data, results: [0])
    return run.estimate(means[0])
  }

  /// sigma/h^2 in each bin.
  public func histogram(
    _ bins: HistogramBins, energy: Double, mPhi: Double, samples: Int
  ) throws -> [MonteCarloEstimate] {
    let run = try Run(self, energy, mPhi, samples)
    var data = run.data
    data.setHistogram(bins)
    let means = try run.evaluate(
      Kernel(portal_kernel_production_histogram), data, results: Array(0..<bins.edges.count - 1))
    return means.map(run.estimate)
  }

  /// The tiles of one run, stratum by stratum.
  private struct Run {
    let strata: RecoilStrata
    let plan: SamplingPlan
    let data: KernelData
    let energy, mPhi: Double
    let point: UInt32
    let device: any Device

    init(_ integrator: MonteCarloIntegrator, _ energy: Double, _ mPhi: Double, _ samples: Int) throws {
      plan = SamplingPlan(samples: samples)
      strata = try RecoilStrata(
        count: plan.strata, process: integrator.process, energy: energy, mPhi: mPhi, cuts: integrator.cuts,
        device: integrator.device)
      data = KernelData(integrator.process, cuts: integrator.cuts, random: integrator.random, plan: plan)
      (self.energy, self.mPhi) = (energy, mPhi)
      (point, device) = (integrator.random.point, integrator.device)
    }

    /// Results [result][tile] of a kernel that averages tiles.
    func evaluate(_ kernel: Kernel, _ data: KernelData, results: [Int]) throws -> [[Double]] {
      guard !strata.edges.isEmpty else { return results.map { _ in [] } }
      let inputs: [Program.Operand] = [
        .table(0, strides: [0, 0]), .table(1, strides: [0, 0]), .table(2, strides: [1, 0]), .table(3, strides: [1, 0]),
        .table(4, strides: [plan.tilesPerStratum, 1]), .table(5, strides: [0, 0]),
      ]
      let step = Program.Step(kernel: kernel, inputs: inputs, outputs: Array(0..<kernel.outputCount), auxiliary: 6)
      let program = Program(
        shape: [plan.strata, plan.tilesPerStratum],
        tables: [
          [energy], [mPhi], Array(strata.edges.dropLast()), Array(strata.edges.dropFirst()),
          (0..<plan.strata * plan.tilesPerStratum).map(Double.init), [Double(point)], data.values,
        ], steps: [step], streamCount: kernel.outputCount, results: results.map { .init(stream: $0, type: .float64) })
      return try device.evaluateAll(program)
    }

    /// Strata add up; the variance of a stratum's mean is that of its tiles over their number. The same bits as
    /// Kernels/portable/production_monte_carlo.h.
    func estimate(_ means: [Double]) -> MonteCarloEstimate {
      var (value, variance) = (0.0, 0.0)
      let n = Double(plan.tilesPerStratum)
      for start in stride(from: 0, to: means.count, by: plan.tilesPerStratum) {
        var (sum, squares) = (0.0, 0.0)
        for tile in means[start..<start + plan.tilesPerStratum] {
          let deviation = tile - means[start]
          sum += deviation
          squares += deviation * deviation
        }
        value += means[start] + sum * (1 / n)
        variance += (squares - sum * sum * (1 / n)) * (1 / (n * (n - 1)))
      }
      return MonteCarloEstimate(value: value, standardError: max(variance, 0).squareRoot())
    }
  }
}
