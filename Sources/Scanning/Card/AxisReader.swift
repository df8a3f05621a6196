import Cards

extension CardReader {
  private static let rangeKeys = ["from", "to", "points", "spacing"]
  static let gridKeys = rangeKeys + ["values"]

  /// An axis, or nil after a report.
  /// - Parameter ratioRules: of the axis given as a ratio to m_phi; nil if it may not be.
  mutating func axis(_ node: CardNode, _ rules: AxisRules, ratioRules: AxisRules? = nil) -> AxisSpec? {
    switch node.node {
    case .scalar, .alias: return number(node, rules).map { AxisSpec(.fixed($0)) }
    case .sequence:
      report(
        at: node.position, "\(rules.name) is a list", why: "the values of an axis have the key values",
        suggestion: "write \(rules.name): { values: [...] }")
      return nil
    case .mapping: return axis(mappedIn: node, rules, ratioRules: ratioRules)
    }
  }

  private mutating func axis(mappedIn node: CardNode, _ rules: AxisRules, ratioRules: AxisRules?) -> AxisSpec? {
    let keys = CardReader.gridKeys + (ratioRules.map { [$0.name] } ?? [])
    guard let mapping = mapping(node, named: rules.name, keys: keys, example: rangeExample(rules)) else { return nil }
    guard let ratioRules, let ratio = mapping[ratioRules.name] else {
      return grid(mapping, rules).map { AxisSpec($0) }
    }
    reportKeys(beside: ratioRules, in: mapping, rules)
    return self.ratio(ratio, ratioRules)
  }

  mutating func reportKeys(beside ratioRules: AxisRules, in mapping: CardMapping, _ rules: AxisRules) {
    let others = mapping.entries.keys.filter { $0 != ratioRules.name }.sorted()
    for key in others {
      report(
        at: mapping.keys[key] ?? mapping.position, "\(rules.name) has \(key) beside \(ratioRules.name)",
        why: "the ratio replaces the absolute values", suggestion: "put \(key) into \(ratioRules.name), or remove one")
    }
  }

  private mutating func ratio(_ node: CardNode, _ rules: AxisRules) -> AxisSpec? {
    guard case .mapping = node.node else {
      return number(node, rules).map { AxisSpec(.fixed($0), scale: .ratioToMPhi) }
    }
    return mapping(node, named: rules.name, keys: CardReader.gridKeys, example: rangeExample(rules))
      .flatMap { grid($0, rules) }.map { AxisSpec($0, scale: .ratioToMPhi) }
  }

  private mutating func grid(_ mapping: CardMapping, _ rules: AxisRules) -> AxisGrid? {
    guard let values = mapping["values"] else { return range(mapping, rules) }
    for key in CardReader.rangeKeys where mapping[key] != nil {
      report(
        at: mapping.keys[key] ?? mapping.position, "\(rules.name) has \(key) beside values",
        why: "an axis is either a range or a list", suggestion: "remove one of the two")
    }
    return valueList(values, rules)
  }

  /// The values of a list, which must increase.
  private mutating func valueList(_ node: CardNode, _ rules: AxisRules) -> AxisGrid? {
    let name = "\(rules.name) values"
    let example = "values: [\(rules.text(0.2)), \(rules.text(0.3))]"
    guard let nodes = list(node, named: name, example: example), isOfAllowedLength(nodes.count, node, name) else {
      return nil
    }
    let numbers = nodes.map { number($0, rules, part: nil) }
    let values = numbers.compactMap(\.self)
    guard values.count == nodes.count else { return nil }
    var isIncreasing = true
    for (index, pair) in zip(values, values.dropFirst()).enumerated() where pair.1 <= pair.0 {
      isIncreasing = false
      let unit = missingUnit(between: nodes[index], and: nodes[index + 1], rules)
      let (problem, suggestion) =
        pair.1 == pair.0
        ? ("\(rules.name) \(rules.text(pair.1)) is listed twice", "remove one of the two")
        : ("\(rules.name) \(rules.text(pair.1)) follows \(rules.text(pair.0))", unit?.suggestion ?? "sort the list")
      report(
        at: nodes[index + 1].position, problem, why: unit?.why ?? "the values of an axis increase strictly",
        suggestion: suggestion)
    }
    return isIncreasing ? .list(values) : nil
  }

  func rangeExample(_ rules: AxisRules) -> String {
    "\(rules.name): { from: \(rules.text(0.2)), to: \(rules.text(2)), points: 100 }"
  }
}
