import ComputeDevices
import Fitting
import LeptonicPortal
import Scanning

/// The points for which h_mue is sought: those of a card without its axis of h_mue.
struct CouplingPlane {
  let space: ParameterSpace
  let model: Model
  let device: any Device

  init(_ axes: RunCard.Axes, model: Model, device: any Device) {
    var axes = axes
    axes.hMue = AxisSpec(.fixed(1))
    space = axes.space(model.darkMatter)
    self.model = model
    self.device = device
  }

  var count: Int { space.count(space.all) }

  /// The values of m_phi [GeV], each once.
  var masses: Field { space.parameters[Parameters.mPhi] ?? Field(dimensions: [], values: []) }

  /// m_phi at every point [GeV].
  var mPhi: [Double] { space.parameters[Parameters.mPhi]?.values(over: space) ?? [] }

  /// An observable at every point, each with its own h_mue.
  func values(of observable: Quantity, hMue: [Double]) throws -> [Double] {
    try values(of: observable, adding: [Parameters.hMue: Field(dimensions: space.all, values: hMue)])
  }

  /// The smallest coupling that gives a relic density; NaN where there is none.
  func couplings(relicDensity: Double) throws -> [Double] {
    func column(_ parameter: Quantity) -> [Double] { space.parameters[parameter]?.values(over: space) ?? [] }
    let (mPsi, mPsi2) = (column(Parameters.mPsi), column(Parameters.mPsi2))
    let g = column(Parameters.g(model.darkMatter))
    let points = mPhi.indices.map {
      RelicCoupling.Point(mPhi: mPhi[$0], mPsi: mPsi[$0], mPsi2: mPsi2[$0], coupling: g[$0])
    }
    let solver = RelicCoupling(darkMatter: model.darkMatter, relic: model.relic, device: device)
    return try solver.h(at: points, for: relicDensity).map(\.smallest)
  }

  private func values(of quantity: Quantity, adding parameters: [Quantity: Field]) throws -> [Double] {
    var space = space
    space.parameters.merge(parameters) { $1 }
    var planner = Planner(model: model, space: space, device: device)
    return try device.evaluateAll(planner.program(for: [quantity], over: space.all))[0]
  }
}
