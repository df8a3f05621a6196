/// What a counting experiment saw: events, and how many it expected without signal.
public struct CountingExperiment: Sendable, Hashable {
  /// Observed events.
  public let observed: Int
  /// Expected background events.
  public let background: Double
  /// Standard deviation of ``background``; 0 if it is known.
  public let backgroundUncertainty: Double

  /// The largest numbers for which limits are computed.
  public static let largest = 1e9

  /// - Throws: ``StatisticsError`` unless all are numbers from 0 to ``largest``.
  public init(observed: Int, background: Double, backgroundUncertainty: Double = 0) throws(StatisticsError) {
    for (name, value) in [
      ("the number of observed events", Double(observed)), ("the background", background),
      ("the uncertainty of the background", backgroundUncertainty),
    ] {
      guard value.isFinite, value >= 0 else { throw .negative(name, value) }
      guard value <= CountingExperiment.largest else { throw .tooLarge(name, value) }
    }
    self.observed = observed
    self.background = background
    self.backgroundUncertainty = backgroundUncertainty
  }
}

/// Input that no limit exists for.
public enum StatisticsError: Error, Hashable, CustomStringConvertible {
  case negative(String, Double)
  case tooLarge(String, Double)
  case confidenceLevel(Double)

  public var description: String {
    switch self {
    case .negative(let name, let value):
      "\(name) is \(value) (expected counts are finite and not negative) give a number of at least 0"
    case .tooLarge(let name, let value):
      "\(name) is \(value) (limits are computed for up to 1e9 events) use fewer events"
    case .confidenceLevel(let level):
      "the confidence level is \(level) (it is a probability) give a number above 0 and below 1, such as 0.9"
    }
  }
}
