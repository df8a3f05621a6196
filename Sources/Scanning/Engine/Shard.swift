/// One of n equal parts of a scan, which n processes compute without knowing of each other.
///
/// Every pass is cut into n contiguous ranges: shard i of n (counted from 1) has the points from floor((i - 1) N / n) to
/// floor(i N / n) of a pass with N points.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// Beyond it, cutting 10^12 points would overflow.
  public static let mostShards = 1_000_000

  public let index: Int
  public let count: Int

  /// The scan as a whole.
  public static let whole = Shard(checkedIndex: 1, of: 1)

  /// Nil unless 1 <= index <= count <= ``mostShards``.
  public init?(_ index: Int, of count: Int) {
    guard (1...Shard.mostShards).contains(count), (1...count).contains(index) else { return nil }
    self.init(checkedIndex: index, of: count)
  }

  /// Reads `2/3`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    self.init(index, of: count)
  }

  private init(checkedIndex index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  public var description: String { "\(index)/\(count)" }

  /// This shard's part of a pass; empty where there are fewer points than shards.
  public func points(of total: Int) -> Range<Int> {
    total * (index - 1) / count..<total * index / count
  }
}
