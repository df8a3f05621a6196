import Foundation
import Statistics
import Testing

/// Numbers from 0 to 1e7 against Tests/ReferenceData/upper_limits.py.
struct ReferenceLimitTests {
  private struct Row {
    let experiment: CountingExperiment
    let level: Double
    let method: UpperLimitMethod
    let limit: Double

    init(_ fields: [String]) throws {
      let numbers = fields.map { Double($0) }
      experiment = try CountingExperiment(
        observed: try #require(Int(fields[0])), background: try #require(numbers[1]),
        backgroundUncertainty: try #require(numbers[2]))
      level = try #require(numbers[3])
      method = try #require(UpperLimitMethod(rawValue: fields[4]))
      limit = try #require(numbers[5])
    }
  }

  /// Sums with 40 digits: P(n) and P(N <= n) up to 30 standard deviations from the mean, and where they underflow.
  @Test func poissonTails() throws {
    let rows = try referenceRows("poisson_tails")
    #expect(rows.count > 140)
    for fields in rows {
      let n = try #require(Int(fields[0]))
      let numbers = try fields.map { try #require(Double($0)) }
      let error = { (value: Double, expected: Double) in abs(value - expected) / max(1, abs(expected)) }
      #expect(error(Poisson.logProbability(n, mean: numbers[1]), numbers[2]) < 1e-12, "\(fields)")
      #expect(error(Poisson.logCumulative(n, mean: numbers[1]), numbers[3]) < 1e-12, "\(fields)")
    }
  }

  @Test(arguments: UpperLimitMethod.allCases)
  func agreesWithTable(method: UpperLimitMethod) throws {
    let rows = try referenceRows("upper_limits").map(Row.init).filter { $0.method == method }
    #expect(rows.count >= 20)
    for row in rows {
      let limit = try row.experiment.upperLimit(confidenceLevel: row.level, method: method)
      #expect(abs(limit - row.limit) <= 1e-6 * row.limit, "\(row.experiment), \(row.level): \(limit), not \(row.limit)")
    }
  }

  /// What the limit is by definition, with P(N <= n | s + b) averaged over b on an equidistant grid, for numbers that nobody
  /// chose: ln CLs = ln(1 - CL), and the tail itself where the classical limit is not 0.
  @Test(arguments: [0, 7, 333, 12_345, 600_000, 10_000_000], [0.0, 0.003, 0.07, 0.5, 1])
  func limitsSolveTheirEquations(observed: Int, ratio: Double) throws {
    for background in [0.6, 1.0, 1.03].map({ $0 * Double(observed + 1) }) {
      let deviation = ratio * background
      let experiment = try CountingExperiment(
        observed: observed, background: background, backgroundUncertainty: deviation)
      let tail = { (signal: Double) in logTail(experiment, signal: signal) }
      let cls = try experiment.upperLimit(confidenceLevel: 0.9, method: .cls)
      #expect(abs(tail(cls) - tail(0) - log(0.1)) < 1e-6, "\(experiment)")
      let classical = try experiment.upperLimit(confidenceLevel: 0.9, method: .classical)
      #expect(classical == 0 ? tail(0) < log(0.1) + 1e-9 : abs(tail(classical) - log(0.1)) < 1e-6, "\(experiment)")
    }
  }

  /// Feldman and Cousins: just below the upper end the observed number is accepted, just above it is not, every number being
  /// ranked.
  @Test(arguments: [(0, 30.0), (40, 50), (1_000, 990), (90_000, 89_000), (1_000_000, 900_000), (10_000_000, 9_990_000)])
  func unifiedIntervalsSolveTheirDefinition(observed: Int, background: Double) throws {
    let experiment = try CountingExperiment(observed: observed, background: background)
    let interval = try experiment.unifiedInterval()
    // Below b the upper end is that for a somewhat larger background, as in the paper's tables.
    if Double(observed) >= background {
      let step = 1e-6 * interval.upperBound
      #expect(accepts(experiment, signal: interval.upperBound - step))
      #expect(!accepts(experiment, signal: interval.upperBound + step))
      for k in 1...20 { #expect(!accepts(experiment, signal: interval.upperBound + 0.37 * Double(k))) }
    } else {
      #expect(!accepts(experiment, signal: interval.upperBound + 1.5))
    }
    if interval.lowerBound > 0 {
      let step = 1e-6 * interval.lowerBound
      #expect(accepts(experiment, signal: interval.lowerBound + step))
      #expect(!accepts(experiment, signal: interval.lowerBound - step))
    }
  }
}

/// ln of P(N <= n | s + b), averaged by Simpson's rule in the middle of the step and on both sides of it.
private func logTail(_ experiment: CountingExperiment, signal: Double) -> Double {
  let (n, mean, deviation) = (experiment.observed, experiment.background, experiment.backgroundUncertainty)
  guard deviation > 0 else { return Poisson.logCumulative(n, mean: signal + mean) }
  // The counts pull the background towards n - s, by at most sigma^2.
  let pull = min(deviation * deviation, abs(mean - Double(n)) + signal)
  let ends = (low: max(0, mean - pull - 14 * deviation), high: mean + 14 * deviation)
  let width = 14 * Double(n + 1).squareRoot()
  let step = [-width, width].map { min(max(Double(n) - signal + $0, ends.low), ends.high) }
  let edges = [ends.low] + step + [ends.high]
  var (sum, norm) = (0.0, 0.0)
  let cells = 2000
  for (low, high) in zip(edges, edges.dropFirst()) where high > low {
    for k in 0...cells {
      let b = low + (high - low) * Double(k) / Double(cells)
      let weight = (k == 0 || k == cells ? 1 : (k % 2 == 1 ? 4 : 2)) * (high - low) / Double(3 * cells)
      let density = weight * exp(-0.5 * (b - mean) * (b - mean) / (deviation * deviation))
      norm += density
      sum += density * Poisson.cumulative(n, mean: signal + b)
    }
  }
  return log(sum / norm)
}

private func accepts(_ experiment: CountingExperiment, signal: Double) -> Bool {
  let (observed, background) = (experiment.observed, experiment.background)
  let mean = signal + background
  func rank(_ n: Int) -> Double {
    let best = max(Double(n), background)
    return (n > 0 ? Double(n) * log1p((mean - best) / best) : 0) - (mean - best)
  }
  let own = rank(observed)
  let reach = Int(12 * mean.squareRoot()) + 40
  var before = 0.0
  for n in max(0, Int(mean) - reach)...Int(mean) + reach where rank(n) > own {
    before += Poisson.probability(n, mean: mean)
  }
  return before < 0.9
}
