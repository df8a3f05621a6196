extension CardReader {
  /// The number that a text is; nil after a report.
  /// - Parameters:
  ///   - units: those that may follow it; empty if it has none.
  ///   - unitExpectation: why another unit is wrong, such as "an energy is expected".
  package mutating func number(
    _ text: String, at position: CardPosition, named name: String, example: String, units: [CardNumber.Unit],
    unitExpectation: String
  ) -> CardNumber? {
    let failure: CardNumber.Failure
    do {
      return try CardNumber(text, units: units.isEmpty ? CardNumber.Unit.energies : units)
    } catch {
      failure = error
    }
    switch failure {
    case .notANumber:
      report(at: position, "\(name) is '\(text)'", why: "a number is expected", suggestion: "write \(example)")
    case .notFinite:
      report(at: position, "\(name) is '\(text)'", why: "it must be a finite number", suggestion: "write \(example)")
    case .divisionByZero:
      report(at: position, "\(name) is '\(text)'", why: "this divides by zero", suggestion: "write \(example)")
    case .unknownUnit(let unit):
      report(
        at: position, "\(name) has the unknown unit '\(unit)'", why: unitExpectation,
        suggestion: units.isEmpty ? "remove the unit" : choice(of: units.map(\.name), insteadOf: unit))
    }
    return nil
  }
}
