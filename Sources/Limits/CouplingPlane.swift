import ComputeDevices
import LeptonicPortal
import PortalKernels
import Scanning

/// The points for which h_mue is sought: those of a card without its axis of h_mue.
struct CouplingPlane {
  let space: ParameterSpace
  let model: Model
  let device: any Device

  init(of card: RunCard, device: any Device) {
    var card = card
    card.axes.hMue = AxisSpec(.fixed(1))
    space = card.space
    model = card.model
    self.device = device
  }

  var count: Int { space.count(space.all) }

  /// m_phi at every point [GeV].
  var mPhi: [Double] { space.parameters[Parameters.mPhi]?.values(over: space) ?? [] }

  /// An observable at every point, each with its own h_mue.
  func values(of observable: Quantity, hMue: [Double]) throws -> [Double] {
    try values(of: observable, adding: [Parameters.hMue: Field(dimensions: space.all, values: hMue)])
  }

  /// The coupling that gives a relic density, by the kernel's own secant steps; NaN where there is none.
  func couplings(relicDensity: Double) throws -> [Double] {
    let target = Quantity("relic_density_target", units: "1", longName: "relic density wanted")
    let coupling = Quantity("h_mue_relic", units: "1", longName: "h_mue that gives it")
    let status = Quantity("h_mue_relic_status", units: "1", longName: "validity of h_mue_relic")
    let tables = RelicTables(
      degreesOfFreedom: model.relic.degreesOfFreedom, annihilation: model.relic.annihilation)
    let formula = Formula(
      Kernel(
        model.darkMatter == .fermion ? portal_kernel_relic_coupling_fermions : portal_kernel_relic_coupling_scalars),
      of: [Parameters.mPhi, Parameters.mPsi, Parameters.mPsi2, Parameters.g(model.darkMatter), target],
      gives: [coupling, status], auxiliary: { try tables.build() })
    return try values(
      of: coupling, adding: [target: Field(dimensions: [], values: [relicDensity])],
      extensions: [ModelExtension(observables: [coupling, status], formulas: [formula])])
  }

  private func values(
    of quantity: Quantity, adding parameters: [Quantity: Field], extensions: [ModelExtension] = []
  ) throws -> [Double] {
    var space = space
    space.parameters.merge(parameters) { $1 }
    let model = Model(
      darkMatter: model.darkMatter, relic: model.relic, extensions: model.extensions + extensions)
    var planner = Planner(model: model, space: space, device: device)
    return try device.evaluateAll(planner.program(for: [quantity], over: space.all))[0]
  }
}
