import ComputeDevices
import LeptonicPortal
import PortalKernels

/// e+ e- -> e+ mu- phi (the other charge state has the same cross section), exact at tree level, by Monte Carlo.
///
/// Tiles of a randomly shifted lattice, 1024 points in each of two parametrizations of phase space, are independent, so their
/// spread is the error. Random numbers follow from (seed, stream, point, tile) and tiles are added in order: the same bits on
/// every device.
public struct PairProduction: Sendable {
  public let cuts: PairCuts
  public let random: RandomStream
  let device: any Device

  public init(cuts: PairCuts = .none, random: RandomStream, device: any Device) {
    self.cuts = cuts
    self.random = random
    self.device = device
  }

  /// Points of phase space in a tile.
  public static let samplesPerTile = 2 * Int(PORTAL_TILE_SAMPLES)

  /// sigma/h^2 [fb] from at least `samples` samples; 0 with error 0 below threshold.
  public func total(rootS: Double, mPhi: Double, samples: Int) throws -> MonteCarloEstimate {
    let count = max(2, (samples + Self.samplesPerTile - 1) / Self.samplesPerTile)
    let means = try evaluate(Kernel(portal_kernel_pair_tile), rootS, mPhi, count: count, outputs: 1)[0]
    let n = Double(count)
    var (sum, squares) = (0.0, 0.0)
    for tile in means {
      let deviation = tile - means[0]
      sum += deviation
      squares += deviation * deviation
    }
    let variance = (squares - sum * sum / n) / (n * (n - 1))
    return MonteCarloEstimate(value: means[0] + sum / n, standardError: max(variance, 0).squareRoot())
  }

  /// Weighted events in the centre of mass.
  public func events(rootS: Double, mPhi: Double, count: Int) throws -> [PairEvent] {
    let kernel = Kernel(portal_kernel_pair_event)
    let columns = try evaluate(kernel, rootS, mPhi, count: count, outputs: kernel.outputCount)
    return (0..<count).map { i in PairEvent(columns.map { $0[i] }) }
  }

  private func evaluate(
    _ kernel: Kernel, _ rootS: Double, _ mPhi: Double, count: Int, outputs: Int
  ) throws -> [[Double]] {
    let step = Program.Step(
      kernel: kernel,
      inputs: [
        .table(0, strides: [0]), .table(1, strides: [0]), .table(2, strides: [1]), .table(3, strides: [0]),
      ], outputs: Array(0..<kernel.outputCount), auxiliary: 4)
    let program = Program(
      shape: [count],
      tables: [[rootS], [mPhi], (0..<count).map(Double.init), [Double(random.point)], cuts.kernelData(random)],
      steps: [step], streamCount: kernel.outputCount, results: (0..<outputs).map { .init(stream: $0, type: .float64) })
    return try device.evaluateAll(program)
  }

  /// sqrt(s) at which phi of that mass is first produced [GeV].
  public static func threshold(mPhi: Double) -> Double {
    mPhi + PhysicalConstants.muonMass + PhysicalConstants.electronMass
  }

  /// Checks that phi is produced and that the cross section is finite.
  public static func requireOpen(rootS: Double, mPhi: Double) throws {
    for (name, value) in [("sqrt_s", rootS), ("m_phi", mPhi)] where !(value > 0 && value < 1e6) {
      throw ProductionError.notPositive(name: name, value: value)
    }
    let largest = PhysicalConstants.muonMass - PhysicalConstants.electronMass
    guard mPhi > largest else { throw ProductionError.muonDecays(mPhi: mPhi, largest: largest) }
    guard rootS > threshold(mPhi: mPhi) else {
      throw ProductionError.pairBelowThreshold(rootS: rootS, threshold: threshold(mPhi: mPhi), mPhi: mPhi)
    }
  }
}

/// A weighted event of e+ e- -> e+ mu- phi in the centre of mass, e- along +z; E, x, y, z [GeV].
public struct PairEvent: Sendable, Hashable {
  /// [fb] for h = 1; the mean is the cross section.
  public var weight: Double
  /// Uniform in [0, 1), for unweighting.
  public var rejection: Double
  /// Sum over all spins of |M|^2 divided by e^4 h^2 [GeV^-2].
  public var squaredAmplitude: Double
  public var positron, muon, phi: [Double]

  init(_ outputs: [Double]) {
    (weight, rejection, squaredAmplitude) = (outputs[0], outputs[1], outputs[2])
    (positron, muon, phi) = (Array(outputs[3..<7]), Array(outputs[7..<11]), Array(outputs[11..<15]))
  }
}
