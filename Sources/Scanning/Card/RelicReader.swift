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
    let treatment = block["treatment"].map { self.treatment($0, darkMatter) } ?? standard
    let annihilation: Annihilation? = choice(
      block["annihilation"], named: "annihilation", why: "it names the channels of annihilation", absent: .all)
    let table: DegreesOfFreedom? = choice(
      block["degrees_of_freedom"], named: "degrees_of_freedom", why: "it names a published table",
      absent: RelicChoices().degreesOfFreedom)
    let fraction =
      block["f_eff"].map { node in
        number(
          node, named: "f_eff", expected: "a number above 0 and up to 1", example: "0.4", where: { $0 > 0 && $0 <= 1 })
      } ?? RelicChoices().fEff
    let lastX =
      block["last_x"].map { node in
        number(
          node, named: "last_x", expected: "a number from 100 to 1e9", example: "1e6",
          where: RelicTables.lastXRange.contains)
      } ?? RelicChoices().lastX
    guard let treatment, let annihilation, let table, let fraction, let lastX else { return nil }
    return RelicChoices(
      treatment: treatment, annihilation: annihilation, degreesOfFreedom: table, fEff: fraction, lastX: lastX)
  }

  /// One case of an enumeration.
  private mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ node: CardNode?, named name: String, why: String, absent: Value
  ) -> Value? {
    guard let node else { return absent }
    return word(node, named: name, among: Value.allCases.map(\.rawValue), why: why).flatMap(Value.init)
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
    if let value = plainNumber(text), isValid(value) { return value }
    report(
      at: node.position, "\(name) is '\(text)'", why: "\(expected) is expected",
      suggestion: "write \(name): \(example)")
    return nil
  }
}
