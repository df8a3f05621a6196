import Foundation

/// The Poisson distribution.
public enum Poisson {
  /// ln P(n | mean) = n ln(mean) - mean - ln n!, for mean >= 0.
  public static func logProbability(_ n: Int, mean: Double) -> Double {
    guard mean > 0 else { return n == 0 ? 0 : -.infinity }
    return Double(n) * log(mean) - mean - lgamma(Double(n) + 1)
  }

  /// P(n | mean).
  public static func probability(_ n: Int, mean: Double) -> Double { exp(logProbability(n, mean: mean)) }

  /// P(N <= n | mean), summed from the largest term down. Relative error about 1e-13 for means below 1e4.
  public static func cumulative(_ n: Int, mean: Double) -> Double {
    guard n >= 0 else { return 0 }
    // Above the mean the terms up to n sum to nearly 1: the complement is the small number then.
    if Double(n) > mean { return 1 - upperTail(from: n + 1, mean: mean) }
    var term = probability(n, mean: mean)
    var sum = term
    for k in stride(from: n, to: 0, by: -1) {
      term *= Double(k) / mean
      sum += term
      if term < sum * 1e-18 { break }
    }
    return min(sum, 1)
  }

  /// P(N >= n | mean) for n > mean.
  private static func upperTail(from n: Int, mean: Double) -> Double {
    var term = probability(n, mean: mean)
    var sum = term
    var k = n
    while term > sum * 1e-18 {
      k += 1
      term *= mean / Double(k)
      sum += term
    }
    return sum
  }
}
