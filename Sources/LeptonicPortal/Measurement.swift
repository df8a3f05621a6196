/// One published result, as published: a value with its uncertainty, or an upper limit at a confidence level.
public struct Measurement: Sendable, Hashable {
  /// What was published.
  public enum Result: Sendable, Hashable {
    /// A central value and its standard deviation.
    case value(Double, uncertainty: Double)
    /// An upper limit and its confidence level, for instance 0.9; nil where the source gives none.
    case upperLimit(Double, confidenceLevel: Double?)
    /// Upper limits at rising masses of phi [GeV]; their inverse is linear in ln m_phi between them, and nothing is known beyond
    /// the ends.
    case upperLimits(mPhi: [Double], [Double], confidenceLevel: Double?)
  }

  /// Unique within a set.
  public let name: String
  /// The quantity that it constrains, by its variable's name.
  public let observable: String
  public let result: Result
  /// UDUNITS; `1` if dimensionless.
  public let units: String
  /// The published number refers to `normalization` times ``observable``: BR(Z -> ee) where the observable is a ratio to
  /// Z -> ee.
  public let normalization: Double
  /// The masses of phi [GeV] for which it holds; nil for all.
  public let mPhiRange: ClosedRange<Double>?
  /// Keys of ``Bibliography``; empty for an assumed number.
  public let citations: [String]
  /// Where it stands, or why it is assumed, in one line.
  public let reference: String
  /// What stands behind it.
  public let evidence: Evidence
  /// Of a recast: how well its acceptance is known, relative; nil where nobody says.
  public let acceptanceAccuracy: Double?

  public init(
    _ name: String, of observable: String, _ result: Result, units: String = "1", normalization: Double = 1,
    mPhiRange: ClosedRange<Double>? = nil, citations: [String], reference: String,
    evidence: Evidence = .measured, acceptanceAccuracy: Double? = nil
  ) {
    self.name = name
    self.observable = observable
    self.result = result
    self.units = units
    self.normalization = normalization
    self.mPhiRange = mPhiRange
    self.citations = citations
    self.reference = reference
    self.evidence = evidence
    self.acceptanceAccuracy = acceptanceAccuracy
  }

  /// No publication stands behind the number.
  public var isAssumed: Bool { citations.isEmpty }

  /// The largest value of ``observable`` that is allowed: the value plus `deviations` standard deviations, or the limit
  /// at its own confidence level; of limits along m_phi the smallest.
  public func upperBound(deviations: Double = 3) -> Double {
    switch result {
    case .value(let value, let uncertainty): (value + deviations * uncertainty) / normalization
    case .upperLimit(let limit, _): limit / normalization
    case .upperLimits(_, let limits, _): (limits.min() ?? .infinity) / normalization
    }
  }

  /// The largest coupling that is allowed where the observable is `valuePerSquaredCoupling` times the coupling squared;
  /// infinite where the observable vanishes, 0 where even a vanishing coupling exceeds the bound.
  public func largestCoupling(valuePerSquaredCoupling: Double, deviations: Double = 3) -> Double {
    let bound = upperBound(deviations: deviations)
    guard bound > 0 else { return 0 }
    return valuePerSquaredCoupling > 0 ? (bound / valuePerSquaredCoupling).squareRoot() : .infinity
  }
}
