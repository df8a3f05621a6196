import Cards
import LeptonicPortal

extension CardReader {
  /// `evidence`, or `planned`, which is the older word for a projection; without either what the rest of the file allows to
  /// say. Nil after a report, of what contradicts itself and of what claims more than the file has.
  mutating func evidence(_ top: CardMapping, assumed: [String]) -> Evidence? {
    let planned = top["planned"].map { self.isPlanned($0) }
    if planned == .some(nil) { return nil }
    let isPlanned = planned ?? nil
    guard let node = top["evidence"] else {
      return isPlanned == true ? .projection : naturalEvidence(top, assumed)
    }
    let words = Evidence.allCases.map(\.rawValue)
    let why = "it says whether an experiment excludes points, or would"
    guard let word = word(node, named: "evidence", among: words, why: why), let evidence = Evidence(rawValue: word)
    else { return nil }
    if let isPlanned, isPlanned != (evidence == .projection) {
      report(
        at: node.position, "evidence is \(word) and planned is \(isPlanned)", why: "they contradict each other",
        suggestion: "remove planned")
      return nil
    }
    return canClaim(evidence, top, assumed, at: node) ? evidence : nil
  }

  private mutating func isPlanned(_ node: CardNode) -> Bool? {
    word(node, named: "planned", among: ["true", "false"], why: "data have been taken or not").map { $0 == "true" }
  }

  /// What was counted and what was expected, both published.
  private func assumedCount(_ top: CardMapping, _ assumed: [String]) -> (key: String, why: String)? {
    for key in ["observed", "background"] {
      if assumed.contains(key) { return (key, "assumed") }
      if top[key] == nil { return (key, "not given") }
    }
    return nil
  }

  private func naturalEvidence(_ top: CardMapping, _ assumed: [String]) -> Evidence {
    if assumedCount(top, assumed) != nil { return .hypothetical }
    if top["acceptance_accuracy"] != nil { return .recast }
    return assumed.isEmpty ? .measured : .hypothetical
  }

  private mutating func canClaim(
    _ evidence: Evidence, _ top: CardMapping, _ assumed: [String], at node: CardNode
  ) -> Bool {
    if evidence == .measured, let (key, why) = assumedCount(top, assumed) {
      report(
        at: node.position, "evidence is measured and \(key) is \(why)", why: "nobody has measured it then",
        suggestion: "give the published number of \(key), or write evidence: hypothetical")
      return false
    }
    if evidence == .recast, top["acceptance_accuracy"] == nil {
      report(
        at: node.position, "evidence is recast and acceptance_accuracy is missing",
        why: "a recast holds as well as its acceptance is known",
        suggestion: "add acceptance_accuracy: 0.1 for 10 %, or write evidence: hypothetical")
      return false
    }
    return true
  }
}
