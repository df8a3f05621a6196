import Foundation

/// The Poisson distribution, for means and numbers up to 1e9 and as a logarithm, so that nothing underflows.
public enum Poisson {
  /// ln P(n | mean), for mean >= 0; relative error of P about 1e-14 near the mean, and an error of ln P of a few ulp far
  /// from it.
  ///
  /// C. Loader's form (2000): -ln sqrt(2 pi n) - delta(n) - n [r - 1 - ln r], r = mean/n, where no large numbers cancel.
  public static func logProbability(_ n: Int, mean: Double) -> Double {
    guard n > 0 else { return n == 0 ? -mean : -.infinity }
    guard mean > 0 else { return -.infinity }
    let count = Double(n)
    return -0.5 * log(2 * .pi * count) - stirlingError(n) - deviance(count, mean: mean)
  }

  /// P(n | mean).
  public static func probability(_ n: Int, mean: Double) -> Double { exp(logProbability(n, mean: mean)) }

  /// delta(n) = ln n! - ln[ sqrt(2 pi n) (n/e)^n ].
  private static func stirlingError(_ n: Int) -> Double {
    let count = Double(n)
    guard n > 15 else {
      let factorial = (1...n).reduce(1.0) { $0 * Double($1) }
      return log(factorial) - 0.5 * log(2 * .pi * count) - count * log(count) + count
    }
    let square = 1 / (count * count)
    let tail = 1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * 691.0 / 360_360))
    return (1.0 / 12 - square * (1.0 / 360 - square * tail)) / count
  }

  /// n ln(n/mean) - (n - mean), at least 0.
  static func deviance(_ n: Double, mean: Double) -> Double {
    let difference = n - mean
    guard abs(difference) < 0.1 * (n + mean) else { return n * log(n / mean) - difference }
    // With v = (n - mean)/(n + mean): ln(n/mean) = 2 artanh v, and the first term of its series cancels.
    let v = difference / (n + mean)
    let square = v * v
    var (power, sum, k) = (2 * n * v * square, difference * v, 3.0)
    while true {
      let next = sum + power / k
      if next == sum { return sum }
      sum = next
      power *= square
      k += 2
    }
  }
}
