import Foundation
import Statistics
import Testing

struct UpperLimitTests {
  private func limit(
    _ method: UpperLimitMethod, _ observed: Int, _ background: Double, _ uncertainty: Double = 0, level: Double = 0.9
  ) throws -> Double {
    try CountingExperiment(observed: observed, background: background, backgroundUncertainty: uncertainty)
      .upperLimit(confidenceLevel: level, method: method)
  }

  /// n = b = 0: e^-s = 1 - CL.
  @Test(arguments: [UpperLimitMethod.classical, .cls], [0.5, 0.9, 0.95, 0.99])
  func nothingSeenNothingExpected(method: UpperLimitMethod, level: Double) throws {
    #expect(abs(try limit(method, 0, 0, level: level) + log(1 - level)) < 1e-12)
  }

  /// Half the 90 % (95 %) quantile of chi-squared with 2(n+1) degrees of freedom (PDG, Statistics, Table 40.3).
  @Test(arguments: [
    (0, 2.30, 3.00), (1, 3.89, 4.74), (2, 5.32, 6.30), (3, 6.68, 7.75), (4, 7.99, 9.15), (5, 9.27, 10.51),
    (6, 10.53, 11.84), (7, 11.77, 13.15), (8, 12.99, 14.43), (9, 14.21, 15.71), (10, 15.41, 16.96),
  ])
  func classicalLimitsWithoutBackground(observed: Int, ninety: Double, ninetyFive: Double) throws {
    #expect(abs(try limit(.classical, observed, 0) - ninety) <= 0.0051)
    #expect(abs(try limit(.classical, observed, 0, level: 0.95) - ninetyFive) <= 0.0051)
  }

  /// The definitions, solved: sum_k e^-(s+b) (s+b)^k/k! against 1 - CL, and against it times the sum at s = 0.
  @Test(arguments: [0, 1, 3, 10, 50], [0.0, 0.3, 2.5, 30])
  func limitsSolveTheirEquations(observed: Int, background: Double) throws {
    func sum(_ mean: Double) -> Double {
      (0...observed).map { k in exp(-mean + (k == 0 ? 0 : Double(k) * log(mean)) - lgamma(Double(k) + 1)) }
        .reduce(0, +)
    }
    let classical = try limit(.classical, observed, background)
    #expect(classical == 0 ? sum(background) <= 0.1 : abs(sum(classical + background) - 0.1) < 1e-10)
    let cls = try limit(.cls, observed, background)
    #expect(abs(sum(cls + background) / sum(background) - 0.1) < 1e-10)
  }

  /// Classical = CLs without background, CLs = Helene always, and at n = 0 CLs does not depend on the background.
  @Test func identities() throws {
    for n in 0...12 { #expect(abs(try limit(.classical, n, 0) - limit(.cls, n, 0)) < 1e-12) }
    for b in [0.0, 0.5, 3, 20] {
      #expect(abs(try limit(.cls, 0, b) - log(10)) < 1e-11)
      #expect(abs(try limit(.cls, 0, b, 0.3 * b) - log(10)) < 1e-9)
    }
    #expect(UpperLimitMethod.helene == .cls)
  }

  /// Helene's limit as he defines it: the posterior for a flat prior in s, integrated numerically.
  @Test(arguments: [(0, 1.0), (3, 1.5), (5, 8), (10, 4)])
  func heleneIsTheBayesianLimit(observed: Int, background: Double) throws {
    func likelihood(_ s: Double) -> Double { exp(-s) * pow((s + background) / background, Double(observed)) }
    func integral(to end: Double) -> Double {
      let steps = 20_000
      let h = end / Double(steps)
      return (0...steps).map { k in
        likelihood(Double(k) * h) * (k == 0 || k == steps ? 1 : (k % 2 == 1 ? 4 : 2)) * h / 3
      }.reduce(0, +)
    }
    let upper = try limit(.helene, observed, background)
    #expect(abs(integral(to: upper) / integral(to: 100) - 0.9) < 1e-8)
  }

  @Test(arguments: UpperLimitMethod.allCases)
  func monotonic(method: UpperLimitMethod) throws {
    let inObserved = try (0...8).map { try limit(method, $0, 2.2) }
    #expect(zip(inObserved, inObserved.dropFirst()).allSatisfy { $0 <= $1 })
    let inBackground = try [0, 0.5, 1, 2, 3, 5].map { try limit(method, 2, $0) }
    #expect(zip(inBackground, inBackground.dropFirst()).allSatisfy { $0 >= $1 })
    let inLevel = try [0.5, 0.68, 0.9, 0.95, 0.99].map { try limit(method, 2, 1.2, level: $0) }
    #expect(zip(inLevel, inLevel.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// The limit exceeds the true signal in at least 90 % of experiments, by summing over all outcomes.
  @Test(arguments: UpperLimitMethod.allCases)
  func coverage(method: UpperLimitMethod) throws {
    let background = 1.3
    let limits = try (0...40).map { try limit(method, $0, background) }
    for signal in [0.05, 0.4, 1, 2.7, 4, 6.1] {
      let covered = limits.enumerated().filter { $0.element >= signal }
        .map { Poisson.probability($0.offset, mean: signal + background) }.reduce(0, +)
      #expect(covered >= 0.9 - 1e-9, "\(signal)")
    }
  }

  /// A vanishing uncertainty changes nothing, a large one weakens CLs and the classical limit for n above b.
  @Test func uncertainBackground() throws {
    for method in UpperLimitMethod.allCases {
      #expect(abs(try limit(method, 4, 1.5, 1e-7) - limit(method, 4, 1.5)) < 1e-5)
    }
    #expect(try limit(.cls, 4, 1.5, 0.8) > limit(.cls, 4, 1.5))
  }

  /// The averaged tail against a midpoint sum over the cut-off Gaussian.
  @Test func marginalizationSolvesItsEquation() throws {
    let (observed, background, deviation) = (3, 1.2, 0.7)
    let upper = try limit(.classical, observed, background, deviation)
    let cells = 200_000
    var (sum, total) = (0.0, 0.0)
    for k in 0..<cells {
      let b = (Double(k) + 0.5) / Double(cells) * (background + 10 * deviation)
      let weight = exp(-0.5 * pow((b - background) / deviation, 2))
      sum += weight * Poisson.cumulative(observed, mean: upper + b)
      total += weight
    }
    #expect(abs(sum / total - 0.1) < 1e-9)
  }

  @Test func refusesWhatHasNoLimit() {
    #expect(throws: StatisticsError.negative("the background", -1)) {
      try CountingExperiment(observed: 0, background: -1)
    }
    #expect(throws: StatisticsError.self) { try CountingExperiment(observed: -1, background: 0) }
    #expect(throws: StatisticsError.self) {
      try CountingExperiment(observed: 0, background: 0, backgroundUncertainty: .infinity)
    }
    for level in [0, 1, -0.5, 1.5, Double.nan] {
      #expect(throws: StatisticsError.self) {
        try CountingExperiment(observed: 0, background: 0).upperLimit(confidenceLevel: level)
      }
    }
  }
}
