/// Checksums of a variable's numbers, one for every block of 1 MiB of it.
///
/// The checksum of a block is the sum modulo 2^64 of a mixed value of every element and its position (below). Being a
/// sum, it can be gathered from pieces of any size in any order, so a file that was cut into other chunks, resumed or
/// merged from shards has the same checksums. It sees numbers, not storage: copying or compressing a file keeps it.
///
/// Element i with bits x (extended with zeros to 64 bits) adds the i-th output of SplitMix64 started at x. That map is a
/// bijection of x, so one wrong element is always found; several escape with probability 2^-64.
///
/// Source of the mixing function: Steele, Lea, Flood, doi:10.1145/2660193.2660195.
public enum BlockChecksums {
  /// Bytes of a variable under one checksum.
  public static let blockBytes = 1 << 20

  /// Number of blocks of a variable.
  static func blockCount(elements: Int, type: StoredType) -> Int {
    (elements * type.size + blockBytes - 1) / blockBytes
  }

  /// The blocks that a range of elements touches.
  static func blocks(touchedBy elements: Range<Int>, type: StoredType) -> Range<Int> {
    let perBlock = blockBytes / type.size
    return elements.isEmpty
      ? 0..<0 : elements.lowerBound / perBlock..<(elements.upperBound + perBlock - 1) / perBlock
  }

  /// What the elements from `start` on add to the checksum of each block that they touch.
  static func sums(of bytes: UnsafeRawBufferPointer, type: StoredType, from start: Int) -> [UInt64] {
    let elements = start..<start + bytes.count / type.size
    let perBlock = blockBytes / type.size
    return blocks(touchedBy: elements, type: type).map { block in
      let part = elements.clamped(to: block * perBlock..<(block + 1) * perBlock)
      let slice = bytes[(part.lowerBound - start) * type.size..<(part.upperBound - start) * type.size]
      return sum(of: UnsafeRawBufferPointer(rebasing: slice), elementSize: type.size, from: part.lowerBound)
    }
  }

  /// The sum over elements of 1, 4 or 8 bytes, the first of which is element `start`.
  static func sum(of bytes: UnsafeRawBufferPointer, elementSize: Int, from start: Int) -> UInt64 {
    switch elementSize {
    case 1: sum(of: bytes, as: UInt8.self, from: start)
    case 4: sum(of: bytes, as: UInt32.self, from: start)
    default: sum(of: bytes, as: UInt64.self, from: start)
    }
  }

  @inline(__always)
  private static func sum<Bits: UnsignedInteger & FixedWidthInteger & BitwiseCopyable>(
    of bytes: UnsafeRawBufferPointer, as type: Bits.Type, from start: Int
  ) -> UInt64 {
    let golden: UInt64 = 0x9E37_79B9_7F4A_7C15
    var position = UInt64(truncatingIfNeeded: start) &* golden
    var total: UInt64 = 0
    for offset in stride(from: 0, to: bytes.count, by: MemoryLayout<Bits>.size) {
      let element = bytes.loadUnaligned(fromByteOffset: offset, as: Bits.self)
      position &+= golden
      total &+= mixed(position &+ UInt64(truncatingIfNeeded: element))
    }
    return total
  }

  @inline(__always)
  private static func mixed(_ state: UInt64) -> UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
