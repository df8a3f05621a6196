import Cards
import LeptonicPortal

extension MeasurementSet {
  /// As a card writes it: the name of a named set; of a combined one the names and, in full, what is one's own.
  package var resolved: String {
    guard !parts.isEmpty || !own.isEmpty else { return name }
    return "[" + (parts + own.map(\.resolved)).joined(separator: ", ") + "]"
  }
}

extension Measurement {
  /// As canonical YAML on one line. Reading it gives an equal measurement.
  package var resolved: String {
    let numbers: [(String, String)] =
      switch result {
      case .value(let value, let uncertainty): [("value", shortest(value)), ("uncertainty", shortest(uncertainty))]
      case .upperLimit(let limit, let level):
        [("upper_limit", shortest(limit))] + (level.map { [("confidence_level", shortest($0))] } ?? [])
      case .upperLimits(let mPhi, let limits, let level):
        [
          (
            "upper_limit",
            "{ m_phi: [\(mPhi.map { "\(shortest($0)) GeV" }.joined(separator: ", "))], "
              + "value: [\(limits.map(shortest).joined(separator: ", "))] }"
          )
        ] + (level.map { [("confidence_level", shortest($0))] } ?? [])
      }
    let range = mPhiRange.map {
      [("m_phi", "{ from: \(shortest($0.lowerBound)) GeV, to: \(shortest($0.upperBound)) GeV }")]
    }
    let entries =
      [("name", name), ("what", observable)] + numbers
      + (normalization == 1 ? [] : [("normalization", shortest(normalization))]) + (range ?? [])
      + [("source", quoted(reference))]
      + (citations.isEmpty ? [] : [("citations", "[" + citations.map(quoted).joined(separator: ", ") + "]")])
      + [("evidence", evidence.rawValue)]
      + (acceptanceAccuracy.map { [("acceptance_accuracy", shortest($0))] } ?? [])
    return "{ " + entries.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + " }"
  }
}
