import Cards
import LeptonicPortal
import Production
import Statistics

/// The most events, observed or expected: up to here limits are verified.
private let mostEvents = 1e7

/// The blocks of an experiment file; each function returns nil after a report.
extension CardReader {
  mutating func beam(_ node: CardNode) -> (channel: ProductionChannel, energy: Double)? {
    let example = "beam: { lepton: electron, energy: 100 GeV }"
    guard let block = mapping(node, named: "beam", keys: ["lepton", "energy"], example: example) else { return nil }
    requireKey("lepton", in: block, why: "phi turns it into the other lepton", example: "lepton: electron")
    requireKey("energy", in: block, why: "the cross section depends on it", example: "energy: 100 GeV")
    let word = block["lepton"].flatMap {
      self.word($0, named: "lepton", among: ["electron", "muon"], why: "phi couples electrons to muons")
    }
    let energy = block["energy"].flatMap {
      positive($0, named: "energy", example: "energy: 100 GeV", units: CardNumber.Unit.energies, atMost: 1e5)
    }
    guard let word, let energy else { return nil }
    return (word == "electron" ? .electronToMuon : .muonToElectron, energy)
  }

  mutating func layers(_ node: CardNode) -> [TargetLayer]? {
    let example = "layers: [{ material: Pb, thickness: 40 X0 }]"
    guard let nodes = list(node, named: "layers", example: example) else { return nil }
    let layers = nodes.map { layer($0) }
    return layers.contains { $0 == nil } ? nil : layers.compactMap(\.self)
  }

  private mutating func layer(_ node: CardNode) -> TargetLayer? {
    let example = "{ material: Pb, thickness: 40 X0 }"
    guard let block = mapping(node, named: "layer", keys: ["material", "thickness"], example: example) else {
      return nil
    }
    requireKey("material", in: block, why: "the cross section depends on it", example: "material: Pb")
    requireKey("thickness", in: block, why: "the signal is proportional to it", example: "thickness: 40 X0")
    let symbols = TargetMaterial.all.map(\.symbol)
    let symbol = block["material"].flatMap {
      word($0, named: "material", among: symbols, why: "it is none of the elements in leptoscan's table")
    }
    let thickness = block["thickness"].flatMap { self.thickness($0) }
    guard let material = symbol.flatMap(TargetMaterial.named), let thickness else { return nil }
    return TargetLayer(material: material, radiationLengths: thickness.radiationLengths(of: material))
  }

  private struct Thickness {
    let value: Double
    let isLength: Bool

    func radiationLengths(of material: TargetMaterial) -> Double {
      isLength ? value * material.density / material.radiationLength : value
    }
  }

  private mutating func thickness(_ node: CardNode) -> Thickness? {
    let units = [("X0", 0), ("cm", 0), ("mm", -1), ("m", 2)].map { CardNumber.Unit($0.0, exponent: $0.1) }
    let example = "thickness: 40 X0, or 22 cm"
    guard let text = text(node, named: "thickness", expected: "a thickness", example: example),
      let number = number(
        text, at: node.position, named: "thickness", example: example, units: units,
        unitExpectation: "radiation lengths or a length are expected")
    else { return nil }
    guard let unit = number.unit else {
      report(
        at: node.position, "thickness '\(text)' has no unit", why: "radiation lengths and centimetres are both usual",
        suggestion: "write \(example)")
      return nil
    }
    guard isInRange(number.value, node, "thickness", atMost: 1e4) else { return nil }
    return Thickness(value: number.value, isLength: unit != "X0")
  }

  /// - Parameter beam: nil where it is wrong.
  mutating func cuts(_ node: CardNode, _ beam: (channel: ProductionChannel, energy: Double)?) -> SignalCuts? {
    let keys = ["missing_energy", "x_min", "recoil_energy_min", "recoil_energy_max", "recoil_angle_max"]
    let example = "cuts: { missing_energy: 50 GeV, recoil_energy_min: 10 GeV }"
    guard let block = mapping(node, named: "cuts", keys: keys, example: example) else { return nil }
    let values = keys.map { key in block[key].map { cut($0, key, beam?.energy ?? .infinity) } }
    if values.contains(where: { $0 == .some(nil) }) { return nil }
    func value(_ index: Int, _ standard: Double) -> Double { (values[index] ?? nil) ?? standard }
    var cuts = SignalCuts()
    cuts.missingEnergy = value(0, 0)
    cuts.xMin = value(1, 0)
    let (low, high) = (value(2, 0), value(3, cuts.recoilEnergy.upperBound))
    guard low < high else {
      report(
        at: block.keys["recoil_energy_min"] ?? block.position, "recoil_energy_min is not below recoil_energy_max",
        why: "no event passes", suggestion: "widen the range")
      return nil
    }
    if let beam, let node = block["recoil_energy_max"],
      !canPass(recoilMax: high, beam.channel, at: node.position, named: "recoil_energy_max")
    {
      return nil
    }
    if let beam, let node = block["x_min"],
      !canPass(xMin: cuts.xMin, beam.channel, beamEnergy: beam.energy, at: node.position)
    {
      return nil
    }
    cuts.recoilEnergy = low...high
    cuts.recoilAngleMax = value(4, .pi)
    return cuts
  }

