import Foundation

/// The standard normal distribution.
public enum NormalDistribution {
  /// The z with P(Z <= z) = p, to nine digits, so that every mathematical library gives the same; 1.281551566 for 0.9.
  ///
  /// - Parameter p: above 0 and below 1.
  public static func quantile(_ p: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if 0.5 * erfc(-middle / 2.0.squareRoot()) < p { low = middle } else { high = middle }
    }
    return (low * 1e9).rounded() / 1e9
  }
}

extension NormalDistribution {
  /// P(Z <= z).
  public static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// ln P(Z <= z), where it underflows too.
  static func logCumulative(_ z: Double) -> Double {
    guard z < -30 else {
      return z > 5 ? log1p(-0.5 * erfc(z / 2.0.squareRoot())) : log(0.5 * erfc(-z / 2.0.squareRoot()))
    }
    // The asymptotic series; its sixth term is below 1e-12.
    let square = 1 / (z * z)
    var (term, sum) = (1.0, 0.0)
    for k in 1...6 {
      term *= -Double(2 * k - 1) * square
      sum += term
    }
    return -0.5 * z * z - log(-z * (2 * .pi).squareRoot()) + log1p(sum)
  }
}
