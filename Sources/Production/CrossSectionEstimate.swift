/// A cross section with its numerical accuracy.
public struct CrossSectionEstimate: Sendable, Hashable {
  /// Cross section per h^2 = 1 [pb]; 0 where the process is closed.
  public var value: Double
  /// Estimated relative error of the numerical integration; 0 where the process is closed.
  public var relativeError: Double
  /// Evaluations of the squared amplitude behind the value, all levels together.
  public var evaluations: Int
  /// Whether the error estimate met the tolerance.
  public var isConverged: Bool
}
