import Cards
import LeptonicPortal
import Production

extension RunCard {
  /// Reads a card from text.
  /// - Parameters:
  ///   - file: the name that messages carry.
  ///   - knownObservables: the names that `observables` may list, in the order used if it is absent.
  /// - Throws: ``CardError`` with everything that is wrong.
  public init(yaml: String, file: String, knownObservables: [String]) throws(CardError) {
    try self.init(bytes: Array(yaml.utf8), file: file, knownObservables: knownObservables)
  }

  /// Reads a card from the bytes of a file.
  public init(bytes: [UInt8], file: String, knownObservables: [String]) throws(CardError) {
    self = try RunCardFile(bytes: bytes, file: file, knownObservables: knownObservables).card
  }
}

extension CardReader {
  private static let keys =
    ["leptoscan", "dark_matter", "points", "axes", "observables", "relic_density", "production", "events"]
    + constraintKeys + ["output", "seed"]

  /// The whole card; nil after a report.
  mutating func card(_ root: CardNode, knownObservables: [String]) -> RunCard? {
    guard isVersionSupported(root),
      let top = mapping(root, named: "the card", keys: CardReader.keys, example: "leptoscan: 1 and the other keys")
    else { return nil }
    requireKey("leptoscan", in: top, why: "it names the version of the card", example: "leptoscan: \(RunCard.version)")
    let darkMatter =
      top["dark_matter"].map { node in
        word(
          node, named: "dark_matter", among: DarkMatter.allCases.map(\.rawValue),
          why: "phi decays to fermions or scalars"
        ).flatMap(DarkMatter.init)
      } ?? .fermion
    let precision = top["output"].map { self.precision($0) } ?? .float64
    let points = points(top, darkMatter, precision ?? .float64)
    let seed = top["seed"].map { self.seed($0) } ?? 1
    let treatment = self.treatment(top)
    let relicTreatment = (treatment ?? .exact).ofRelicDensity(darkMatter)
    let relic =
      top["relic_density"].map { self.relicChoices($0, darkMatter ?? .fermion, relicTreatment) }
      ?? RelicChoices(treatment: relicTreatment)
    let constraints = constraintChoices(top, darkMatter ?? .fermion, treatment ?? .exact)
    let production = top["production"].map { self.production($0, points: points) }
    let known =
      knownObservables + (production == nil ? [] : ProductionObservables.names)
      + (constraints.flatMap(\.self)?.observableNames ?? [])
    // What wrong constraints and beams would have added is not known, and not to be reported as unknown.
    let isComplete =
      constraints != .some(nil) && production != .some(nil)
      && top.misspelt.isDisjoint(with: ["measurements", "experiments", "production"])
    let observables = top["observables"].map { self.observables($0, known: known, isComplete: isComplete) } ?? known
    let events = top["events"].map { eventCount($0) }
    let takesWord = top["events"] != nil || top["production"]?.node.mapping?["monte_carlo"] != nil
    let isSeedFine = seed.map { !takesWord || isWord($0, at: top["seed"]?.position) } ?? false
    let canKeep = !isComplete || canKeep(points, constraints ?? nil, top)
    guard let darkMatter, let precision, let points, let observables, let seed, let relic, isSeedFine, isComplete,
      canKeep, treatment != nil, events != .some(nil)
    else { return nil }
    var card = RunCard(
      darkMatter: darkMatter, points: points, observables: observables, precision: precision, seed: seed, relic: relic)
    card.production = production ?? nil
    card.constraints = constraints ?? nil
    card.events = events ?? nil
    return card
  }

  /// Looks for the version before anything else: of a newer card the other keys mean nothing here.
  private mutating func isVersionSupported(_ root: CardNode) -> Bool {
    guard let value = root.node.mapping?.first(where: { $0.key.scalar?.string == "leptoscan" })?.value else {
      return true
    }
    let node = CardNode(value)
    let (why, example) = ("the version of the card, \(RunCard.version),", "leptoscan: \(RunCard.version)")
    guard let text = text(node, named: "leptoscan", expected: why, example: example) else { return false }
    guard let version = Int(text), version > 0 else {
      report(at: node.position, "leptoscan is '\(text)'", why: "\(why) is expected", suggestion: "write \(example)")
      return false
    }
    if version <= RunCard.version { return true }
    report(
      at: node.position, "the card has version \(version)", why: "this leptoscan reads version \(RunCard.version)",
      suggestion: "update leptoscan")
    return false
  }

  private mutating func precision(_ node: CardNode) -> RunCard.Precision? {
    guard let output = mapping(node, named: "output", keys: ["precision"], example: "output: { precision: float64 }")
    else { return nil }
    guard let precision = output["precision"] else { return .float64 }
    return word(
      precision, named: "precision", among: RunCard.Precision.allCases.map(\.rawValue), why: "results take 8 or 4 bytes"
    )
    .flatMap(RunCard.Precision.init)
  }

  private mutating func seed(_ node: CardNode) -> UInt64? {
    guard let text = text(node, named: "seed", expected: "a whole number", example: "seed: 1") else { return nil }
    if let seed = UInt64(text) ?? Cards.wholeNumber(text).flatMap(UInt64.init(exactly:)) { return seed }
    report(
      at: node.position, "seed is '\(text)'", why: "a whole number from 0 to 2^64 - 1 is expected",
      suggestion: "write seed: 1")
    return nil
  }
}
