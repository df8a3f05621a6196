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
