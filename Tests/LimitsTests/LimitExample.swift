import ComputeDevices
import LeptonicPortal
import Limits
import Scanning

/// Lines found for a card written in a test.
struct LimitExample {
  let curves: LimitCurves

  init(
    mPhi: String, mPsi: String = "{ ratio_to_m_phi: 1/3 }", g: String = "0.08", darkMatter: String = "fermion",
    set: String = "gk2022", treatment: RelicChoices.Treatment = .exact, hMue: String = "1e-3", mPsi2: String? = nil,
    seeking sought: SoughtCoupling = .hMue
  ) throws {
    let yaml = """
      leptoscan: 1
      dark_matter: \(darkMatter)
      axes: { m_phi: \(mPhi), h_mue: \(hMue), m_psi: \(mPsi), g: \(g)\(mPsi2.map { ", m_psi2: \($0)" } ?? "") }
      relic_density: { treatment: \(treatment.rawValue) }
      """
    let card = try RunCard(yaml: yaml, file: "card.yaml", knownObservables: Model.observableNames)
    curves = try LimitCurves(
      of: card, seeking: sought, measurements: MeasurementSet.named(set) ?? .latest, treatment: treatment,
      device: NativeDevice())
  }

  /// The couplings on the line of that name; empty if there is none.
  subscript(_ name: String) -> [Double] {
    curves.lines.firstIndex { $0.name == name }.map { curves.couplings[$0] } ?? []
  }

  /// What there is on the line of that name.
  func statuses(_ name: String) -> [LimitStatus] {
    curves.lines.firstIndex { $0.name == name }.map { curves.statuses[$0] } ?? []
  }

  /// An observable at one point, as `evaluate` gives it.
  static func value(
    _ name: String, mPhi: Double, hMue: Double, mPsi: Double, g: Double, darkMatter: DarkMatter = .fermion
  ) throws -> Double {
    let point = try PointEvaluation(
      of: PointList(mPhi: mPhi, hMue: hMue, mPsi: mPsi, g: g), model: Model(darkMatter: darkMatter),
      device: NativeDevice())
    return point.quantities.firstIndex { $0.name == name }.map { point.values[$0][0] } ?? .nan
  }
}

/// |a/b - 1| < tolerance, NaN failing.
func agree(_ a: Double?, _ b: Double, within tolerance: Double) -> Bool {
  a.map { abs($0 / b - 1) < tolerance } ?? false
}
