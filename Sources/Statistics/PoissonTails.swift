import Foundation

extension Poisson {
  /// P(N <= n | mean).
  public static func cumulative(_ n: Int, mean: Double) -> Double { exp(logCumulative(n, mean: mean)) }

  /// ln P(N <= n | mean). Error of P at most 1e-12 relative, of ln P a few ulp where P is far below 1e-300.
  public static func logCumulative(_ n: Int, mean: Double) -> Double {
    guard n >= 0 else { return -.infinity }
    // The complement is the small number where n is above the mean.
    guard Double(n) < mean else { return log1p(-exp(logUpperTail(above: n, mean: mean))) }
    return logProbability(n, mean: mean) + log(Double(n) < summedBelow ? sumDown(n, mean) : integralDown(n, mean))
  }

  /// ln P(N > n | mean), for n >= mean.
  private static func logUpperTail(above n: Int, mean: Double) -> Double {
    guard mean > 0 else { return -.infinity }
    let ratio = Double(n) < summedBelow ? sumUp(n, mean) : integralUp(n, mean)
    return logProbability(n, mean: mean) + log(ratio)
  }

  /// Numbers of events from which integrals take fewer steps than sums, which take some 8 sqrt(n).
  private static let summedBelow = 500.0

  /// P(N <= n)/P(n) = 1 + n/mean + n(n-1)/mean^2 + ...
  private static func sumDown(_ n: Int, _ mean: Double) -> Double {
    var (term, sum, k) = (1.0, 1.0, n)
    while k > 0, term > sum * 1e-17 {
      term *= Double(k) / mean
      sum += term
      k -= 1
    }
    return sum
  }

  /// P(N > n)/P(n) = mean/(n+1) + mean^2/((n+1)(n+2)) + ...
  private static func sumUp(_ n: Int, _ mean: Double) -> Double {
    var (term, sum, k) = (mean / Double(n + 1), mean / Double(n + 1), n + 1)
    while term > sum * 1e-17 {
      k += 1
      term *= mean / Double(k)
      sum += term
    }
    return sum
  }

  /// The same as ``sumDown(_:_:)``: Int_0^oo dt e^-t (1 + t/mean)^n.
  private static func integralDown(_ n: Int, _ mean: Double) -> Double {
    let n = Double(n)
    let end = 1.25 * reach(slope: 1 - n / mean, curvature: n / (mean * mean))
    return end * GaussLegendre.tail.integral { u in exp(n * log1p(u * end / mean) - u * end) }
  }

  /// The same as ``sumUp(_:_:)``: Int_0^mean dt e^t (1 - t/mean)^n.
  private static func integralUp(_ n: Int, _ mean: Double) -> Double {
    let n = Double(n)
    let end = min(mean, reach(slope: n / mean - 1, curvature: n / (mean * mean)))
    return end * GaussLegendre.tail.integral { u in exp(n * log1p(-u * end / mean) + u * end) }
  }

  /// The t at which slope t + curvature t^2/2 = 40, e^-40 being nothing.
  private static func reach(slope: Double, curvature: Double) -> Double {
    80 / (slope + (slope * slope + 80 * curvature).squareRoot())
  }
}

extension GaussLegendre {
  /// For half of a Gaussian, over nine standard deviations, to 1e-14.
  fileprivate static let tail = GaussLegendre(count: 48)
}
