import Foundation

/// The Gauss-Legendre rule on [0, 1]: exact for polynomials of degree 2n - 1.
public struct GaussLegendre: Sendable, Hashable {
  public let nodes: [Double]
  public let weights: [Double]

  /// Newton's method on the Legendre polynomial, from Tricomi's initial guess; absolute error below 1e-15.
  public init(count: Int) {
    var nodes = [Double](repeating: 0.5, count: count)
    var weights = [Double](repeating: 1, count: count)
    for i in 0..<(count + 1) / 2 {
      var x = cos(Double.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      for _ in 0..<6 {
        let (value, slope) = Self.legendre(count, x)
        x -= value / slope
      }
      let slope = Self.legendre(count, x).slope
      let weight = 1 / ((1 - x) * (1 + x) * slope * slope)
      (nodes[i], nodes[count - 1 - i]) = ((1 - x) / 2, (1 + x) / 2)
      (weights[i], weights[count - 1 - i]) = (weight, weight)
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// P_n(x) and its derivative.
  private static func legendre(_ n: Int, _ x: Double) -> (value: Double, slope: Double) {
    var (last, value) = (1.0, x)
    for k in stride(from: 2, through: n, by: 1) {
      (last, value) = (value, (Double(2 * k - 1) * x * value - Double(k - 1) * last) / Double(k))
    }
    return (value, Double(n) * (last - x * value) / ((1 - x) * (1 + x)))
  }
}
