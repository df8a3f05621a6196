/// Unweighted events of one beam energy and mass: independent candidates, each kept with the probability
/// weight / largest weight.
///
/// The largest weight is that of all candidates behind the events, so none is too heavy. Which candidates are kept follows
/// from (seed, stream, point): the same events on every device.
public struct UnweightedEvents: Sendable {
  /// How many events there are.
  public let count: Int
  /// The part of the candidates that is kept.
  public var efficiency: Double { survey.mean / survey.largest }

  private let source: EventSource
  private let survey: Survey

  /// Candidates that are looked at together, and at first.
  private static let blockLength = 1 << 15

  /// Looks at as many candidates as `count` events need.
  ///
  /// nil where the process is closed, or no candidate passes the cuts.
  public init?(from integrator: MonteCarloIntegrator, energy: Double, mPhi: Double, count: Int) throws {
    guard let source = try EventSource(integrator, energy: energy, mPhi: mPhi) else { return nil }
    var survey = Survey()
    try survey.extend(to: Self.blockLength, source)
    guard survey.largest > 0 else { return nil }
    while survey.candidates < survey.needed(for: count) { try survey.extend(to: survey.needed(for: count), source) }
    (self.count, self.source, self.survey) = (count, source, survey)
  }

  /// Hands over the events in order, some at a time; the weight of each is the mean weight of the candidates [pb].
  public func forEachBlock(_ body: ([ProductionEvent]) throws -> Void) throws {
    var (missing, next) = (count, 0)
    while missing > 0 {
      let candidates = try source.candidates(next..<next + Self.blockLength)
      let kept = candidates.lazy.filter { $0.decision * survey.largest < $0.event.weight }.prefix(missing)
      try body(
        kept.map {
          var event = $0.event
          event.weight = survey.mean
          return event
        })
      missing -= kept.count
      next += Self.blockLength
    }
  }

  /// What is known of the weights of the candidates so far.
  private struct Survey {
    private(set) var candidates = 0
    private(set) var largest = 0.0
    private var sum = 0.0

    var mean: Double { sum / Double(candidates) }

    /// Candidates that give so many events but for a fluctuation of six standard deviations.
    func needed(for count: Int) -> Int {
      let events = Double(count)
      return Int((events + 6 * events.squareRoot() + 36) * largest / mean)
    }

    mutating func extend(to end: Int, _ source: EventSource) throws {
      while candidates < end {
        let weights = try source.candidates(candidates..<candidates + UnweightedEvents.blockLength).map(\.event.weight)
        candidates += weights.count
        sum = weights.reduce(sum, +)
        largest = weights.reduce(largest, max)
      }
    }
  }
}
