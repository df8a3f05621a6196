import Foundation
import Statistics
import Testing

struct LikelihoodTests {
  @Test func gaussian() {
    #expect(GaussianLikelihood.logLikelihood(428e-11, mean: 251e-11, deviation: 59e-11).isApproximately(-4.5))
    #expect(GaussianLikelihood.logLikelihood(0.12, mean: 0.12, deviation: 0.001) == 0)
    #expect(GaussianLikelihood.logLikelihoodOfBound(0.01, mean: 0.12, deviation: 0.001) == 0)
    #expect(GaussianLikelihood.logLikelihoodOfBound(0.122, mean: 0.12, deviation: 0.001).isApproximately(-2))
  }

  /// The closed form is the maximum: the likelihood falls on both sides of it, also where the background is 0.
  @Test(arguments: [0, 1, 4, 30], [0.0, 0.1, 3.0, 40.0])
  func profiledBackgroundIsTheMaximum(observed: Int, signal: Double) throws {
    for (background, deviation) in [(1.0, 0.3), (5, 2), (0.2, 1), (12, 0.01)] {
      let experiment = try CountingExperiment(
        observed: observed, background: background, backgroundUncertainty: deviation)
      func logLikelihood(_ b: Double) -> Double {
        Poisson.logProbability(observed, mean: signal + b) - 0.5 * pow((b - background) / deviation, 2)
      }
      let best = experiment.profiledBackground(signal: signal)
      #expect(best >= 0)
      #expect(abs(logLikelihood(best) - experiment.profileLogLikelihood(signal: signal)) <= 1e-9)
      for step in [1e-3, 0.1, 1] {
        #expect(logLikelihood(best + step) < logLikelihood(best))
        if best > step { #expect(logLikelihood(best - step) < logLikelihood(best)) }
      }
    }
  }

  @Test func profileRatioIsLargestAtTheBestSignal() throws {
    let excess = try CountingExperiment(observed: 7, background: 2, backgroundUncertainty: 0.5)
    #expect(excess.profileLogLikelihoodRatio(signal: 5) == 0)
    #expect(excess.profileLogLikelihoodRatio(signal: 4) < 0 && excess.profileLogLikelihoodRatio(signal: 6) < 0)
    let deficit = try CountingExperiment(observed: 0, background: 2, backgroundUncertainty: 0.5)
    #expect(deficit.profileLogLikelihoodRatio(signal: 0) == 0)
    #expect(deficit.profileLogLikelihoodRatio(signal: 1).isApproximately(-1))
  }

  /// Known background: ln P(n | s + b), with n ln(mean) - mean - ln n! for n = 3, mean 2.5.
  @Test func knownBackground() throws {
    let experiment = try CountingExperiment(observed: 3, background: 1)
    #expect(experiment.profileLogLikelihood(signal: 1.5).isApproximately(3 * log(2.5) - 2.5 - log(6)))
  }

  @Test(arguments: [(0, 0.0), (5, 1.0), (100, 80), (80, 100), (1000, 1000), (3, 700), (2000, 900)])
  func cumulativeSumsProbabilities(n: Int, mean: Double) {
    let sum = (0...n).map { Poisson.probability($0, mean: mean) }.reduce(0, +)
    let cumulative = Poisson.cumulative(n, mean: mean)
    #expect(abs(cumulative - sum) <= 1e-11 * sum)
  }
}

extension Double {
  fileprivate func isApproximately(_ other: Double) -> Bool { abs(self - other) <= 1e-12 * abs(other) }
}
