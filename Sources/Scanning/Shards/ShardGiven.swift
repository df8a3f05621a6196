import ScanStore

/// A shard where the points of a scan with their coordinates are needed. Reads `PROBLEM (WHY) SUGGESTION`.
public struct ShardGiven: Error, Sendable, Hashable, CustomStringConvertible {
  public let path: String

  public var description: String { "\(path) is a shard (its points have no coordinates) merge the shards first" }
}

extension ScanFile {
  /// - Throws: ``ShardGiven``.
  public func checkIsNoShard() throws(ShardGiven) {
    if Shard(of: self) != nil { throw ShardGiven(path: path) }
  }
}
