import ComputeDevices
import LeptonicPortal
import PortalKernels

extension CrossSectionCalculator {
  /// Whether phi of that mass can be produced at that energy inside the cuts. Energies in GeV.
  public func isOpen(energy: Double, mPhi: Double, cuts: ProductionCuts = .none) throws -> Bool {
    let order = QuadratureOrder.profile
    let data = KernelData(process, cuts: cuts, rules: [order.polar, order.transfer].map(GaussLegendre.init))
    let status = try evaluate(Kernel(portal_kernel_production_share), at: [[energy], [mPhi], [0]], data)[1]
    return status == [0]
  }
}
