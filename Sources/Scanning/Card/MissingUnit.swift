import Cards

/// Two energies in the wrong order of which one has no unit, and so counts as GeV: rather a forgotten unit than a swap.
struct MissingUnit {
  /// The key of the energy without unit, and its value with the unit that it may have been meant to have.
  let suggestion: String
  let why: String

  /// - Parameters:
  ///   - lower: what should be the smaller one, as it is written; the key may be empty.
  ///   - isAllowed: whether a value in GeV would do.
  /// - Returns: nil where both have a unit or neither has one, and where no unit would put them in order.
  init?(
    lower: (key: String, text: String), upper: (key: String, text: String), isAllowed: (Double) -> Bool = { _ in true }
  ) {
    guard let low = try? CardNumber(lower.text), let high = try? CardNumber(upper.text),
      (low.unit == nil) != (high.unit == nil)
    else { return nil }
    let (key, text) = low.unit == nil ? lower : upper
    // The nearest unit to GeV that puts them in order.
    let units = CardNumber.Unit.energies.sorted { abs($0.exponent) < abs($1.exponent) }
    let meant = units.first { unit in
      guard let value = (try? CardNumber("\(text) \(unit.name)"))?.value, isAllowed(value) else { return false }
      return low.unit == nil ? value < high.value : value > low.value
    }
    guard let meant else { return nil }
    why = "\(text) has no unit, and counts as GeV"
    suggestion = "write the unit: did you mean \(key.isEmpty ? "" : "\(key): ")\(text) \(meant.name)?"
  }
}

extension CardReader {
  /// The text of a number that may lack its unit; nil where the parameter has none.
  func energyText(_ node: CardNode?, _ rules: AxisRules) -> String? {
    rules.unit == .gigaelectronvolt ? node?.node.scalar?.string : nil
  }

  /// As ``MissingUnit``, of a range.
  func missingUnit(in mapping: CardMapping, _ rules: AxisRules) -> MissingUnit? {
    guard let from = energyText(mapping["from"], rules), let to = energyText(mapping["to"], rules) else { return nil }
    return MissingUnit(lower: ("from", from), upper: ("to", to)) { $0 >= rules.lowerBound?.value ?? 0 }
  }

  /// Of two values of a list.
  func missingUnit(between first: CardNode, and second: CardNode, _ rules: AxisRules) -> MissingUnit? {
    guard let first = energyText(first, rules), let second = energyText(second, rules) else { return nil }
    return MissingUnit(lower: ("", first), upper: ("", second)) { $0 >= rules.lowerBound?.value ?? 0 }
  }
}
