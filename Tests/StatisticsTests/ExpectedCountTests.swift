import Foundation
import Statistics
import Testing

struct ExpectedCountTests {
  /// The first n at which the summed probabilities reach p; known background.
  @Test(arguments: [0.0, 0.3, 0.69, 0.70, 3, 10, 250], [0.0228, 0.16, 0.5, 0.84, 0.977])
  func quantilesOfKnownBackgrounds(background: Double, quantile: Double) throws {
    var (sum, n) = (exp(-background), 0)
    var term = sum
    while sum < quantile {
      n += 1
      term *= background / Double(n)
      sum += term
    }
    #expect(try CountingExperiment.expected(quantile: quantile, background: background).observed == n)
  }

  /// 10 +- 2: the median of the mixture is 10, its 16 % quantile 6 (5.8 by the Gaussian of variance 14); scipy's Poisson
  /// summed over the Gaussian gives the same.
  @Test func uncertainBackground() throws {
    let counts = try [0.16, 0.5, 0.84].map {
      try CountingExperiment.expected(quantile: $0, background: 10, backgroundUncertainty: 2).observed
    }
    #expect(counts == [6, 10, 14])
    #expect(try CountingExperiment.expected(background: 1e7, backgroundUncertainty: 1e5).observed == 10_000_000)
  }

  @Test func refusesWhatHasNoMedian() {
    #expect(throws: StatisticsError.confidenceLevel(1)) {
      try CountingExperiment.expected(quantile: 1, background: 1)
    }
    #expect(throws: StatisticsError.tooLarge("the background", 1e10)) {
      try CountingExperiment.expected(background: 1e10)
    }
  }
}
