import ComputeDevices
import Production

/// One computed cross section.
struct CrossSectionResult {
  var energy, mPhi: Double
  /// Per h_mue^2 = 1 [pb].
  var value: Double
  /// Relative accuracy: of the quadrature, or one standard deviation of the Monte Carlo.
  var accuracy: Double

  enum Status: Int {
    case ok
    /// phi cannot be produced there.
    case closed
    /// No number came out.
    case notComputed
  }

  var status: Status { value.isFinite ? (value > 0 ? .ok : .closed) : .notComputed }
}

/// What `cross-section` computes at each point.
struct CrossSectionRequest {
  let process: ProductionProcess
  let cuts: ProductionCuts
  let method: MethodArgument
  let x, theta: Double?
  let samples: Int
  let seed: UInt32
  let device: any Device

  func results(_ points: [(energy: Double, mPhi: Double)]) throws -> [CrossSectionResult] {
    let values = try method.quadrature.map { try quadrature($0, points) } ?? monteCarlo(points)
    return zip(points, values).map {
      CrossSectionResult(
        energy: $0.energy, mPhi: $0.mPhi, value: $1.value, accuracy: $1.accuracy)
    }
  }

  private typealias Value = (value: Double, accuracy: Double)

  private func quadrature(_ method: CrossSectionMethod, _ points: [(energy: Double, mPhi: Double)]) throws -> [Value] {
    let calculator = CrossSectionCalculator(process: process, method: method, device: device)
    let (energy, mPhi) = (points.map(\.energy), points.map(\.mPhi))
    guard let x else {
      return try calculator.total(energy: energy, mPhi: mPhi, cuts: cuts).map { ($0.value, $0.relativeError) }
    }
    let oneMinusX = points.map { _ in 1 - x }
    guard let theta else {
      return try calculator.differential(energy: energy, mPhi: mPhi, oneMinusX: oneMinusX)
        .map { ($0.value, $0.relativeError) }
    }
    return try calculator.doubleDifferential(
      energy: energy, mPhi: mPhi, oneMinusX: oneMinusX, theta: points.map { _ in theta }
    ).map { ($0, CrossSectionCalculator.doubleDifferentialAccuracy) }
  }

  private func monteCarlo(_ points: [(energy: Double, mPhi: Double)]) throws -> [Value] {
    try points.enumerated().map { index, point in
      let random = RandomStream(seed: seed, point: UInt32(truncatingIfNeeded: index))
      let estimate = try MonteCarloIntegrator(process: process, cuts: cuts, random: random, device: device)
        .total(energy: point.energy, mPhi: point.mPhi, samples: samples)
      return (estimate.value, estimate.value > 0 ? estimate.standardError / estimate.value : 0)
    }
  }
}
