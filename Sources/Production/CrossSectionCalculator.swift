import ComputeDevices
import LeptonicPortal

/// Cross sections of l N -> l' N phi by quadrature, on any device with the same bits.
///
///     let process = ProductionProcess(channel: .electronToMuon, nucleus: lead.nucleus)
///     let calculator = CrossSectionCalculator(process: process, device: NativeDevice())
///     let sigma = try calculator.total(energy: [100], mPhi: [0.317])[0].value  // pb for h = 1
///
/// Sums are taken on the host in a fixed order. Points outside phase space give 0, never NaN; use
/// ``ProductionProcess/requireOpen(energy:mPhi:)`` to refuse them with a reason.
public struct CrossSectionCalculator: Sendable {
  public let process: ProductionProcess
  public let method: CrossSectionMethod
  /// Relative accuracy at which refinement ends.
  public let tolerance: Double
  let device: any Device

  public init(
    process: ProductionProcess, method: CrossSectionMethod = .exact, tolerance: Double = 1e-6, device: any Device
  ) {
    self.process = process
    self.method = method
    self.tolerance = tolerance
    self.device = device
  }

  /// sigma/h^2 [pb] for each (energy[i], mPhi[i]) [GeV], inside the cuts.
  public func total(energy: [Double], mPhi: [Double], cuts: ProductionCuts = .none) throws -> [CrossSectionEstimate] {
    try refine(count: energy.count) { order, points in
      try totals(order, points.map { (energy[$0], mPhi[$0]) }, cuts)
    }
  }

  /// dsigma/dx / h^2 [pb] for each (energy[i], mPhi[i], oneMinusX[i]), phi within `largestAngle` of the beam.
  ///
  /// The argument is 1 - x = (E - E_phi)/E, since phi takes nearly all the energy and x alone would lose digits.
  public func differential(
    energy: [Double], mPhi: [Double], oneMinusX: [Double], largestAngle: Double = .pi
  ) throws -> [CrossSectionEstimate] {
    try refine(count: energy.count) { order, points in
      try differentials(order, points.map { (energy[$0], mPhi[$0], oneMinusX[$0]) }, versine(largestAngle))
    }
  }

  /// Relative accuracy of ``doubleDifferential(energy:mPhi:oneMinusX:theta:)``, measured (docs/production.md).
  public static let doubleDifferentialAccuracy = 1e-10

  /// d2sigma/(dx dcos theta) / h^2 [pb] for each (energy[i], mPhi[i], oneMinusX[i], theta[i]).
  public func doubleDifferential(
    energy: [Double], mPhi: [Double], oneMinusX: [Double], theta: [Double]
  ) throws -> [Double] {
    let rule = GaussLegendre(count: QuadratureOrder.doubleDifferentialTransfer)
    let step = Program.Step(
      kernel: method.doubleDifferentialKernel, inputs: (0..<4).map { .table($0, strides: [1]) }, outputs: [0, 1],
      auxiliary: 4)
    let program = Program(
      shape: [energy.count], tables: [energy, mPhi, oneMinusX, theta.map(versine), process.auxiliary(rule: rule)],
      steps: [step], streamCount: 2, results: [.init(stream: 0, type: .float64)])
    return try device.evaluateAll(program)[0]
  }

  /// Climbs the ladder until two consecutive levels agree, each level for the points that need it.
  private func refine(
    count: Int, _ evaluate: (QuadratureOrder, [Int]) throws -> (values: [Double], evaluations: Int)
  ) throws -> [CrossSectionEstimate] {
    var estimates = [CrossSectionEstimate](repeating: .closed, count: count)
    var open = Array(0..<count)
    for (level, order) in QuadratureOrder.ladder.enumerated() where !open.isEmpty {
      let (values, evaluations) = try evaluate(order, open)
      for (point, value) in zip(open, values) {
        let change = abs(value - estimates[point].value)
        estimates[point].relativeError = value == 0 ? 0 : change / abs(value)
        estimates[point].value = value
        estimates[point].evaluations += evaluations
        estimates[point].isConverged = level > 0 && estimates[point].relativeError <= tolerance
      }
      open.removeAll { estimates[$0].isConverged }
    }
    return estimates
  }
}
