import Foundation

/// ln L of a measured value, up to a constant: 0 at its maximum, and -2 ln L is a chi-squared.
public enum GaussianLikelihood {
  /// -(x - mean)^2/(2 sigma^2).
  public static func logLikelihood(_ x: Double, mean: Double, deviation: Double) -> Double {
    let pull = (x - mean) / deviation
    return -0.5 * pull * pull
  }

  /// The same above the mean and 0 below it: for a value that is only bounded from above, such as the relic density where
  /// phi's dark matter may be a part of all.
  public static func logLikelihoodOfBound(_ x: Double, mean: Double, deviation: Double) -> Double {
    x <= mean ? 0 : logLikelihood(x, mean: mean, deviation: deviation)
  }
}

extension CountingExperiment {
  /// The background of largest likelihood for a given signal, in closed form.
  ///
  /// d ln L/db = -1 + n/mu - (b - b_0)/sigma^2 = 0, mu = s + b, is mu^2 - A mu - sigma^2 n = 0 with A = s + b_0 - sigma^2.
  public func profiledBackground(signal: Double) -> Double {
    let variance = backgroundUncertainty * backgroundUncertainty
    guard variance > 0 else { return background }
    return likeliestBackground(
      observed: Double(observed), signal: signal, background: background, variance: variance)
  }

  /// ln [ Poisson(n | s + b) exp(-(b - b_0)^2/(2 sigma^2)) ] at the ``profiledBackground(signal:)``, n! included.
  public func profileLogLikelihood(signal: Double) -> Double {
    let profiled = profiledBackground(signal: signal)
    let constraint =
      backgroundUncertainty > 0
      ? GaussianLikelihood.logLikelihood(profiled, mean: background, deviation: backgroundUncertainty) : 0
    return Poisson.logProbability(observed, mean: signal + profiled) + constraint
  }

  /// ln of the profile likelihood ratio, at most 0: relative to the best signal, which is max(n - b_0, 0).
  public func profileLogLikelihoodRatio(signal: Double) -> Double {
    profileLogLikelihood(signal: signal)
      - profileLogLikelihood(signal: max(Double(observed) - background, 0))
  }
}

/// The b >= 0 of largest Poisson(n | s + b) Gauss(b; b_0, sigma), sigma > 0.
func likeliestBackground(observed: Double, signal: Double, background: Double, variance: Double) -> Double {
  let linear = signal + background - variance
  let product = variance * observed
  let root = (linear * linear + 4 * product).squareRoot()
  // The positive root, without cancellation for either sign of A.
  let mean = linear > 0 ? (linear + root) / 2 : (root > linear ? 2 * product / (root - linear) : 0)
  return max(mean - signal, 0)
}
