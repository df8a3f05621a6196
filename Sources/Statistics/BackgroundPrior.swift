import Foundation

/// What is believed about an uncertain background before the events are counted: a Gaussian cut off at 0.
struct BackgroundPrior: Sendable {
  let mean: Double
  /// Above 0.
  let deviation: Double
  /// ln of the density's normalization.
  private let logNorm: Double

  init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
    logNorm = -log(deviation * (2 * .pi).squareRoot()) - NormalDistribution.logCumulative(mean / deviation)
  }

  /// ln of the density at a background of at least 0.
  func logDensity(_ background: Double) -> Double {
    let pull = (background - mean) / deviation
    return logNorm - 0.5 * pull * pull
  }

  /// ln P(background <= b).
  func logCumulative(_ b: Double) -> Double {
    guard b > 0 else { return -.infinity }
    let lower = -mean / deviation
    return logProbability(from: lower, length: b / deviation) - NormalDistribution.logCumulative(-lower)
  }

  /// ln P(lower <= Z <= lower + length), lower <= 0.
  private func logProbability(from lower: Double, length: Double) -> Double {
    let upper = lower + length
    // Two nearly equal numbers are not subtracted.
    if length * max(1, -lower) < 1 {
      let relative = GaussLegendre.short.integral { exp(-length * $0 * (lower + 0.5 * length * $0)) }
      return log(length * relative / (2 * .pi).squareRoot()) - 0.5 * lower * lower
    }
    if upper > 0 { return log(0.5 * (erf(upper / 2.0.squareRoot()) - erf(lower / 2.0.squareRoot()))) }
    let logUpper = NormalDistribution.logCumulative(upper)
    return logUpper + log(-expm1(NormalDistribution.logCumulative(lower) - logUpper))
  }
}

extension GaussLegendre {
  /// For an exponent below 1, to 1e-16.
  fileprivate static let short = GaussLegendre(count: 10)
}
