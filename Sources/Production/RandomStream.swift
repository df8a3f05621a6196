/// Which random numbers a Monte Carlo run draws: the same for the same three numbers, on every device and in any order.
public struct RandomStream: Sendable, Hashable {
  public var seed: UInt32
  /// Runs with different streams are independent.
  public var stream: UInt16
  /// A number for the scan point, so that points are independent.
  public var point: UInt32

  public init(seed: UInt32, stream: UInt16 = 0, point: UInt32 = 0) {
    self.seed = seed
    self.stream = stream
    self.point = point
  }
}
