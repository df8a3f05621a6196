import Cards
import LeptonicPortal

extension CardReader {
  /// The block `relic_density`; nil after a report.
  /// - Parameter standard: the treatment where the block names none.
  mutating func relicChoices(
    _ node: CardNode, _ darkMatter: DarkMatter, _ standard: RelicChoices.Treatment
  ) -> RelicChoices? {
    let keys = ["treatment", "annihilation", "degrees_of_freedom", "f_eff", "last_x"]
    let example = "relic_density: { treatment: exact, annihilation: all }"
    guard let block = mapping(node, named: "relic_density", keys: keys, example: example) else { return nil }
    var choices = RelicChoices(treatment: standard)
    if let node = block["treatment"] {
      guard let treatment = treatment(node, darkMatter) else { return nil }
      choices.treatment = treatment
    }
    if let node = block["annihilation"] {
      let words = Annihilation.allCases.map(\.rawValue)
      let word = word(node, named: "annihilation", among: words, why: "it names the channels of annihilation")
      guard let annihilation = word.flatMap(Annihilation.init) else { return nil }
      choices.annihilation = annihilation
    }
    if let node = block["degrees_of_freedom"] {
      let words = DegreesOfFreedom.allCases.map(\.rawValue)
      let word = word(node, named: "degrees_of_freedom", among: words, why: "it names a published table")
      guard let table = word.flatMap(DegreesOfFreedom.init) else { return nil }
      choices.degreesOfFreedom = table
    }
    if let node = block["f_eff"] {
      guard
        let fraction = number(
          node, named: "f_eff", expected: "a number above 0 and up to 1", example: "0.4", where: { $0 > 0 && $0 <= 1 })
      else { return nil }
      choices.fEff = fraction
    }
    if let node = block["last_x"] {
      let range = RelicTables.lastXRange
      guard
        let lastX = number(
          node, named: "last_x", expected: "a number from 100 to 1e9", example: "1e6", where: range.contains)
      else { return nil }
      choices.lastX = lastX
    }
    return choices
  }

  private mutating func treatment(_ node: CardNode, _ darkMatter: DarkMatter) -> RelicChoices.Treatment? {
    let words = RelicChoices.Treatment.allCases.map(\.rawValue)
    let word = word(node, named: "treatment", among: words, why: "the relic density is exact or the paper's estimate")
    guard let treatment = word.flatMap(RelicChoices.Treatment.init) else { return nil }
    if treatment == .gk2022, darkMatter == .scalar {
      report(
        at: node.position, "treatment gk2022 does not cover scalars", why: "arXiv:2202.04410 estimates fermions only",
        suggestion: "use treatment: exact")
      return nil
    }
    return treatment
  }

  private mutating func number(
    _ node: CardNode, named name: String, expected: String, example: String, where isValid: (Double) -> Bool
  ) -> Double? {
    guard let text = text(node, named: name, expected: expected, example: "\(name): \(example)") else { return nil }
    if let value = Double(text), isValid(value) { return value }
    report(
      at: node.position, "\(name) is '\(text)'", why: "\(expected) is expected",
      suggestion: "write \(name): \(example)")
    return nil
  }
}
