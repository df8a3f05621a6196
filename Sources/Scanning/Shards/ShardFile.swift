import ScanStore

/// A shard as it lies on the disk.
struct ShardFile {
  let file: ScanFile
  let shard: Shard
  let identity: ScanIdentity
  /// How many points shards before this one kept, of a scan that keeps some.
  var keptBefore = 0

  /// - Throws: ``MergeError/notAShard(path:)`` and errors of the file.
  init(_ path: String) throws {
    let file = try ScanFile.open(path)
    guard let shard = Shard(of: file), let identity = try ScanIdentity(of: file) else {
      throw MergeError.notAShard(path: path)
    }
    self.file = file
    self.shard = shard
    self.identity = identity
  }

  var path: String { file.path }

  /// The points of a pass that the file holds, by what it says itself; empty where it has none.
  func points(of pass: ScanPass) throws -> Range<Int> {
    guard let name = pass.quantities.first?.name, file.variables.contains(where: { $0.name == name }) else {
      return 0..<0
    }
    let variable = try file.variable(name)
    guard let start = variable.attributes[ShardAttributes.start]?.values(as: Int64.self)?.first.map(Int.init),
      start >= 0, case let (end, overflow) = start.addingReportingOverflow(variable.elementCount), !overflow
    else { throw MergeError.notAShard(path: path) }
    return pass.dimensions.isEmpty ? start..<end : start + keptBefore..<end + keptBefore
  }
}

/// Why shards do not make a whole.
public enum MergeError: Error, Sendable, Equatable, CustomStringConvertible {
  case noShards
  case notAShard(path: String)
  case unlike(path: String, other: String, difference: String)
  case overlap(path: String, other: String, variable: String)
  case missing(variable: String, points: String, shards: [Int], of: Int)
  case wrongExtent(path: String, variable: String)
  case absent(shards: [Int], of: Int)
  case damaged(path: String, variable: String, block: Int)
  case otherNumerics(path: String, source: String, numerics: Int32?, own: Int32)

  public var description: String {
    switch self {
    case .noShards: "there is nothing to merge (no shard is given) name the files that scan --shard wrote"
    case .notAShard(let path):
      "\(path) is no shard (it lacks \(ShardAttributes.index), \(ShardAttributes.count) or \(ShardAttributes.start)) "
        + "give files that scan --shard wrote"
    case .unlike(let path, let other, let difference):
      "\(path) does not belong to \(other) (\(difference)) merge shards of one card"
    case .overlap(let path, let other, let variable):
      "\(path) and \(other) overlap (both hold points of \(variable)) name each shard once"
    case .missing(let variable, let points, let shards, let count):
      "the shards have a gap (points \(points) of \(variable) are missing) "
        + (shards.isEmpty ? "give all shards" : "add shard \(shards.map { "\($0)/\(count)" }.joined(separator: ", "))")
    case .absent(let shards, let count):
      "shards are missing (which points are kept is known from all of them) add shard "
        + shards.map { "\($0)/\(count)" }.joined(separator: ", ")
    case .wrongExtent(let path, let variable):
      "\(path) does not fit its card (\(variable) has points beyond the end or is missing) make the shard anew"
    case .damaged(let path, let variable, let block):
      "\(path) is damaged (block \(block) of \(variable) does not have its checksum) make the shard anew"
    case .otherNumerics(let path, let source, let numerics, let own):
      "\(path) cannot be merged (it was made by \(source), with numerics \(numerics.map(String.init) ?? "unknown"); those of "
        + "this build are \(own)) merge with a build of the same numerics"
    }
  }
}
