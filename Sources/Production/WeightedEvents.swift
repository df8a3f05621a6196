import ComputeDevices
import LeptonicPortal
import PortalKernels

extension MonteCarloIntegrator {
  /// `count` independent weighted events; none where the process is closed. Event i follows from (seed, stream, point, i).
  public func events(energy: Double, mPhi: Double, count: Int) throws -> [ProductionEvent] {
    guard let source = try EventSource(self, energy: energy, mPhi: mPhi) else { return [] }
    return try source.candidates(0..<count).map(\.event)
  }
}

/// Draws the events of one beam energy and mass.
struct EventSource {
  /// An event, and the number in [0, 1) that decides about it when events are unweighted.
  struct Candidate {
    var event: ProductionEvent
    var decision: Double
  }

  private static let kernel = Kernel(portal_kernel_production_event)
  private let energy, mPhi, point: Double
  private let data: KernelData
  private let device: any Device

  /// nil where the process is closed.
  init?(_ integrator: MonteCarloIntegrator, energy: Double, mPhi: Double) throws {
    let edges = try RecoilStrata(
      count: SamplingPlan.mostStrata, process: integrator.process, energy: energy, mPhi: mPhi, cuts: integrator.cuts,
      device: integrator.device
    ).edges
    guard !edges.isEmpty else { return nil }
    var data = KernelData(
      integrator.process, cuts: integrator.cuts, random: integrator.random, plan: .events)
    data.setEdges(edges)
    (self.data, device) = (data, integrator.device)
    (self.energy, self.mPhi, point) = (energy, mPhi, Double(integrator.random.point))
  }

  /// The candidates of those numbers.
  func candidates(_ numbers: Range<Int>) throws -> [Candidate] {
    guard !numbers.isEmpty else { return [] }
    let outputs = Array(0..<Self.kernel.outputCount)
    let strides = [[0], [0], [1], [0]]
    let step = Program.Step(
      kernel: Self.kernel, inputs: strides.enumerated().map { .table($0, strides: $1) }, outputs: outputs,
      auxiliary: 4)
    let program = Program(
      shape: [numbers.count], tables: [[energy], [mPhi], numbers.map(Double.init), [point], data.values],
      steps: [step], streamCount: outputs.count, results: outputs.map { .init(stream: $0, type: .float64) })
    let columns = try device.evaluateAll(program)
    func momentum(_ first: Int, _ i: Int) -> FourMomentum {
      FourMomentum(
        energy: columns[first][i], x: columns[first + 1][i], y: columns[first + 2][i], z: columns[first + 3][i])
    }
    return columns[0].indices.map {
      Candidate(
        event: ProductionEvent(
          weight: columns[0][$0], phi: momentum(2, $0), lepton: momentum(6, $0), nucleus: momentum(10, $0)),
        decision: columns[1][$0])
    }
  }
}
