import Cards
import LeptonicPortal

/// The unit in which a list has a parameter. Energies become GeV.
struct ColumnUnit: Sendable {
  /// As cards write it; nil for no unit and for a number without dimension.
  let energy: CardNumber.Unit?

  /// That of a list that does not say.
  static let standard = ColumnUnit(energy: nil)

  private init(energy: CardNumber.Unit?) { self.energy = energy }

  /// - Parameter text: as other programs write units: `MeV`, `GeV/c^2`, `1`, ...
  /// - Throws: ``UnitProblem`` for a unit that is not known, or that the parameter cannot have.
  init(_ text: String, of parameter: String, _ darkMatter: DarkMatter) throws(UnitProblem) {
    let name = ColumnUnit.withoutLightSpeed(text.filter { !$0.isWhitespace })
    let isEnergy = parameter.hasPrefix("m_") || (parameter == "g" && darkMatter == .scalar)
    let isPure = ["", "1", "-", "none", "dimensionless", "unitless"].contains(name.lowercased())
    let energies = CardNumber.Unit.energies
    guard isEnergy else {
      energy = nil
      if isPure { return }
      throw UnitProblem(parameter, text, ColumnUnit.whyNone(of: parameter), "give it without unit")
    }
    energy = energies.first { $0.name == name }
    if energy != nil { return }
    throw UnitProblem(parameter, text, "an energy is expected", choice(of: energies.map(\.name), insteadOf: name))
  }

  private static func whyNone(of parameter: String) -> String {
    parameter == "g" ? "the coupling to fermions is dimensionless" : "it is dimensionless"
  }

  /// Masses are often given in GeV/c^2.
  private static func withoutLightSpeed(_ text: String) -> String {
    ["/c^2", "/c2", "/c**2", "c-2", "c^-2"].first { text.hasSuffix($0) }.map { String(text.dropLast($0.count)) } ?? text
  }

  /// A value in GeV, with one rounding: a power of ten is exact, and its inverse is not.
  func converted(_ value: Double) -> Double {
    guard let exponent = energy?.exponent, exponent != 0 else { return value }
    let power = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
    return exponent < 0 ? value / power : value * power
  }

  /// The number that a text is, in GeV; as a card would read it. Nil where it is none.
  func number(_ text: String) -> Double? {
    guard let energy, energy.exponent != 0 else { return plainNumber(text) }
    guard let number = try? CardNumber("\(text) \(energy.name)"), !number.isFraction else { return nil }
    return number.value
  }
}

/// A unit that a list gives a parameter, and that it cannot have. Reads `PROBLEM (WHY) SUGGESTION`.
struct UnitProblem: Error, CustomStringConvertible {
  let description: String

  fileprivate init(_ parameter: String, _ unit: String, _ why: String, _ suggestion: String) {
    description = "\(parameter) has the unit '\(printable(unit))' (\(why)) \(suggestion)"
  }
}
