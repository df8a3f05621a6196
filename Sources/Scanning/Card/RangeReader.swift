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
    guard let from, let to, areOrdered(from, to, points: points, in: mapping, rules), let points, let spacing
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
    _ from: Double, _ to: Double, points: Int?, in mapping: CardMapping, _ rules: AxisRules
  ) -> Bool {
    if from < to { return true }
    let position = mapping["from"]?.position ?? mapping.position
    if from > to {
      let unit = missingUnit(in: mapping, rules)
      report(
        at: position, "\(rules.name) from \(rules.text(from)) is above to \(rules.text(to))",
        why: unit?.why ?? "the values of an axis increase", suggestion: unit?.suggestion ?? "exchange from and to")
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
    guard let points = pointCount(text) else {
      report(
        at: node.position, "\(name) is '\(text)'", why: "a whole number is expected", suggestion: "write points: 100")
      return nil
    }
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

/// A whole number, the nearest one that there is where it is beyond Int; nil for other texts.
private func pointCount(_ text: String) -> Int? {
  if let count = wholeNumber(text) { return count }
  guard let value = plainNumber(text), value.isFinite, abs(value) >= 0x1p63 else { return nil }
  return value < 0 ? .min : .max
}
