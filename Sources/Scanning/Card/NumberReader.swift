import Cards

extension CardReader {
  /// A number that obeys the rules of its axis.
  /// - Parameter part: the key within the axis, such as `from`; nil if the value is all of it.
  mutating func number(_ node: CardNode, _ rules: AxisRules, part: String? = nil) -> Double? {
    let name = [rules.name, part].compactMap(\.self).joined(separator: " ")
    let key = part ?? rules.name
    let example = "\(key): \(rules.text(rules.unit == .gigaelectronvolt ? 0.2 : 0.1))"
    guard let text = text(node, named: name, expected: "a number", example: example),
      let number = number(
        text, at: node.position, named: name, example: example,
        units: rules.unit == .none ? [] : CardNumber.Unit.energies,
        unitExpectation: rules.unit == .none ? rules.whyNoUnit : "an energy is expected"),
      hasProperForm(number, text, at: node.position, named: name, rules: rules),
      isInRange(number.value, at: node.position, named: name, part: part, rules: rules)
    else { return nil }
    return number.value
  }

  private mutating func hasProperForm(
    _ number: CardNumber, _ text: String, at position: CardPosition, named name: String, rules: AxisRules
  ) -> Bool {
    if let unit = number.unit, rules.unit == .none {
      report(
        at: position, "\(name) has the unit \(unit)", why: rules.whyNoUnit, suggestion: "remove the unit")
      return false
    }
    if number.isFraction && !rules.allowsFraction {
      report(
        at: position, "\(name) is the fraction '\(text)'", why: "fractions are for ratios",
        suggestion: "write \(rules.text(number.value))")
      return false
    }
    return true
  }

  private mutating func isInRange(
    _ value: Double, at position: CardPosition, named name: String, part: String?, rules: AxisRules
  ) -> Bool {
    let text = rules.text(value)
    let key = part.map { "\($0): " } ?? ""
    if value <= 0 && !rules.allowsZero {
      report(
        at: position, "\(name) \(text) is not positive", why: "\(rules.quantity) is above zero",
        suggestion: "use a value above 0")
    } else if let bound = rules.lowerBound, value < bound.value {
      report(
        at: position, "\(name) \(text) is below \(bound.name)", why: bound.why,
        suggestion: "use \(key)\(rules.text(roundedUp(bound.value))) or more")
    } else if let bound = rules.upperBound, value > bound.value {
      report(
        at: position, "\(name) \(text) is above \(bound.name)", why: bound.why,
        suggestion: "use \(key)\(rules.text(roundedDown(bound.value))) or less")
    } else if value != 0 && !AxisRules.magnitudes.contains(value) {
      report(
        at: position, "\(name) \(text) is beyond \(AxisRules.magnitudesText)",
        why: "its powers leave the range of double precision",
        suggestion: "use a value within")
    } else {
      return true
    }
    return false
  }
}

/// To three decimals, which suffices for the bounds that there are.
private func roundedUp(_ value: Double) -> Double { (value * 1000).rounded(.up) / 1000 }
private func roundedDown(_ value: Double) -> Double { (value * 1000).rounded(.down) / 1000 }
