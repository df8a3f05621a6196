import LeptonicPortal
import Scanning

/// A line in the plane of m_phi and h_mue: the couplings at which a prediction has a given value.
public struct LimitLine: Sendable {
  /// Unique in a file.
  public let name: String
  /// One line for a person.
  public let longName: String
  public let kind: LimitKind
  /// What stands behind it.
  public let evidence: Evidence
  /// Of a published limit; nil where it has none.
  public let confidenceLevel: Double?
  /// How far from a measured value, in its standard deviations; nil for a published limit.
  public let deviations: Double?
  /// Keys of `Bibliography`; empty for an assumed number.
  public let citations: [String]
  /// Where the number stands, or why it is assumed.
  public let reference: String
  let condition: Condition

  var isOfRelicDensity: Bool { if case .relicDensity = condition { true } else { false } }

  /// What holds on the line.
  enum Condition: Sendable {
    /// The observable, which grows with h_mue and no faster than its square, has a value.
    case observable(Quantity, equals: Double)
    /// A rate per squared coupling, as a function of m_phi [GeV] and 0 where it does not apply, times h^2 has a value.
    case estimate(@Sendable (Double) -> Double, equals: Double)
    /// Omega h^2 has a value.
    case relicDensity(equals: Double)
    /// Expected events have a value: their number for h = 1 and BR_inv = 1, along m_phi, times h^2 BR_inv(h).
    case signal(perSquaredCoupling: Field, equals: Double)
  }

  init(
    name: String, longName: String, kind: LimitKind, evidence: Evidence, confidenceLevel: Double?, citations: [String],
    reference: String,
    condition: Condition
  ) {
    self.name = name
    self.longName = longName
    self.kind = kind
    self.evidence = evidence
    self.confidenceLevel = confidenceLevel
    deviations = nil
    self.citations = citations
    self.reference = reference
    self.condition = condition
  }

  init(
    _ measurement: Measurement, suffix: String = "", longName: String, kind: LimitKind, deviations: Double? = nil,
    condition: Condition
  ) {
    name = measurement.name + suffix
    self.longName = longName
    self.kind = kind
    evidence = measurement.evidence
    confidenceLevel = measurement.result.confidenceLevel
    self.deviations = deviations
    citations = measurement.citations
    reference = measurement.reference
    self.condition = condition
  }
}

extension Measurement.Result {
  fileprivate var confidenceLevel: Double? {
    switch self {
    case .value: nil
    case .upperLimit(_, let level), .upperLimits(_, _, let level): level
    }
  }
}
