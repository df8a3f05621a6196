import Foundation
import HostResources
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A file of fixed length that is written past the system's page cache.
///
/// The numbers of a large scan are written once and not read for a while. The page cache would copy each of them, hold
/// back other uses of the memory, and write them when it is full; past it the disk reads them from where they were computed.
///
/// The disk takes whole blocks from aligned memory. Bytes in a part of a block are put into the block that is on the
/// disk, one writer at a time; from other memory they are copied in pieces. The page cache has a part in the last block
/// of the file alone, so that it never writes an old block over a new one.
final class DirectFile: Sendable {
  /// Offsets, lengths and addresses are multiples of this; disks ask for 512 or 4096.
  static let blockBytes = 4096
  /// Shorter files are faster in the page cache, which need not wait for the disk.
  static let leastBytes = 16 << 20
  /// Bytes copied at a time from memory that is not aligned.
  private static let pieceBytes = 1 << 20

  private let file: FileDescriptor
  /// The same file through the page cache.
  private let cached: FileDescriptor
  private let byteCount: Int
  private let partialBlocks = Mutex(())

  /// Nil where the file is short, or the system or the file system does not offer this.
  init?(_ cached: FileDescriptor) {
    guard let byteCount = try? cached.size(), byteCount >= DirectFile.leastBytes, let flag = DirectFile.openFlag,
      let file = try? FileDescriptor(cached.path, flags: O_RDWR | O_NOFOLLOW | flag, action: "open"),
      cached.isStill(at: cached.path)
    else { return nil }
    (self.file, self.cached, self.byteCount) = (file, cached, byteCount)
    // Some file systems accept the flag and refuse the writing: its first block is replaced with itself.
    let isAccepted: ()? = try? withAlignedMemory(DirectFile.blockBytes) { block in
      try file.read(into: block, at: 0)
      try file.write(UnsafeRawBufferPointer(block), at: 0)
    }
    if isAccepted == nil { return nil }
  }

  /// Writes all the bytes at that place, within the file. Any thread may call.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    let end = offset + bytes.count
    let mask = DirectFile.blockBytes - 1
    let first = min(end, (offset + mask) & ~mask)
    let last = max(first, end & ~mask)
    func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound - offset..<range.upperBound - offset])
    }
    try writePartOfBlock(part(offset..<first), at: offset)
    try writeBlocks(part(first..<last), at: first)
    try writePartOfBlock(part(last..<end), at: last)
  }

  private func writeBlocks(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    if Int(bitPattern: bytes.baseAddress) % DirectFile.blockBytes == 0 { return try file.write(bytes, at: offset) }
    try withAlignedMemory(min(bytes.count, DirectFile.pieceBytes)) { memory in
      for start in stride(from: 0, to: bytes.count, by: DirectFile.pieceBytes) {
        let piece = UnsafeRawBufferPointer(rebasing: bytes[start...].prefix(DirectFile.pieceBytes))
        memory.copyMemory(from: piece)
        try file.write(UnsafeRawBufferPointer(rebasing: memory[..<piece.count]), at: offset + start)
      }
    }
  }

  private func writePartOfBlock(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    if bytes.isEmpty { return }
    let start = offset / DirectFile.blockBytes * DirectFile.blockBytes
    if start + DirectFile.blockBytes > byteCount { return try cached.write(bytes, at: offset) }
    try partialBlocks.withLock { _ in
      try withAlignedMemory(DirectFile.blockBytes) { block in
        try file.read(into: block, at: start)
        UnsafeMutableRawBufferPointer(rebasing: block[(offset - start)...]).copyMemory(from: bytes)
        try file.write(UnsafeRawBufferPointer(block), at: start)
      }
    }
  }

  private static var openFlag: CInt? {
    #if canImport(Glibc)
      __O_DIRECT
    #else
      nil
    #endif
  }
}

private func withAlignedMemory<Result>(
  _ byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Result
) throws -> Result {
  let memory = try HostBuffer(byteCount: byteCount, alignment: DirectFile.blockBytes)
  defer { withExtendedLifetime(memory) {} }
  return try body(memory.bytes)
}
