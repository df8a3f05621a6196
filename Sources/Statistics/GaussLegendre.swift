import Foundation

/// Gauss-Legendre quadrature on (0, 1).
struct GaussLegendre: Sendable {
  private(set) var nodes: [Double] = []
  private(set) var weights: [Double] = []

  /// Nodes by Newton's method from Tricomi's approximation; three steps reach rounding error.
  init(count: Int) {
    for k in 0..<count {
      var x = cos(Double.pi * (Double(k) + 0.75) / (Double(count) + 0.5))
      var derivative = 0.0
      for _ in 0..<4 {
        var (previous, current) = (1.0, x)
        for n in 2...max(count, 2) {
          (previous, current) = (current, (Double(2 * n - 1) * x * current - Double(n - 1) * previous) / Double(n))
        }
        derivative = Double(count) * (x * current - previous) / (x * x - 1)
        x -= current / derivative
      }
      nodes.append((1 - x) / 2)
      weights.append(1 / ((1 - x * x) * derivative * derivative))
    }
  }

  /// Int_0^1 f.
  func integral(_ f: (Double) -> Double) -> Double {
    var sum = 0.0
    for k in nodes.indices { sum += weights[k] * f(nodes[k]) }
    return sum
  }
}
