import Foundation

/// ln of the integral of e^f from `low` to infinity, for a concave f that falls without end: a peak, whose place and width
/// are found first, so that nothing is missed and nothing underflows.
struct LogConcaveIntegral {
  /// From where.
  let low: Double
  /// Where the largest f is.
  let peak: ClosedRange<Double>
  /// A guess of the peak's width.
  let width: Double

  /// f below its largest value where e^f no longer counts.
  private static let depth = 42.0
  /// Relative change under halving of the panels at which the integral is taken as found.
  private static let tolerance = 1e-11
  private static let mostPanels = 1 << 12

  func logarithm(_ f: (Double) -> Double) -> Double {
    let summit = summit(f)
    let largest = f(summit)
    guard largest > -.infinity else { return -.infinity }
    let left = end(f, from: summit, largest: largest, direction: -1)
    let right = end(f, from: summit, largest: largest, direction: 1)
    var (panels, previous) = (2, integral(f, left, summit, right, panels: 2, largest))
    while panels < LogConcaveIntegral.mostPanels {
      panels *= 2
      let next = integral(f, left, summit, right, panels: panels, largest)
      // f itself is rounded, and e^f with it.
      let tolerance = max(LogConcaveIntegral.tolerance, 4 * largest.ulp)
      let isFound = abs(next - previous) <= tolerance * next
      previous = next
      if isFound { break }
    }
    return largest + log(previous)
  }

  /// A place where f is within about 0.1 of its largest value, by golden section.
  private func summit(_ f: (Double) -> Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (a, b) = (max(peak.lowerBound, low), max(peak.upperBound, low))
    var (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
    var (atC, atD) = (f(c), f(d))
    while c < d {
      let middle = (c + d) / 2
      if abs(atC - atD) < 0.05, f(middle) < max(atC, atD) + 0.05 { return middle }
      // Two values of -infinity are both left of where e^f begins.
      if atC > atD || (atC == atD && atC > -.infinity) {
        (b, d, atD) = (d, c, atC)
        c = b - ratio * (b - a)
        atC = f(c)
      } else {
        (a, c, atC) = (c, d, atD)
        d = a + ratio * (b - a)
        atD = f(d)
      }
    }
    return (a + b) / 2
  }

  /// Where e^f ends on one side: beyond ``depth``, but not by far.
  private func end(_ f: (Double) -> Double, from summit: Double, largest: Double, direction: Double) -> Double {
    func drop(_ step: Double) -> Double { largest - f(summit + direction * step) }
    let longest = direction < 0 ? summit - low : .infinity
    guard longest > 0 else { return low }
    var step = min(width, longest)
    while drop(step) > 4 * LogConcaveIntegral.depth, step > summit.ulp { step /= 4 }
    while drop(step) < LogConcaveIntegral.depth, step < longest { step = min(1.5 * step, longest) }
    return summit + direction * step
  }

  /// Of e^(f - largest), in so many panels on either side of the summit.
  private func integral(
    _ f: (Double) -> Double, _ left: Double, _ summit: Double, _ right: Double, panels: Int, _ largest: Double
  ) -> Double {
    var sum = 0.0
    for (start, end) in [(left, summit), (summit, right)] {
      let size = (end - start) / Double(panels)
      for panel in 0..<panels {
        let from = start + Double(panel) * size
        sum += size * GaussLegendre.panel.integral { exp(f(from + $0 * size) - largest) }
      }
    }
    return sum
  }
}

extension GaussLegendre {
  fileprivate static let panel = GaussLegendre(count: 16)
}
