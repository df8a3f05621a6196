/// A number as a card writes it: digits with an optional exponent (also Fortran's, 1.5D-3), then perhaps a unit; or a fraction
/// of two numbers.
package struct CardNumber: Equatable {
  /// Converted by the exponent of its unit, if there is one: energies are in GeV.
  package let value: Double
  /// As written.
  package let unit: String?
  package let isFraction: Bool

  /// A unit that may follow the number, and the power of ten that turns it into the unit of the value.
  package struct Unit: Sendable {
    package let name: String
    package let exponent: Int

    package init(_ name: String, exponent: Int) {
      self.name = name
      self.exponent = exponent
    }

    /// Values are in GeV.
    package static let energies = [
      Unit("eV", exponent: -9), Unit("keV", exponent: -6), Unit("MeV", exponent: -3), Unit("GeV", exponent: 0),
      Unit("TeV", exponent: 3),
    ]
  }

  package enum Failure: Error, Equatable {
    case notANumber
    case notFinite
    case unknownUnit(String)
    case divisionByZero
  }

  package init(_ text: String, units: [Unit] = Unit.energies) throws(Failure) {
    if CardNumber.isNonFinite(text) { throw .notFinite }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let numerator = Decimal(parts[0]), let denominator = Decimal(parts[1]),
        numerator.rest.isEmpty, denominator.rest.isEmpty
      else { throw .notANumber }
      if denominator.value() == 0 { throw .divisionByZero }
      value = numerator.value() / denominator.value()
      (unit, isFraction) = (nil, true)
    } else {
      guard let decimal = Decimal(text[...]) else { throw .notANumber }
      unit = decimal.rest.isEmpty ? nil : decimal.rest
      isFraction = false
      value = decimal.value(timesTenTo: try CardNumber.exponent(of: unit, units))
    }
    if !value.isFinite { throw .notFinite }
  }

  private static func exponent(of unit: String?, _ units: [Unit]) throws(Failure) -> Int {
    guard let unit else { return 0 }
    if let known = units.first(where: { $0.name == unit }) { return known.exponent }
    // Something that is no unit at all, such as the rest of 10^-3, is rather a number gone wrong.
    throw unit.allSatisfy(\.isLetter) ? .unknownUnit(unit) : .notANumber
  }

  private static func isNonFinite(_ text: String) -> Bool {
    let word = text.lowercased().drop { "+-".contains($0) }.drop { $0 == "." }
    return ["nan", "inf", "infinity"].contains(String(word))
  }
}

/// The decimal number at the start of a text, and what follows it.
private struct Decimal {
  private let mantissa: String
  private let exponent: Int
  let rest: String

  /// Beyond every double, and far from overflow.
  private static let exponentLimit = 100_000

  init?(_ text: Substring) {
    var scanner = text.trimmingSpaces()
    var mantissa = scanner.take { "+-".contains($0) }
    guard mantissa.count <= 1 else { return nil }
    let whole = scanner.take(while: \.isDigit)
    mantissa += whole
    var fraction: Substring = ""
    if scanner.first == "." {
      scanner.removeFirst()
      fraction = scanner.take(while: \.isDigit)
      mantissa += "." + (fraction.isEmpty ? "0" : fraction)
    }
    guard !(whole.isEmpty && fraction.isEmpty) else { return nil }
    self.mantissa = String(mantissa)
    exponent = Decimal.takeExponent(from: &scanner)
    rest = String(scanner.trimmingSpaces())
  }

  /// 0 if there is none: the e of `1eV` belongs to the unit.
  private static func takeExponent(from scanner: inout Substring) -> Int {
    guard let letter = scanner.first, "eEdD".contains(letter) else { return 0 }
    var after = scanner.dropFirst()
    let sign = after.take { "+-".contains($0) }
    let digits = after.take(while: \.isDigit)
    guard sign.count <= 1, !digits.isEmpty else { return 0 }
    scanner = after
    let magnitude = min(Int(digits) ?? exponentLimit, exponentLimit)
    return sign == "-" ? -magnitude : magnitude
  }

  /// Shifting the decimal exponent, not multiplying, rounds once: 0.511 MeV is the same double as 0.000511 GeV.
  func value(timesTenTo shift: Int = 0) -> Double { Double("\(mantissa)e\(exponent + shift)") ?? .nan }
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

extension Substring {
  fileprivate mutating func take(while condition: (Character) -> Bool) -> Substring {
    let taken = prefix(while: condition)
    removeFirst(taken.count)
    return taken
  }

  fileprivate func trimmingSpaces() -> Substring {
    var trimmed = drop { $0 == " " || $0 == "\t" }
    while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
    return trimmed
  }
}
