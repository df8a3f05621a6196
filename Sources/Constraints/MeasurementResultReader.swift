import Cards
import Experiments
import LeptonicPortal

extension CardReader {
  /// `value` and `uncertainty`, or `upper_limit` and `confidence_level`; nil after a report.
  mutating func measurementResult(_ block: CardMapping) -> Measurement.Result? {
    let isValue = block["value"] != nil
    guard isValue != (block["upper_limit"] != nil) else {
      report(
        at: block.position, isValue ? "both value and upper_limit are given" : "neither value nor upper_limit is given",
        why: "one of the two was published",
        suggestion: "write value and uncertainty, or upper_limit and confidence_level")
      return nil
    }
    let wrong = isValue ? ["confidence_level"] : ["uncertainty"]
    for key in wrong where block[key] != nil {
      report(
        at: block.keys[key] ?? block.position, "\(key) stands beside \(isValue ? "value" : "upper_limit")",
        why: isValue ? "a value has an uncertainty" : "a limit has a confidence level", suggestion: "remove \(key)")
      return nil
    }
    return isValue ? measuredValue(block) : upperLimit(block)
  }

  private mutating func measuredValue(_ block: CardMapping) -> Measurement.Result? {
    requireKey("uncertainty", in: block, why: "a value holds within it", example: "uncertainty: 2e-10")
    let value = block["value"].flatMap { plainNumber($0, named: "value") }
    let uncertainty = block["uncertainty"].flatMap {
      positive($0, named: "uncertainty", example: "uncertainty: 2e-10")
    }
    guard let value, let uncertainty else { return nil }
    return .value(value, uncertainty: uncertainty)
  }

  private mutating func upperLimit(_ block: CardMapping) -> Measurement.Result? {
    requireKey("confidence_level", in: block, why: "a limit holds at one", example: "confidence_level: 0.9")
    let level = block["confidence_level"].flatMap { confidenceLevel($0) }
    guard let node = block["upper_limit"], let level else { return nil }
    guard case .mapping = node.node else {
      return positive(node, named: "upper_limit", example: "upper_limit: 1e-5").map {
        .upperLimit($0, confidenceLevel: level)
      }
    }
    let example = "upper_limit: { m_phi: [20 MeV, 60 MeV], value: [1e-5, 2e-5] }"
    guard let curve = mapping(node, named: "upper_limit", keys: ["m_phi", "value"], example: example) else {
      return nil
    }
    requireKey("m_phi", in: curve, why: "it is a curve over m_phi", example: "m_phi: [20 MeV, 60 MeV]")
    requireKey("value", in: curve, why: "it is a curve over m_phi", example: "value: [1e-5, 2e-5]")
    if let key = block.keys["m_phi"] {
      report(
        at: key, "m_phi stands beside a curve over m_phi", why: "a curve holds between its ends",
        suggestion: "remove m_phi")
      return nil
    }
    guard let massNodes = curve["m_phi"].flatMap({ list($0, named: "m_phi", example: "m_phi: [20 MeV, 60 MeV]") }),
      let valueNodes = curve["value"].flatMap({ list($0, named: "value", example: "value: [1e-5, 2e-5]") })
    else { return nil }
    let masses = massNodes.compactMap {
      positive($0, named: "m_phi", example: "20 MeV", units: CardNumber.Unit.energies)
    }
    let values = valueNodes.compactMap { positive($0, named: "value", example: "1e-5") }
    guard masses.count == massNodes.count, values.count == valueNodes.count else { return nil }
    guard masses.count == values.count, masses.count > 1, zip(masses, masses.dropFirst()).allSatisfy({ $0 < $1 }) else {
      report(
        at: node.position, "upper_limit has \(masses.count) masses and \(values.count) values",
        why: "a curve needs as many values as masses, two or more, and rising masses", suggestion: "write \(example)")
      return nil
    }
    return .upperLimits(mPhi: masses, values, confidenceLevel: level)
  }

  /// The masses of phi for which a limit or a value holds.
  mutating func massRange(_ node: CardNode) -> ClosedRange<Double>? {
    let example = "m_phi: { from: 13 MeV, to: 80 MeV }"
    guard let block = mapping(node, named: "m_phi", keys: ["from", "to"], example: example) else { return nil }
    requireKey("from", in: block, why: "a range has two ends", example: "from: 13 MeV")
    requireKey("to", in: block, why: "a range has two ends", example: "to: 80 MeV")
    let ends = ["from", "to"].map { key in
      block[key].flatMap { positive($0, named: key, example: "\(key): 13 MeV", units: CardNumber.Unit.energies) }
    }
    guard let low = ends[0], let high = ends[1] else { return nil }
    if low < high { return low...high }
    report(at: node.position, "from is not below to", why: "no mass is between them", suggestion: "write \(example)")
    return nil
  }

  /// A finite number of any sign.
  private mutating func plainNumber(_ node: CardNode, named name: String) -> Double? {
    guard let text = text(node, named: name, expected: "a number", example: "\(name): 1e-9") else { return nil }
    if let value = Double(text), value.isFinite { return value }
    report(
      at: node.position, "\(name) is '\(text)'", why: "a finite number, in the observable's units, is expected",
      suggestion: "write \(name): 1e-9")
    return nil
  }
}
