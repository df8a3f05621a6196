import ComputeDevices
import LeptonicPortal
import PortalKernels

/// Intervals of w = E - E_phi that hold about equal shares of the cross section (Kernels/portable/production_strata.h).
struct RecoilStrata: Sendable {
  /// Rising [GeV]; empty where the process is closed.
  let edges: [Double]

  init(
    count: Int, process: ProductionProcess, energy: Double, mPhi: Double, cuts: ProductionCuts, device: any Device
  ) throws {
    let order = QuadratureOrder.profile
    let data = KernelData(process, cuts: cuts, rules: [order.polar, order.transfer].map(GaussLegendre.init))
    let shares = (0...count).map { Double($0) / Double(count) }
    let step = Program.Step(
      kernel: Kernel(portal_kernel_production_share),
      inputs: [.table(0, strides: [0]), .table(1, strides: [0]), .table(2, strides: [1])], outputs: [0, 1],
      auxiliary: 3)
    let program = Program(
      shape: [count + 1], tables: [[energy], [mPhi], shares, data.values], steps: [step], streamCount: 2,
      results: [.init(stream: 0, type: .float64), .init(stream: 1, type: .float64)])
    let results = try device.evaluateAll(program)
    edges = results[1].allSatisfy { $0 == 0 } ? results[0] : []
  }
}
