/// Floating-point operations of a kernel at one point, averaged over its domain; counted, not estimated
/// (Benchmarks/operations).
public struct OperationCount: Sendable, Hashable, Codable {
  public var additions: Double
  public var multiplications: Double
  public var fusedMultiplyAdds: Double
  public var divisions: Double
  public var squareRoots: Double

  enum CodingKeys: String, CodingKey {
    case additions, multiplications, divisions
    case fusedMultiplyAdds = "fused_multiply_adds"
    case squareRoots = "square_roots"
  }

  /// All operations, a fused multiply-add as two.
  public var flops: Double { additions + multiplications + 2 * fusedMultiplyAdds + divisions + squareRoots }
}
