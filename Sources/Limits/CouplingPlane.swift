import ComputeDevices
import Fitting
import LeptonicPortal
import Scanning

/// The points for which a coupling is sought: those of a card without the axis of that coupling.
struct CouplingPlane {
  let sought: SoughtCoupling
  let space: ParameterSpace
  let model: Model
  let device: any Device

  init(_ axes: RunCard.Axes, seeking sought: SoughtCoupling, model: Model, device: any Device) {
    var axes = axes
    switch sought {
    case .hMue: axes.hMue = AxisSpec(.fixed(1))
    case .g: axes.g = AxisSpec(.fixed(1))
    }
    self.sought = sought
    space = axes.space(model.darkMatter)
    self.model = model
    self.device = device
  }

  var count: Int { space.count(space.all) }

  /// The values of m_phi [GeV], each once.
  var masses: Field { space.parameters[Parameters.mPhi] ?? Field(dimensions: [], values: []) }

  /// m_phi at every point [GeV].
  var mPhi: [Double] { space.parameters[Parameters.mPhi]?.values(over: space) ?? [] }

  /// An observable at every point, each with its own coupling.
  func values(of observable: Quantity, at couplings: [Double]) throws -> [Double] {
    let coupling = sought.quantity(model.darkMatter)
    return try values(of: observable, adding: [coupling: Field(dimensions: space.all, values: couplings)])
  }

  /// An observable at every point, with the same coupling.
  func values(of observable: Quantity, at coupling: Double) throws -> [Double] {
    try values(of: observable, at: [Double](repeating: coupling, count: count))
  }

  /// The couplings that give a relic density.
  func solutions(relicDensity: Double) throws -> [CouplingSolution] {
    func column(_ parameter: Quantity) -> [Double] { space.parameters[parameter]?.values(over: space) ?? [] }
    let (mPsi, mPsi2) = (column(Parameters.mPsi), column(Parameters.mPsi2))
    let given = column(sought == .hMue ? Parameters.g(model.darkMatter) : Parameters.hMue)
    let mPhi = mPhi
    let points = mPhi.indices.map {
      RelicCoupling.Point(mPhi: mPhi[$0], mPsi: mPsi[$0], mPsi2: mPsi2[$0], coupling: given[$0])
    }
    let solver = RelicCoupling(darkMatter: model.darkMatter, relic: model.relic, device: device)
    return switch sought {
    case .hMue: try solver.h(at: points, for: relicDensity)
    case .g: try solver.g(at: points, for: relicDensity)
    }
  }

  private func values(of quantity: Quantity, adding parameters: [Quantity: Field]) throws -> [Double] {
    var space = space
    space.parameters.merge(parameters) { $1 }
    var planner = Planner(model: model, space: space, device: device)
    return try device.evaluateAll(planner.program(for: [quantity], over: space.all))[0]
  }
}
