import Cards

extension CardReader {
  static let spacings = ["log", "linear"]

  /// `from`, `to`, `points` and perhaps `spacing`.
  mutating func range(_ mapping: CardMapping, _ rules: AxisRules) -> AxisGrid? {
    let missing = ["from", "to", "points"].filter(mapping.lacks)
    if !missing.isEmpty {
      report(
        at: mapping.position, "\(rules.name) has no \(missing.joined(separator: ", "))",
        why: "a range needs from, to and points",
        suggestion: "write \(rangeExample(rules))")
    }
    let from = mapping["from"].flatMap { number($0, rules, part: "from") }
    let to = mapping["to"].flatMap { number($0, rules, part: "to") }
    let points = mapping["points"].flatMap { self.points($0, rules) }
    let spacing = spacing(mapping)
    guard let from, let to, let start = mapping["from"],
      areOrdered(from, to, points: points, at: start.position, rules), let points, let spacing
    else { return nil }
    let grid: AxisGrid =
      spacing == "log"
      ? .logarithmic(from: from, to: to, points: points) : .linear(from: from, to: to, points: points)
    return isResolved(grid, at: mapping["points"]?.position ?? mapping.position, rules) ? grid : nil
  }

  /// `log` by default; nil after a report.
  mutating func spacing(_ mapping: CardMapping) -> String? {
    guard let node = mapping["spacing"] else { return "log" }
    return word(
      node, named: "spacing", among: CardReader.spacings, why: "steps are equal ratios or equal differences")
  }

  mutating func areOrdered(
    _ from: Double, _ to: Double, points: Int?, at position: CardPosition, _ rules: AxisRules
  ) -> Bool {
    if from < to { return true }
    if from > to {
      report(
        at: position, "\(rules.name) from \(rules.text(from)) is above to \(rules.text(to))",
        why: "the values of an axis increase", suggestion: "exchange from and to")
    } else {
      let count = points.map { "\($0) points would coincide" } ?? "the points would coincide"
      report(
        at: position, "\(rules.name) from and to are both \(rules.text(from))", why: count,
        suggestion: "write \(rules.name): \(rules.text(from))")
    }
    return false
  }

  /// The number of points, at least 2.
  private mutating func points(_ node: CardNode, _ rules: AxisRules) -> Int? {
    let name = "\(rules.name) points"
    guard let text = text(node, named: name, expected: "a whole number", example: "points: 100") else { return nil }
    let digits = text.drop { "+-".contains($0) }
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else {
      report(
        at: node.position, "\(name) is '\(text)'", why: "a whole number is expected", suggestion: "write points: 100")
      return nil
    }
    // Only a number beyond Int fails to convert by now.
    let points = Int(text) ?? (text.hasPrefix("-") ? .min : .max)
    if points == 1 {
      report(
        at: node.position, "\(name) is 1", why: "a range holds both from and to",
        suggestion: "use points: 2 or more, or write \(rules.name): VALUE")
    } else if points < 1 {
      report(
        at: node.position, "\(name) is \(text)", why: "a range holds both from and to",
        suggestion: "use points: 2 or more")
    }
    return points > 1 && isOfAllowedLength(points, node, name, text: text) ? points : nil
  }

  mutating func isOfAllowedLength(_ count: Int, _ node: CardNode, _ name: String, text: String? = nil) -> Bool {
    if count <= RunCard.mostPointsPerAxis { return true }
    report(
      at: node.position, "\(name) is \(text ?? "\(count)")", why: "the values of an axis are held in memory",
      suggestion: "use \(RunCard.mostPointsPerAxis) or fewer")
    return false
  }

  /// Whether neighbouring values stay apart: four units in the last place leave room for their rounding.
  private mutating func isResolved(_ grid: AxisGrid, at position: CardPosition, _ rules: AxisRules) -> Bool {
    guard let (lower, upper) = grid.narrowestStep, upper - lower < 4 * upper.ulp else { return true }
    report(
      at: position, "\(rules.name) points is \(grid.count)",
      why: "neighbouring values would coincide in double precision", suggestion: "use fewer points or a wider range")
    return false
  }
}
