import Foundation

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
    let marginal = MarginalPoisson(self)
    return switch method {
    case .classical: tailLimit(marginal, logValue: log1p(-confidenceLevel))
    case .cls: tailLimit(marginal, logValue: log1p(-confidenceLevel) + marginal.logCumulative(observed, signal: 0))
    case .feldmanCousins: try unifiedInterval(confidenceLevel: confidenceLevel).upperBound
    }
  }

  /// The signal at which ln P(N <= n | s), which falls from 0 without end, has come down to a value.
  private func tailLimit(_ marginal: MarginalPoisson, logValue: Double) -> Double {
    func excess(_ signal: Double) -> Double { marginal.logCumulative(observed, signal: signal) - logValue }
    guard excess(0) > 0 else { return 0 }
    var (low, high) = (0.0, 1.0)
    while excess(high) > 0 { (low, high) = (high, 2 * high) }
    return root(of: excess, from: low, to: high)
  }
}
