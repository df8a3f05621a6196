import Cards
import Foundation
import LeptonicPortal

extension CardReader {
  private static let axisKeys = ["m_phi", "h_mue", "m_psi", "g"]

  /// The axes of a grid that is not too large; nil after a report.
  mutating func gridAxes(_ node: CardNode, _ darkMatter: DarkMatter?, _ precision: RunCard.Precision) -> RunCard.Axes? {
    guard let axes = axes(node, darkMatter, of: AxisSpec.self) else { return nil }
    return isOfAllowedSize(axes, precision, at: node.position) ? axes : nil
  }

  /// The four axes and the second mass; nil after a report.
  mutating func axes<Axis: CardAxis>(
    _ node: CardNode, _ darkMatter: DarkMatter?, of kind: Axis.Type
  ) -> ParameterAxes<Axis>? {
    let keys = CardReader.axisKeys + ["m_psi2"]
    guard
      let mapping = mapping(
        node, named: "axes", keys: keys, example: "axes: { m_phi: ..., h_mue: ..., m_psi: ..., g: ... }")
    else { return nil }
    for key in CardReader.axisKeys {
      requireKey(
        key, in: mapping, why: "all of m_phi, h_mue, m_psi and g are needed", example: "a value or an axis for \(key)")
    }
    let mPhi = mapping["m_phi"].flatMap { Axis.read(by: &self, $0, .mPhi, ratioRules: nil) }
    let hMue = mapping["h_mue"].flatMap { Axis.read(by: &self, $0, .hMue, ratioRules: nil) }
    let mPsi = mapping["m_psi"].flatMap { Axis.read(by: &self, $0, .mPsi, ratioRules: .ratioToMPhi) }
    let g = mapping["g"].flatMap { Axis.read(by: &self, $0, .g(darkMatter), ratioRules: nil) }
    let largest = mPsi.flatMap { mPsi in
      mPsi.scale == .absolute ? mPsi.largest : mPhi.map { mPsi.largest * $0.largest }
    }
    let mPsi2 = mapping["m_psi2"].map { secondMass($0, largestMPsi: largest) } ?? .splitting(0)
    guard let mPhi, let hMue, let mPsi, let g, let mPsi2 else { return nil }
    return ParameterAxes(mPhi: mPhi, hMue: hMue, mPsi: mPsi, g: g, mPsi2: mPsi2)
  }

  /// m_psi2: absolute, or relative to m_psi, and never below it.
  private mutating func secondMass(_ node: CardNode, largestMPsi: Double?) -> RunCard.SecondMass? {
    guard case .mapping = node.node else {
      return number(node, .mPsi2).flatMap { secondMass($0, at: node.position, largestMPsi: largestMPsi) }
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

  /// - Parameter largestMPsi: nil where it could not be read.
  private mutating func secondMass(
    _ mass: Double, at position: CardPosition, largestMPsi: Double?
  ) -> RunCard.SecondMass? {
    guard let largest = largestMPsi, mass < largest else { return .absolute(mass) }
    report(
      at: position, "m_psi2 \(shortest(mass)) GeV is below m_psi, which reaches \(shortest(largest)) GeV",
      why: "m_psi2 is the heavier of the two", suggestion: "use a larger m_psi2, or m_psi2: { splitting: 10 MeV }")
    return nil
  }

  private mutating func isOfAllowedSize(
    _ axes: RunCard.Axes, _ precision: RunCard.Precision, at position: CardPosition
  ) -> Bool {
    if let count = axes.pointCount, count <= RunCard.mostPoints { return true }
    let counts = axes.all.map(\.count)
    let product = counts.map(Double.init).reduce(1, *)
    let bytes = product * Double(precision.elementType.size)
    report(
      at: position, "the grid has \(counts.map(String.init).joined(separator: " x ")) = \(significant(product)) points",
      why: "one variable of it needs \(significant(bytes)) bytes",
      suggestion: "reduce the points to \(significant(Double(RunCard.mostPoints))) or fewer in all")
    return false
  }
}

/// An axis as a card may state it.
protocol CardAxis: Sendable, Hashable {
  var scale: AxisSpec.Scale { get }
  var largest: Double { get }

  /// - Parameter ratioRules: of the axis given as a ratio to m_phi; nil if it may not be.
  static func read(
    by reader: inout CardReader, _ node: CardNode, _ rules: AxisRules, ratioRules: AxisRules?
  ) -> Self?
}

extension AxisSpec: CardAxis {
  var largest: Double { grid.largest }

  static func read(
    by reader: inout CardReader, _ node: CardNode, _ rules: AxisRules, ratioRules: AxisRules?
  ) -> AxisSpec? {
    reader.axis(node, rules, ratioRules: ratioRules)
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
