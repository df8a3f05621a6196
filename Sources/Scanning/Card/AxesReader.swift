import Cards
import Foundation
import LeptonicPortal

extension CardReader {
  private static let axisKeys = ["m_phi", "h_mue", "m_psi", "g"]

  /// The axes of a grid that is not too large; nil after a report.
  mutating func axes(_ node: CardNode, _ darkMatter: DarkMatter?, _ precision: RunCard.Precision) -> RunCard.Axes? {
    let keys = CardReader.axisKeys + ["m_psi2"]
    guard
      let mapping = mapping(
        node, named: "axes", keys: keys, example: "axes: { m_phi: ..., h_mue: ..., m_psi: ..., g: ... }")
    else { return nil }
    for key in CardReader.axisKeys {
      requireKey(
        key, in: mapping, why: "all of m_phi, h_mue, m_psi and g are needed", example: "a value or an axis for \(key)")
    }
    let mPhi = mapping["m_phi"].flatMap { axis($0, .mPhi) }
    let hMue = mapping["h_mue"].flatMap { axis($0, .hMue) }
    let mPsi = mapping["m_psi"].flatMap { axis($0, .mPsi, ratioRules: .ratioToMPhi) }
    let g = mapping["g"].flatMap { axis($0, .g(darkMatter)) }
    let mPsi2 = mapping["m_psi2"].map { secondMass($0, mPsi: mPsi, mPhi: mPhi) } ?? .splitting(0)
    guard let mPhi, let hMue, let mPsi, let g, let mPsi2 else { return nil }
    let axes = RunCard.Axes(mPhi: mPhi, hMue: hMue, mPsi: mPsi, g: g, mPsi2: mPsi2)
    return isOfAllowedSize(axes, precision, at: node.position) ? axes : nil
  }

  /// m_psi2: absolute, or relative to m_psi, and never below it.
  private mutating func secondMass(_ node: CardNode, mPsi: AxisSpec?, mPhi: AxisSpec?) -> RunCard.SecondMass? {
    guard case .mapping = node.node else {
      return number(node, .mPsi2).flatMap { secondMass($0, at: node.position, mPsi: mPsi, mPhi: mPhi) }
    }
    let example = "m_psi2: { splitting: 10 MeV }"
    guard let mapping = mapping(node, named: "m_psi2", keys: ["splitting", "ratio_to_m_psi"], example: example) else {
      return nil
    }
    switch (mapping["splitting"], mapping["ratio_to_m_psi"]) {
    case (let splitting?, nil): return number(splitting, .splitting).map(RunCard.SecondMass.splitting)
    case (nil, let ratio?): return number(ratio, .ratioToMPsi).map(RunCard.SecondMass.ratioToMPsi)
    case (nil, nil) where !mapping.misspelt.isEmpty: return nil
    case (nil, nil), (.some, .some):
      let words = mapping.entries.isEmpty ? ("neither", "nor") : ("both", "and")
      report(
        at: mapping.position, "m_psi2 has \(words.0) splitting \(words.1) ratio_to_m_psi",
        why: "one of the two gives it", suggestion: "write \(example)")
      return nil
    }
  }

  private mutating func secondMass(
    _ mass: Double, at position: CardPosition, mPsi: AxisSpec?, mPhi: AxisSpec?
  ) -> RunCard.SecondMass? {
    guard let mPsi, let mPhi else { return .absolute(mass) }
    let largest = mPsi.scale == .absolute ? mPsi.grid.largest : mPsi.grid.largest * mPhi.grid.largest
    if mass >= largest { return .absolute(mass) }
    report(
      at: position, "m_psi2 \(shortest(mass)) GeV is below m_psi, which reaches \(shortest(largest)) GeV",
      why: "m_psi2 is the heavier of the two", suggestion: "use a larger m_psi2, or m_psi2: { splitting: 10 MeV }")
    return nil
  }

  private mutating func isOfAllowedSize(
    _ axes: RunCard.Axes, _ precision: RunCard.Precision, at position: CardPosition
  ) -> Bool {
    if let count = axes.pointCount, count <= RunCard.mostPoints { return true }
    let counts = [axes.mPhi, axes.hMue, axes.mPsi, axes.g].map(\.count)
    let product = counts.map(Double.init).reduce(1, *)
    let bytes = product * Double(precision.elementType.size)
    report(
      at: position, "the grid has \(counts.map(String.init).joined(separator: " x ")) = \(significant(product)) points",
      why: "one variable of it needs \(significant(bytes)) bytes",
      suggestion: "reduce the points to \(significant(Double(RunCard.mostPoints))) or fewer in all")
    return false
  }
}

extension AxisRules {
  fileprivate static let splitting = AxisRules(
    name: "m_psi2 splitting", unit: .gigaelectronvolt, lowerBound: (0, "0", "m_psi2 is the heavier of the two"),
    quantity: "a splitting", allowsZero: true)
  fileprivate static let ratioToMPsi = AxisRules(
    name: "m_psi2 ratio_to_m_psi", unit: .none, lowerBound: (1, "1", "m_psi2 is the heavier of the two"),
    quantity: "a ratio", allowsFraction: true)
}

/// A large number to three digits: `1e+15`, `8.19e+12`.
private func significant(_ value: Double) -> String { String(format: "%.3g", value) }
