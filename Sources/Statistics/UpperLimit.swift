/// How an upper limit on the mean number of signal events is defined.
public enum UpperLimitMethod: String, Sendable, Hashable, CaseIterable {
  /// Neyman's one-sided limit: P(N <= n | s + b) = 1 - CL. It may be 0 where n is far below b.
  case classical
  /// P(N <= n | s + b)/P(N <= n | b) = 1 - CL (A. L. Read, J. Phys. G 28 (2002) 2693). Helene's Bayesian limit with a flat
  /// prior (Nucl. Instrum. Meth. 212 (1983) 319) is the same number, with uncertain background too.
  case cls
  /// The upper end of the unified interval (G. J. Feldman, R. D. Cousins, Phys. Rev. D 57 (1998) 3873).
  case feldmanCousins

  /// Helene's limit, which is that of CLs.
  public static let helene = UpperLimitMethod.cls
}

extension CountingExperiment {
  /// The upper limit on the mean number of signal events.
  ///
  /// An uncertain background is marginalized: probabilities are averaged over a Gaussian cut off at 0 (Cousins, Highland,
  /// Nucl. Instrum. Meth. A 320 (1992) 331). ``profileLogLikelihood(signal:)`` profiles it instead.
  ///
  /// - Throws: ``StatisticsError`` for a confidence level that is not between 0 and 1.
  public func upperLimit(
    confidenceLevel: Double = 0.9, method: UpperLimitMethod = .feldmanCousins
  ) throws(StatisticsError) -> Double {
    guard confidenceLevel > 0, confidenceLevel < 1 else { throw .confidenceLevel(confidenceLevel) }
    switch method {
    case .classical: return tailLimit(1 - confidenceLevel)
    case .cls: return tailLimit((1 - confidenceLevel) * tail(signal: 0, prior: BackgroundPrior(self)))
    case .feldmanCousins: return try unifiedInterval(confidenceLevel: confidenceLevel).upperBound
    }
  }

  /// P(N <= n | s + b), averaged over the background.
  private func tail(signal: Double, prior: BackgroundPrior) -> Double {
    prior.average { Poisson.cumulative(observed, mean: signal + $0) }
  }

  /// The signal at which ``tail(signal:prior:)``, which falls from 1 to 0, has come down to a value.
  private func tailLimit(_ value: Double) -> Double {
    let prior = BackgroundPrior(self)
    guard tail(signal: 0, prior: prior) > value else { return 0 }
    var low = 0.0
    var high = 1.0
    while tail(signal: high, prior: prior) > value { (low, high) = (high, 2 * high) }
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if tail(signal: middle, prior: prior) > value { low = middle } else { high = middle }
    }
  }
}
