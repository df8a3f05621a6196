import ComputeDevices
import LeptonicPortal

/// Cross sections of l N -> l' N phi by quadrature, on any device with the same bits.
///
///     let process = ProductionProcess(channel: .electronToMuon, nucleus: lead.nucleus)
///     let calculator = CrossSectionCalculator(process: process, device: NativeDevice())
///     let sigma = try calculator.total(energy: [100], mPhi: [0.317])[0].value  // pb for h = 1
///
/// Each point is refined to its own accuracy. Points outside phase space give 0, never NaN; use
/// ``ProductionProcess/requireOpen(energy:mPhi:)`` to refuse them with a reason.
public struct CrossSectionCalculator: Sendable {
  public static let defaultTolerance = 1e-6

  public let process: ProductionProcess
  public let method: CrossSectionMethod
  /// Relative accuracy at which refinement ends.
  public let tolerance: Double
  let device: any Device

  public init(
    process: ProductionProcess, method: CrossSectionMethod = .exact, tolerance: Double = defaultTolerance,
    device: any Device
  ) {
    self.process = process
    self.method = method
    self.tolerance = tolerance
    self.device = device
  }

  /// sigma/h^2 [pb] for each (energy[i], mPhi[i]) [GeV], inside the cuts.
  public func total(energy: [Double], mPhi: [Double], cuts: ProductionCuts = .none) throws -> [CrossSectionEstimate] {
    try refined(method.totalKernel, at: [energy, mPhi], cuts)
  }

  /// dsigma/dx / h^2 [pb] for each (energy[i], mPhi[i], oneMinusX[i]), phi within `largestAngle` of the beam.
  ///
  /// The argument is 1 - x = (E - E_phi)/E, since phi takes nearly all the energy and x alone would lose digits.
  public func differential(
    energy: [Double], mPhi: [Double], oneMinusX: [Double], largestAngle: Double = .pi
  ) throws -> [CrossSectionEstimate] {
    try refined(
      method.differentialKernel, at: [energy, mPhi, oneMinusX], ProductionCuts(largestAngle: largestAngle))
  }

  /// Relative accuracy of ``doubleDifferential(energy:mPhi:oneMinusX:theta:)``, measured (docs/production.md).
  public static let doubleDifferentialAccuracy = 1e-10

  /// d2sigma/(dx dcos theta) / h^2 [pb] for each (energy[i], mPhi[i], oneMinusX[i], theta[i]).
  public func doubleDifferential(
    energy: [Double], mPhi: [Double], oneMinusX: [Double], theta: [Double]
  ) throws -> [Double] {
    let data = KernelData(process, rules: [GaussLegendre(count: QuadratureOrder.doubleDifferentialTransfer)])
    return try evaluate(method.doubleDifferentialKernel, at: [energy, mPhi, oneMinusX, theta.map(versine)], data)[0]
  }

  private func refined(
    _ kernel: Kernel, at columns: [[Double]], _ cuts: ProductionCuts
  ) throws -> [CrossSectionEstimate] {
    let results = try evaluate(kernel, at: columns, KernelData(process, cuts: cuts, tolerance: tolerance))
    return columns[0].indices.map { point in
      CrossSectionEstimate(
        value: results[0][point], relativeError: results[1][point], evaluations: Int(results[2][point]),
        isConverged: results[1][point] <= tolerance)
    }
  }

  /// All outputs of a kernel at the points whose coordinates the columns hold.
  func evaluate(_ kernel: Kernel, at columns: [[Double]], _ data: KernelData) throws -> [[Double]] {
    let outputs = Array(0..<kernel.outputCount)
    let step = Program.Step(
      kernel: kernel, inputs: columns.indices.map { .table($0, strides: [1]) }, outputs: outputs,
      auxiliary: columns.count)
    let program = Program(
      shape: [columns[0].count], tables: columns + [data.values], steps: [step], streamCount: outputs.count,
      results: outputs.map { .init(stream: $0, type: .float64) })
    return try device.evaluateAll(program)
  }
}
