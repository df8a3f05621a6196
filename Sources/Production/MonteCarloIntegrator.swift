import ComputeDevices
import LeptonicPortal
import PortalKernels

/// A Monte Carlo mean with its standard error.
public struct MonteCarloEstimate: Sendable, Hashable {
  /// Per h^2 = 1 [pb].
  public var value: Double
  /// One standard deviation of `value` [pb], from the spread of independent tiles.
  public var standardError: Double
}

/// Cross sections and distributions of l N -> l' N phi by Monte Carlo.
///
/// The energy left to the recoils is stratified, so that strata have equal cross sections; in each, tiles of 1024 points of
/// a randomly shifted lattice are averaged. The tiles of a stratum are independent, so their spread is the error. Random
/// numbers follow from (seed, stream, point, tile), sums are taken in the order of tiles: the same bits on every device.
public struct MonteCarloIntegrator: Sendable {
  public static let samplesPerTile = Int(PORTAL_TILE_SAMPLES)
  private static let mostStrata = 64
  private static let tilesPerStratum = 4

  public let process: ProductionProcess
  public let random: RandomStream
  let device: any Device

  public init(process: ProductionProcess, random: RandomStream, device: any Device) {
    self.process = process
    self.random = random
    self.device = device
  }

  /// sigma/h^2 from at least `samples` samples; 0 with error 0 where the process is closed.
  ///
  /// - Parameter recoilEnergy: bounds on E - E_phi [GeV].
  public func total(
    energy: Double, mPhi: Double, samples: Int,
    recoilEnergy: ClosedRange<Double> = ProductionCuts.none.recoilEnergy
  ) throws -> MonteCarloEstimate {
    let run = try Run(self, energy, mPhi, samples, recoilEnergy)
    let means = try run.evaluate(Kernel(portal_kernel_production_tile), process.auxiliary(random: random), results: [0])
    return run.estimate(means[0])
  }

  /// sigma/h^2 in each bin.
  public func histogram(
    _ bins: HistogramBins, energy: Double, mPhi: Double, samples: Int,
    recoilEnergy: ClosedRange<Double> = ProductionCuts.none.recoilEnergy
  ) throws -> [MonteCarloEstimate] {
    let run = try Run(self, energy, mPhi, samples, recoilEnergy)
    let auxiliary = process.auxiliary(random: random, histogram: bins)
    let means = try run.evaluate(
      Kernel(portal_kernel_production_histogram), auxiliary, results: Array(0..<bins.edges.count - 1))
    return means.map(run.estimate)
  }

  /// The tiles of one run, stratum by stratum.
  private struct Run {
    let strata: RecoilStrata
    let strataCount: Int
    let tilesPerStratum: Int
    let energy, mPhi: Double
    let random: RandomStream
    let device: any Device

    init(
      _ integrator: MonteCarloIntegrator, _ energy: Double, _ mPhi: Double, _ samples: Int, _ cuts: ClosedRange<Double>
    ) throws {
      let tiles = max(2, (samples + samplesPerTile - 1) / samplesPerTile)
      let wanted = min(mostStrata, max(1, tiles / MonteCarloIntegrator.tilesPerStratum))
      strata = try RecoilStrata(
        count: wanted, process: integrator.process, energy: energy, mPhi: mPhi, cuts: cuts, device: integrator.device)
      strataCount = max(0, strata.edges.count - 1)
      tilesPerStratum = (tiles + wanted - 1) / wanted
      (self.energy, self.mPhi) = (energy, mPhi)
      (random, device) = (integrator.random, integrator.device)
    }

    /// Results [result][tile] of a kernel that averages tiles.
    func evaluate(_ kernel: Kernel, _ auxiliary: [Double], results: [Int]) throws -> [[Double]] {
      let tileCount = strataCount * tilesPerStratum
      guard tileCount > 0 else { return results.map { _ in [] } }
      let inputs: [Program.Operand] = [
        .table(0, strides: [0, 0]), .table(1, strides: [0, 0]), .table(2, strides: [1, 0]), .table(3, strides: [1, 0]),
        .table(4, strides: [tilesPerStratum, 1]), .table(5, strides: [0, 0]),
      ]
      let step = Program.Step(kernel: kernel, inputs: inputs, outputs: Array(0..<kernel.outputCount), auxiliary: 6)
      let program = Program(
        shape: [strataCount, tilesPerStratum],
        tables: [
          [energy], [mPhi], Array(strata.edges.dropLast()), Array(strata.edges.dropFirst()),
          (0..<tileCount).map(Double.init), [Double(random.point)], auxiliary,
        ], steps: [step], streamCount: kernel.outputCount, results: results.map { .init(stream: $0, type: .float64) })
      return try device.evaluateAll(program)
    }

    /// Strata add up; the variance of a stratum's mean is that of its tiles over their number.
    func estimate(_ means: [Double]) -> MonteCarloEstimate {
      var (value, variance) = (0.0, 0.0)
      let n = Double(tilesPerStratum)
      for stratum in 0..<strataCount {
        let tiles = means[stratum * tilesPerStratum..<(stratum + 1) * tilesPerStratum]
        let mean = tiles.reduce(0, +) / n
        value += mean
        variance += tiles.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n * (n - 1))
      }
      return MonteCarloEstimate(value: value, standardError: variance.squareRoot())
    }
  }
}