  private mutating func cut(_ node: CardNode, _ key: String, _ beamEnergy: Double) -> Double? {
    switch key {
    case "x_min": positive(node, named: key, example: "x_min: 0.5", atMost: 1, allowsZero: true)
    case "recoil_angle_max": positive(node, named: key, example: "recoil_angle_max: 0.1", atMost: .pi)
    default:
      positive(
        node, named: key, example: "\(key): 10 GeV", units: CardNumber.Unit.energies, atMost: beamEnergy,
        allowsZero: true)
    }
  }

  mutating func efficiency(_ node: CardNode) -> Efficiency? {
    let example = "efficiency: 0.5, or { m_phi: [0.1, 1], value: [0.5, 0.4] }"
    guard case .mapping = node.node else {
      return positive(node, named: "efficiency", example: example, atMost: 1).map { Efficiency($0) }
    }
    guard let block = mapping(node, named: "efficiency", keys: ["m_phi", "value"], example: example) else { return nil }
    requireKey("m_phi", in: block, why: "it is a table in m_phi", example: "m_phi: [0.1 GeV, 1 GeV]")
    requireKey("value", in: block, why: "it is a table in m_phi", example: "value: [0.5, 0.4]")
    guard let massNodes = block["m_phi"].flatMap({ list($0, named: "m_phi", example: "m_phi: [0.1 GeV, 1 GeV]") }),
      let valueNodes = block["value"].flatMap({ list($0, named: "value", example: "value: [0.5, 0.4]") })
    else { return nil }
    let masses = massNodes.compactMap {
      positive($0, named: "m_phi", example: "0.1 GeV", units: CardNumber.Unit.energies)
    }
    let values = valueNodes.compactMap { positive($0, named: "value", example: "0.5", atMost: 1, allowsZero: true) }
    guard masses.count == massNodes.count, values.count == valueNodes.count else { return nil }
    guard masses.count == values.count, zip(masses, masses.dropFirst()).allSatisfy({ $0 < $1 }) else {
      report(
        at: node.position, "efficiency has \(masses.count) masses and \(values.count) values",
        why: "it needs as many values as masses, and rising masses", suggestion: "write \(example)")
      return nil
    }
    return Efficiency(mPhi: masses, values: values)
  }

  /// `observed` and `background`, 0 if they are absent; without `observed` a planned experiment sees the median of what is
  /// expected without signal.
  mutating func counting(_ top: CardMapping, isPlanned: Bool) -> CountingExperiment? {
    let observed = top["observed"].map { self.wholeNumber($0) } ?? 0
    var background: (events: Double?, uncertainty: Double?) = (0, 0)
    if let node = top["background"] {
      let example = "background: { events: 0.5, uncertainty: 0.1 }"
      guard let block = mapping(node, named: "background", keys: ["events", "uncertainty"], example: example) else {
        return nil
      }
      requireKey("events", in: block, why: "it is the expected number", example: "events: 0.5")
      background.events = block["events"].flatMap {
        positive($0, named: "events", example: "events: 0.5", atMost: mostEvents, allowsZero: true)
      }
      background.uncertainty =
        block["uncertainty"].map {
          positive($0, named: "uncertainty", example: "uncertainty: 0.1", atMost: mostEvents, allowsZero: true)
        } ?? 0
    }
    guard let observed, let events = background.events, let uncertainty = background.uncertainty else { return nil }
    if isPlanned, top["observed"] == nil {
      return try? CountingExperiment.expected(background: events, backgroundUncertainty: uncertainty)
    }
    return try? CountingExperiment(observed: observed, background: events, backgroundUncertainty: uncertainty)
  }

  private mutating func wholeNumber(_ node: CardNode) -> Int? {
    guard let text = text(node, named: "observed", expected: "a whole number", example: "observed: 0") else {
      return nil
    }
    if let number = Cards.wholeNumber(text), (0...Int(mostEvents)).contains(number) { return number }
    report(
      at: node.position, "observed is '\(text)'", why: "a whole number from 0 to 10 million is expected",
      suggestion: "write observed: 0")
    return nil
  }

  /// A number above 0, or from 0.
  package mutating func positive(
    _ node: CardNode, named name: String, example: String, units: [CardNumber.Unit] = [], atMost: Double = 1e60,
    allowsZero: Bool = false
  ) -> Double? {
    guard let text = text(node, named: name, expected: "a number", example: example),
      let number = number(
        text, at: node.position, named: name, example: example, units: units,
        unitExpectation: units.isEmpty ? "it is dimensionless" : "an energy is expected")
    else { return nil }
    if let unit = number.unit, units.isEmpty {
      report(
        at: node.position, "\(name) has the unit \(unit)", why: "it is dimensionless", suggestion: "remove the unit")
      return nil
    }
    return isInRange(number.value, node, name, atMost: atMost, allowsZero: allowsZero) ? number.value : nil
  }

  private mutating func isInRange(
    _ value: Double, _ node: CardNode, _ name: String, atMost: Double, allowsZero: Bool = false
  ) -> Bool {
    if (value > 0 || (allowsZero && value == 0)) && value <= atMost { return true }
    let range = "\(allowsZero ? "from 0" : "above 0")\(atMost < 1e60 ? " and at most \(shortest(atMost))" : "")"
    report(
      at: node.position, "\(name) is \(shortest(value))", why: "it must be \(range)",
      suggestion: "use a value within this range")
    return false
  }
}
