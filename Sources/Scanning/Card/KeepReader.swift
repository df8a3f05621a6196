import Cards
import Constraints
import LeptonicPortal

extension CardReader {
  private static let keepExample = "keep: { relic_status: 0 }"

  /// False, after a report, where `keep` asks for what nothing excludes and nothing in the card excludes points.
  mutating func canKeep(_ points: RunCard.Points?, _ constraints: ConstraintChoices?, _ top: CardMapping) -> Bool {
    guard points?.keep == .allowed, constraints?.selections.isEmpty ?? true else { return true }
    let entries = top["points"]?.node.mapping
    let value = entries?.first { $0.key.scalar?.string == "keep" }?.value
    report(
      at: value.map { CardNode($0).position } ?? top.position, "keep is allowed",
      why: "nothing in the card excludes points",
      suggestion: "add measurements: 2025, or name under constraints what shall count, or write keep: all")
    return false
  }

  /// The key `keep` of the block `points`: a word, or a status variable with a code; nil after a report.
  mutating func keep(_ node: CardNode) -> Keep? {
    guard case .mapping = node.node else {
      return word(node, named: "keep", among: ["all", "allowed"], why: "it says which points are stored")
        .map { $0 == "all" ? .all : .allowed }
    }
    let variables = Model(darkMatter: .fermion).observables.filter { !$0.flags.isEmpty }.map(\.name)
    guard let block = mapping(node, named: "keep", keys: variables, example: CardReader.keepExample) else { return nil }
    guard block.entries.count == 1, let (variable, value) = block.entries.first else {
      if !block.misspelt.isEmpty { return nil }
      report(
        at: block.position, "keep has \(block.entries.count) conditions", why: "one variable decides",
        suggestion: "write \(CardReader.keepExample)")
      return nil
    }
    return wholeNumber(value, named: variable, in: 0...255).map { .equal(variable: variable, code: $0) }
  }
}
