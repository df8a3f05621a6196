/// The checksums of a variable, gathered from pieces in any order.
public struct ChecksumGathering: Sendable {
  public private(set) var sums: [UInt64]
  private let type: StoredType

  public init(elements: Int, type: StoredType) {
    sums = [UInt64](repeating: 0, count: BlockChecksums.blockCount(elements: elements, type: type))
    self.type = type
  }

  /// Adds elements, the first of which is element `start` of the variable.
  public mutating func add(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    let elements = start..<start + bytes.count / type.size
    let blocks = BlockChecksums.blocks(touchedBy: elements, type: type)
    for (block, sum) in zip(blocks, BlockChecksums.sums(of: bytes, type: type, from: start)) {
      sums[block] &+= sum
    }
  }
}
