/// A value of the function whose zero is wanted.
struct Sample {
  var coupling, value: Double
}

/// A zero between two points of opposite sign, found by Chandrupatla's method (Adv. Eng. Softw. 28 (1997) 145): inverse
/// quadratic interpolation where it is safe, bisection where not.
struct Bracket {
  /// Values smaller than this are 0.
  private static let tolerance = 1e-9
  private static let mostSteps = 60

  private var newest: Sample, opposite: Sample, previous: Sample
  private var steps = 0
  /// Where the value is wanted; nil once the zero is found.
  private(set) var next: Double?

  /// nil unless the values are of opposite sign.
  init?(_ a: Sample, _ b: Sample) {
    guard (a.value > 0) != (b.value > 0), a.value.isFinite, b.value.isFinite else { return nil }
    newest = b
    opposite = a
    previous = a
    next = place(0.5)
  }

  /// The best known place of the zero.
  var best: Double { abs(newest.value) < abs(opposite.value) ? newest.coupling : opposite.coupling }

  mutating func receive(_ value: Double) {
    guard let x = next else { return }
    steps += 1
    // A value that cannot be computed ends the search.
    guard value.isFinite else { return next = nil }
    if (value > 0) == (newest.value > 0) {
      previous = newest
    } else {
      previous = opposite
      opposite = newest
    }
    newest = Sample(coupling: x, value: value)
    next = isFound ? nil : place(fraction)
  }

  private var isFound: Bool {
    let width = abs(opposite.coupling - newest.coupling)
    return min(abs(newest.value), abs(opposite.value)) < Self.tolerance || width < 1e-15 * abs(newest.coupling)
      || steps >= Self.mostSteps
  }

  private func place(_ fraction: Double) -> Double {
    newest.coupling + fraction * (opposite.coupling - newest.coupling)
  }

  /// How far from the newest point towards the opposite one to look next.
  private var fraction: Double {
    let xi = (newest.coupling - opposite.coupling) / (previous.coupling - opposite.coupling)
    let phi = (newest.value - opposite.value) / (previous.value - opposite.value)
    guard phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi else { return 0.5 }
    let (a, b, c) = (newest, opposite, previous)
    let step =
      a.value / (b.value - a.value) * c.value / (b.value - c.value) + (c.coupling - a.coupling)
      / (b.coupling - a.coupling)
      * a.value / (c.value - a.value) * b.value / (c.value - b.value)
    let least = 1e-13 * abs(a.coupling) / abs(b.coupling - a.coupling)
    return min(1 - least, max(least, step))
  }
}
