/// The values along one axis of a scan, as a card states them.
public enum AxisGrid: Sendable, Hashable {
  /// One value.
  case fixed(Double)
  /// Equal steps, ends included.
  case linear(from: Double, to: Double, points: Int)
  /// Equal ratios, ends included.
  case logarithmic(from: Double, to: Double, points: Int)
  /// The values themselves, strictly increasing.
  case list([Double])

  public var count: Int {
    switch self {
    case .fixed: 1
    case .linear(_, _, let points), .logarithmic(_, _, let points): points
    case .list(let values): values.count
    }
  }

  public var smallest: Double {
    switch self {
    case .fixed(let value): value
    case .linear(let from, _, _), .logarithmic(let from, _, _): from
    case .list(let values): values.first ?? .nan
    }
  }

  public var largest: Double {
    switch self {
    case .fixed(let value): value
    case .linear(_, let to, _), .logarithmic(_, let to, _): to
    case .list(let values): values.last ?? .nan
    }
  }

  /// The values, strictly increasing; the ends of a range are exactly those of the card, and the others are the same
  /// bits on every platform.
  public func values() -> [Double] {
    switch self {
    case .fixed(let value): return [value]
    case .list(let values): return values
    case .linear(let from, let to, let points):
      return (0..<points).map { linearValue(from, to, $0, of: points - 1) }
    case .logarithmic(let from, let to, let points):
      let roots = RepeatedRoots(of: DoubleDouble(quotient: to, from))
      return (0..<points).map { logarithmicValue(from, to, $0, of: points - 1, roots) }
    }
  }

  /// Two neighbours of a range, those with the fewest doubles between them; nil if it is none.
  var narrowestStep: (Double, Double)? {
    switch self {
    case .fixed, .list: return nil
    case .linear(let from, let to, let points):
      // The end with the coarser doubles counts.
      return (linearValue(from, to, points - 2, of: points - 1), to)
    case .logarithmic(let from, let to, let points):
      let roots = RepeatedRoots(of: DoubleDouble(quotient: to, from))
      return (from, logarithmicValue(from, to, 1, of: points - 1, roots))
    }
  }
}

/// An axis: its grid, and what the values mean.
public struct AxisSpec: Sendable, Hashable {
  public enum Scale: String, Sendable, Hashable {
    /// The parameter itself, in GeV or dimensionless.
    case absolute
    /// The parameter divided by m_phi.
    case ratioToMPhi = "ratio_to_m_phi"
  }

  public var scale: Scale
  public var grid: AxisGrid

  public init(_ grid: AxisGrid, scale: Scale = .absolute) {
    self.scale = scale
    self.grid = grid
  }

  public var count: Int { grid.count }
  /// See ``AxisGrid/values()``.
  public func values() -> [Double] { grid.values() }
}

/// from + (to - from) i/n with one rounding.
private func linearValue(_ from: Double, _ to: Double, _ i: Int, of n: Int) -> Double {
  if i == 0 { return from }
  if i == n { return to }
  let sum = DoubleDouble(product: from, Double(n - i)) + DoubleDouble(product: to, Double(i))
  return (sum / Double(n)).rounded
}

/// from (to/from)^(i/n) with, but for ties, one rounding.
private func logarithmicValue(_ from: Double, _ to: Double, _ i: Int, of n: Int, _ roots: RepeatedRoots) -> Double {
  if i == 0 { return from }
  if i == n { return to }
  return (roots.power(i, of: n) * DoubleDouble(high: from)).rounded
}

/// r^(1/2), r^(1/4), r^(1/8), ...: a power r^(i/n) is the product of those where the binary expansion of i/n has a 1.
private struct RepeatedRoots {
  private let roots: [DoubleDouble]

  init(of ratio: DoubleDouble) {
    // 2^-110 of the largest logarithm is below the precision of a double-double.
    roots = sequence(first: ratio.squareRoot, next: \.squareRoot).prefix(110).map(\.self)
  }

  func power(_ i: Int, of n: Int) -> DoubleDouble {
    var remainder = i
    var power = DoubleDouble(high: 1)
    for root in roots where remainder != 0 {
      remainder *= 2
      if remainder >= n {
        remainder -= n
        power = power * root
      }
    }
    return power
  }
}
