import Foundation

/// The distribution of the number of events for a signal s and a background that is known or averaged over its
/// ``BackgroundPrior``.
struct MarginalPoisson: Sendable {
  let background: Double
  /// Nil for a known background.
  private let prior: BackgroundPrior?

  init(_ experiment: CountingExperiment) {
    background = experiment.background
    let deviation = experiment.backgroundUncertainty
    prior = deviation > 0 ? BackgroundPrior(mean: experiment.background, deviation: deviation) : nil
  }

  /// A known background.
  init(background: Double) {
    self.background = background
    prior = nil
  }

  var isKnown: Bool { prior == nil }

  /// ln P(n | s).
  func logProbability(_ n: Int, signal: Double) -> Double {
    guard let prior else { return Poisson.logProbability(n, mean: signal + background) }
    guard n >= 0 else { return -.infinity }
    let best = prior.profiled(n, signal: signal)
    let width = min(prior.deviation, Double(n + 1).squareRoot())
    return LogConcaveIntegral(low: 0, peak: best...best, width: width).logarithm { b in
      prior.logDensity(b) + Poisson.logProbability(n, mean: signal + b)
    }
  }

  /// ln P(N <= n | s).
  ///
  /// Integrated over the narrower of the two densities in Int db g(b) P(N <= n | s + b) = Int dt gamma(t) G(t - s), where gamma(t)
  /// = P(n | t) and G = Int g: the other factor is smooth on its scale.
  func logCumulative(_ n: Int, signal: Double) -> Double {
    guard let prior else { return Poisson.logCumulative(n, mean: signal + background) }
    guard n >= 0 else { return -.infinity }
    if prior.variance <= Double(n + 1) {
      // d ln P(N <= n | m)/dm lies between -1 and 0.
      let peak = max(0, prior.mean - prior.variance)...prior.mean
      return LogConcaveIntegral(low: 0, peak: peak, width: prior.deviation).logarithm { b in
        prior.logDensity(b) + Poisson.logCumulative(n, mean: signal + b)
      }
    }
    let start = max(Double(n), signal)
    let peak = start...max(start, signal + prior.mean) + 9 * prior.deviation
    return LogConcaveIntegral(low: signal, peak: peak, width: Double(n + 1).squareRoot()).logarithm { t in
      Poisson.logProbability(n, mean: t) + prior.logCumulative(t - signal)
    }
  }

  /// P(N <= n | s).
  func cumulative(_ n: Int, signal: Double) -> Double { exp(logCumulative(n, signal: signal)) }

  /// The signal >= 0 of largest P(n | s): n - b for a known background.
  func bestSignal(_ n: Int) -> Double {
    guard !isKnown else { return max(0, Double(n) - background) }
    // dP(n|s)/ds = P(n-1|s) - P(n|s).
    func slope(_ signal: Double) -> Double {
      logProbability(n - 1, signal: signal) - logProbability(n, signal: signal)
    }
    guard n > 0, slope(0) > 0 else { return 0 }
    var (low, high) = (0.0, max(Double(n) - background, 1))
    while slope(high) > 0 { (low, high) = (high, 2 * high) }
    return root(of: slope, from: low, to: high)
  }
}

extension BackgroundPrior {
  var variance: Double { deviation * deviation }

  /// The background of largest g(b) P(n | s + b).
  fileprivate func profiled(_ n: Int, signal: Double) -> Double {
    likeliestBackground(observed: Double(n), signal: signal, background: mean, variance: variance)
  }
}
