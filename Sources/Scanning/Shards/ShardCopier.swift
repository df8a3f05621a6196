import HostResources
import ScanStore

/// Reads a pass of a shard piece by piece, checking it on the way.
final class ShardCopier {
  /// Elements per piece: whole blocks of checksums for every type.
  private static let pieceLength = BlockChecksums.blockBytes

  private let shard: ShardFile
  private let points: Range<Int>
  private let readers: [CheckedReader]
  private let buffers: [HostBuffer]

  /// - Parameter points: the points of the pass that the shard holds.
  init(_ shard: ShardFile, pass: ScanPass, points: Range<Int>) throws {
    self.shard = shard
    self.points = points
    readers = points.isEmpty ? [] : try pass.quantities.map { try CheckedReader(shard.file, variable: $0.name) }
    let length = min(points.count, ShardCopier.pieceLength)
    buffers = try readers.map { try HostBuffer(byteCount: length * $0.type.size) }
  }

  /// The points in pieces, in order.
  var pieces: some Sequence<Range<Int>> { RangeSet(points).chunks(of: ShardCopier.pieceLength) }

  /// Hands the bytes of a piece to `body`, one column per quantity.
  func read(_ piece: Range<Int>, _ body: ([UnsafeRawBufferPointer]) throws -> Void) throws {
    let elements = piece.lowerBound - points.lowerBound..<piece.upperBound - points.lowerBound
    for (reader, buffer) in zip(readers, buffers) {
      if let block = try reader.read(elements: elements, into: buffer.bytes).first {
        throw MergeError.damaged(path: shard.path, variable: block.variable, block: block.block)
      }
    }
    try body(
      zip(readers, buffers).map { reader, buffer in
        UnsafeRawBufferPointer(rebasing: buffer.bytes[..<(elements.count * reader.type.size)])
      })
  }
}
