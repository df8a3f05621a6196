import Cards

extension SampledAxis: CardAxis {
  static func read(
    by reader: inout CardReader, _ node: CardNode, _ rules: AxisRules, ratioRules: AxisRules?
  ) -> SampledAxis? {
    reader.sampledAxis(node, rules, ratioRules: ratioRules)
  }
}

extension CardReader {
  private static let sampledKeys = ["from", "to", "spacing"]

  /// A value or a range to draw from; nil after a report.
  fileprivate mutating func sampledAxis(
    _ node: CardNode, _ rules: AxisRules, ratioRules: AxisRules?
  ) -> SampledAxis? {
    guard case .mapping = node.node else { return number(node, rules).map { SampledAxis(.fixed($0)) } }
    let keys = CardReader.sampledKeys + (ratioRules.map { [$0.name] } ?? [])
    guard let mapping = mapping(node, named: rules.name, keys: keys, example: sampledExample(rules)) else { return nil }
    guard let ratioRules, let ratio = mapping[ratioRules.name] else {
      return sampledRange(mapping, rules).map { SampledAxis($0) }
    }
    reportKeys(beside: ratioRules, in: mapping, rules)
    return sampledRatio(ratio, ratioRules)
  }

  private mutating func sampledRatio(_ node: CardNode, _ rules: AxisRules) -> SampledAxis? {
    guard case .mapping = node.node else {
      return number(node, rules).map { SampledAxis(.fixed($0), scale: .ratioToMPhi) }
    }
    return mapping(node, named: rules.name, keys: CardReader.sampledKeys, example: sampledExample(rules))
      .flatMap { sampledRange($0, rules) }.map { SampledAxis($0, scale: .ratioToMPhi) }
  }

  private mutating func sampledRange(_ mapping: CardMapping, _ rules: AxisRules) -> SampledRange? {
    let missing = ["from", "to"].filter(mapping.lacks)
    if !missing.isEmpty {
      report(
        at: mapping.position, "\(rules.name) has no \(missing.joined(separator: ", "))",
        why: "points are drawn between from and to", suggestion: "write \(sampledExample(rules))")
    }
    let from = mapping["from"].flatMap { number($0, rules, part: "from") }
    let to = mapping["to"].flatMap { number($0, rules, part: "to") }
    let spacing = spacing(mapping)
    guard let from, let to, areOrdered(from, to, points: nil, in: mapping, rules), let spacing else { return nil }
    return spacing == "log" ? .logarithmic(from: from, to: to) : .linear(from: from, to: to)
  }

  private func sampledExample(_ rules: AxisRules) -> String {
    "\(rules.name): { from: \(rules.text(0.2)), to: \(rules.text(2)) }"
  }
}
