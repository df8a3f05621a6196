import Cards
import Experiments
import LeptonicPortal
import Production

extension CardReader {
  private static let productionKeys = [
    "channel", "target", "energy", "recoil_min", "recoil_max", "theta_max", "form_factor", "chirality", "method",
    "monte_carlo",
  ]

  /// The block `production`, checked against the rest of the card; nil after a report.
  /// - Parameter points: nil if they are wrong.
  mutating func production(_ node: CardNode, points: RunCard.Points?) -> RunCard.Production? {
    guard let block = production(node) else { return nil }
    switch points {
    case .sampled, .listed:
      if block.energy.count == 1 { break }
      report(
        at: node.position, "production has \(block.energy.count) energies beside points",
        why: "points that are no grid have one dimension", suggestion: "give one energy")
      return nil
    case .grid, nil: break
    }
    if case .grid(let axes) = points, let points = axes.pointCount, points > RunCard.mostPoints / block.energy.count {
      report(
        at: node.position, "the grid has \(points) x \(block.energy.count) points",
        why: "at most \(RunCard.mostPoints) are counted", suggestion: "reduce the energies or the other axes")
      return nil
    }
    return block
  }

  private mutating func production(_ node: CardNode) -> RunCard.Production? {
    let example = "production: { channel: e-mu, target: Pb, energy: 100 GeV }"
    guard let block = mapping(node, named: "production", keys: CardReader.productionKeys, example: example) else {
      return nil
    }
    for (key, example) in [("channel", "e-mu"), ("target", "Pb"), ("energy", "100 GeV")] {
      requireKey(
        key, in: block, why: "a cross section needs channel, target and energy", example: "\(key): \(example)")
    }
    let channel: ProductionChannel? = block["channel"].flatMap {
      member($0, "channel", "e-mu is an electron beam, mu-e a muon beam")
    }
    let target = block["target"].flatMap { self.target($0) }
    let energy = block["energy"].flatMap { axis($0, .energy) }
    let formFactor: FormFactor? = member(
      block["form_factor"], "form_factor", "the nucleus scatters elastically or not", absent: .elastic)
    let chirality: Chirality? = member(
      block["chirality"], "chirality", "phi couples to right- or left-handed muons, or to both", absent: .right)
    let method: CrossSectionMethod? = member(
      block["method"], "method", "it is none of the quadratures", absent: .exact)
    let region = self.region(block, channel)
    let samples = block["monte_carlo"].map { self.samples($0, method ?? .exact) }
    guard let channel, let target, let energy, let formFactor, let chirality, let method, let region,
      samples != .some(nil)
    else { return nil }
    return RunCard.Production(
      channel: channel, target: target, energy: energy, recoilMin: region.recoilMin, recoilMax: region.recoilMax,
      thetaMax: region.thetaMax, formFactor: formFactor, chirality: chirality, method: method,
      samples: samples ?? nil)
  }

  /// One case of an enumeration.
  private mutating func member<Value: RawRepresentable<String> & CaseIterable>(
    _ node: CardNode, _ name: String, _ why: String
  ) -> Value? {
    word(node, named: name, among: Value.allCases.map(\.rawValue), why: why).flatMap(Value.init)
  }

  private mutating func member<Value: RawRepresentable<String> & CaseIterable>(
    _ node: CardNode?, _ name: String, _ why: String, absent: Value
  ) -> Value? {
    guard let node else { return absent }
    return member(node, name, why)
  }

  private mutating func target(_ node: CardNode) -> ProductionTarget? {
    guard let text = text(node, named: "target", expected: "an element", example: "target: Pb") else { return nil }
    if let target = ProductionTarget(text) { return target }
    let materials = TargetMaterial.all
    let symbols = materials.map(\.symbol)
    let near = nearest(to: text, among: symbols + materials.map(\.name))
    let meant = materials.first { $0.symbol == near || $0.name == near }?.symbol
    report(
      at: node.position, "unknown target '\(text)'", why: "its nucleus is not in the table of materials",
      suggestion: meant.map { "did you mean '\($0)'?" }
        ?? "use \(symbols.joined(separator: ", ")), or charge and mass number, \"82,207.2\"")
    return nil
  }

