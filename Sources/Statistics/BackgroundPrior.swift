import Foundation

/// The weights with which backgrounds enter a marginalized probability: a Gaussian cut off at 0, or one value.
struct BackgroundPrior: Sendable {
  let values: [Double]
  let weights: [Double]

  init(_ experiment: CountingExperiment) {
    let (mean, deviation) = (experiment.background, experiment.backgroundUncertainty)
    guard deviation > 0 else {
      values = [mean]
      weights = [1]
      return
    }
    let low = max(0, mean - 8 * deviation)
    let high = mean + 8 * deviation
    let rule = GaussLegendre(count: 64)
    values = rule.nodes.map { low + (high - low) * $0 }
    let density = zip(values, rule.weights).map { b, weight in
      weight * exp(-0.5 * (b - mean) * (b - mean) / (deviation * deviation))
    }
    let total = density.reduce(0, +)
    weights = density.map { $0 / total }
  }

  /// The average of f(background).
  func average(_ f: (Double) -> Double) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.1 * f($1.0) }
  }
}

/// Gauss-Legendre quadrature on (0, 1).
struct GaussLegendre {
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
}
