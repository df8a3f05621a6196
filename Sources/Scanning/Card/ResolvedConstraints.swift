import Cards
import Constraints
import Experiments

extension ConstraintChoices {
  /// The keys of a card that give these choices, a line each.
  var resolved: String {
    let lines: [(String, String?)] = [
      ("measurements", measurements?.resolved),
      ("experiments", experiments.isEmpty ? nil : "[\(experiments.map(\.resolved).joined(separator: ", "))]"),
      ("constraints", selections.isEmpty ? nil : "[\(selections.map(\.resolved).joined(separator: ", "))]"),
      ("would_exclude", uncounted.isEmpty ? nil : "[\(uncounted.map(\.resolved).joined(separator: ", "))]"),
      ("treatment", treatment.rawValue),
    ]
    return lines.map { key, text in text.map { "\(key): \($0)\n" } ?? "" }.joined()
  }
}

extension ConstraintChoices.Selection {
  fileprivate var resolved: String {
    let standard = ConstraintChoices.Selection(name)
    if self == standard { return name }
    let sides = sides.map { ", sides: \($0.rawValue)" } ?? ""
    return "{ name: \(name)\(sides), deviations: \(shortest(deviations)) }"
  }
}