  /// The cuts.
  private mutating func region(
    _ block: CardMapping, _ channel: ProductionChannel?
  ) -> (recoilMin: Double, recoilMax: Double?, thetaMax: Double)? {
    let low = block["recoil_min"].map { number($0, .recoilMin) } ?? 0
    let high = block["recoil_max"].map { number($0, .recoilMax) }
    let angle = block["theta_max"].map { number($0, .thetaMax) } ?? .pi
    guard let low, high != .some(nil), let angle else { return nil }
    if let high = high ?? nil, high <= low, let node = block["recoil_max"] {
      let unit = energyText(block["recoil_min"], .recoilMin).flatMap { low in
        energyText(node, .recoilMax).flatMap { MissingUnit(lower: ("recoil_min", low), upper: ("recoil_max", $0)) }
      }
      report(
        at: node.position, "recoil_max \(shortest(high)) GeV is not above recoil_min \(shortest(low)) GeV",
        why: unit?.why ?? "nothing would be left", suggestion: unit?.suggestion ?? "use a larger recoil_max")
      return nil
    }
    if let high = high ?? nil, let node = block["recoil_max"], let channel,
      !canPass(recoilMax: high, channel, at: node.position, named: "recoil_max")
    {
      return nil
    }
    return (low, high ?? nil, angle)
  }

  /// `{ samples: 100000 }`.
  private mutating func samples(_ node: CardNode, _ method: CrossSectionMethod) -> Int? {
    let example = "monte_carlo: { samples: 100000 }"
    guard let block = mapping(node, named: "monte_carlo", keys: ["samples"], example: example) else { return nil }
    guard method == .exact else {
      report(
        at: node.position, "monte_carlo beside method \(method.rawValue)", why: "it samples the exact cross section",
        suggestion: "remove one of the two")
      return nil
    }
    requireKey("samples", in: block, why: "it says how many samples a point gets", example: "samples: 100000")
    return block["samples"].flatMap { wholeNumber($0, named: "samples", in: 1...RunCard.mostSamples) }
  }

  /// The block `events`: `{ count: 10000 }`.
  mutating func eventCount(_ node: CardNode) -> Int? {
    let example = "events: { count: 10000 }"
    guard let block = mapping(node, named: "events", keys: ["count"], example: example) else { return nil }
    requireKey("count", in: block, why: "it says how many events every m_phi gets", example: "count: 10000")
    return block["count"].flatMap { wholeNumber($0, named: "count", in: 1...RunCard.mostEvents) }
  }

  /// Whether Monte Carlo can use the card's seed.
  mutating func isWord(_ seed: UInt64, at position: CardPosition?) -> Bool {
    if seed <= UInt64(UInt32.max) { return true }
    report(
      at: position ?? .start, "seed is \(seed)", why: "Monte Carlo takes its random numbers from a 32-bit seed",
      suggestion: "use a seed up to \(UInt32.max)")
    return false
  }

  /// A number without fraction, which may have an exponent: 1e6.
  mutating func wholeNumber(_ node: CardNode, named name: String, in range: ClosedRange<Int>) -> Int? {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let text = text(node, named: name, expected: expected, example: "\(name): \(10_000)") else { return nil }
    if let value = Cards.wholeNumber(text), range.contains(value) { return value }
    report(
      at: node.position, "\(name) is '\(text)'", why: "\(expected) is expected", suggestion: "write \(name): \(10_000)")
    return nil
  }
}

extension RunCard {
  /// Samples of one Monte Carlo: beyond them its tiles' numbers would be no exact doubles.
  static let mostSamples = 1_000_000_000_000
  /// Events of one m_phi: 100 GB.
  static let mostEvents = 1_000_000_000
}

extension AxisRules {
  fileprivate static let energy = AxisRules(
    name: "energy", unit: .gigaelectronvolt,
    upperBound: (ProductionProcess.largestEnergy, "1e6 GeV", ProductionProcess.whyEnergyIsBounded),
    quantity: "an energy")
  fileprivate static let recoilMin = AxisRules(
    name: "recoil_min", unit: .gigaelectronvolt, quantity: "an energy", allowsZero: true)
  fileprivate static let recoilMax = AxisRules(name: "recoil_max", unit: .gigaelectronvolt, quantity: "an energy")
  fileprivate static let thetaMax = AxisRules(
    name: "theta_max", unit: .none, upperBound: (.pi, "pi = 3.142", "angles are in radians"), quantity: "an angle",
    whyNoUnit: "it is in radians")
}
