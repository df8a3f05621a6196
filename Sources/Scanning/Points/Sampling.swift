import LeptonicPortal

/// The values that a parameter may have where points are drawn: one value, or a range with a uniform density.
public enum SampledRange: Sendable, Hashable {
  /// One value.
  case fixed(Double)
  /// Uniform between the ends.
  case linear(from: Double, to: Double)
  /// Uniform in the logarithm.
  case logarithmic(from: Double, to: Double)

  public var largest: Double {
    switch self {
    case .fixed(let value): value
    case .linear(_, let to), .logarithmic(_, let to): to
    }
  }

  public var smallest: Double {
    switch self {
    case .fixed(let value): value
    case .linear(let from, _), .logarithmic(let from, _): from
    }
  }

  public var isFixed: Bool { if case .fixed = self { true } else { false } }
}

/// An axis along which points are drawn, and what its values mean.
public struct SampledAxis: Sendable, Hashable {
  public var range: SampledRange
  public var scale: AxisSpec.Scale

  public var largest: Double { range.largest }

  public init(_ range: SampledRange, scale: AxisSpec.Scale = .absolute) {
    self.range = range
    self.scale = scale
  }
}

/// Points drawn from ranges: what a card says instead of a grid.
///
/// The points need no memory: each follows from its number, on the device.
public struct Sampling: Sendable, Hashable {
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// A scrambled Sobol sequence: fills the ranges evenly; most evenly for a power of two.
    case sobol
    /// Independent points.
    case random
  }

  public typealias Axes = ParameterAxes<SampledAxis>

  public var method: Method
  public var count: Int
  public var axes: Axes
  public var keep: Keep

  public init(_ method: Method, count: Int, axes: Axes, keep: Keep = .all) {
    self.method = method
    self.count = count
    self.axes = axes
    self.keep = keep
  }
}
