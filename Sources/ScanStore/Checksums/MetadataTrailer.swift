import Foundation

/// A checksum of everything in a file that is not numbers, behind the end of what HDF5 knows of.
///
/// libhdf5 trusts its metadata: with a wrong byte in them it may crash the process. So they are compared with this checksum
/// by plain reads before libhdf5 opens the file. Readers of HDF5 ignore what follows the end given in the superblock; a
/// program that changes the file with libhdf5 cuts the trailer off, and the file counts as one without it.
///
/// Integers are little-endian: first and last + 1 byte of each stretch of numbers, their count, the length of the HDF5
/// file, the checksum, and `magic`. The checksum is that of ``BlockChecksums`` over all bytes of the HDF5 file outside the
/// stretches and those of the trailer before it, each byte at its place in the file.
enum MetadataTrailer {
  private static let magic = Array("leptoscan trailer 1\n".utf8)
  /// Count, length, checksum, magic.
  private static let fixedBytes = 3 * 8 + magic.count
  /// Bytes of the file held at a time.
  private static let pieceBytes = 1 << 20

  /// Appends the trailer to a file whose metadata are final.
  static func append(to file: FileDescriptor, layout: FileLayout) throws {
    let length = try file.size()
    let numbers = stretches(of: layout)
    var bytes: [UInt8] = []
    for number in numbers.flatMap({ [$0.lowerBound, $0.upperBound] }) { bytes.append(littleEndian: UInt64(number)) }
    bytes.append(littleEndian: UInt64(numbers.count))
    bytes.append(littleEndian: UInt64(length))
    let checksum = try checksum(of: file, length: length, without: numbers) &+ sum(of: bytes[...], from: length)
    bytes.append(littleEndian: checksum)
    bytes += magic
    try bytes.withUnsafeBytes { try file.write($0, at: length) }
  }

  /// Compares the metadata with their checksum. False where the file has none.
  /// - Throws: ``ScanStoreError`` of kind `damaged`, and errors of reading.
  static func check(_ file: FileDescriptor) throws -> Bool {
    let size = try file.size()
    guard size >= fixedBytes, try file.read(magic.count, at: size - magic.count) == magic else {
      return try refuseStrangeEnd(of: file, size: size)
    }
    let tail = try file.read(fixedBytes, at: size - fixedBytes)
    guard let count = tail.littleEndian(UInt64.self, at: 0).flatMap({ Int(exactly: $0) }),
      let length = tail.littleEndian(UInt64.self, at: 8).flatMap({ Int(exactly: $0) }),
      let expected = tail.littleEndian(UInt64.self, at: 16),
      count <= size / 16, length == size - fixedBytes - 16 * count
    else { throw damaged(file, "its trailer makes no sense") }
    let bytes = try file.read(16 * count + 16, at: length)
    guard let numbers = decode(bytes, count: count, length: length) else {
      throw damaged(file, "its trailer makes no sense")
    }
    let found = try checksum(of: file, length: length, without: numbers) &+ sum(of: bytes[...], from: length)
    if found != expected { throw damaged(file, "its metadata do not have their checksum") }
    return true
  }

  /// A file that goes on behind its end had a trailer, which is damaged.
  private static func refuseStrangeEnd(of file: FileDescriptor, size: Int) throws -> Bool {
    let start = try file.read(min(size, 36))
    // The signature of HDF5, and a superblock of version 2 or 3, which gives the end at byte 28.
    let isHDF5 = start.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a])
    guard isHDF5, start.count == 36, (2...3).contains(start[8]),
      let end = start.littleEndian(UInt64.self, at: 28), end < size
    else { return false }
    throw damaged(file, "\(size - Int(end)) bytes behind its end are no trailer of leptoscan")
  }

  /// Where the numbers and their checksums lie, which change after the trailer is written; ascending and apart.
  private static func stretches(of layout: FileLayout) -> [Range<Int>] {
    let extents = Array(layout.extents.values) + Array(layout.checksums.values)
    return Array(RangeSet(extents.map { $0.byteOffset..<$0.byteOffset + $0.byteCount } + layout.chunks).ranges)
  }

  private static func decode(_ bytes: [UInt8], count: Int, length: Int) -> [Range<Int>]? {
    var end = 0
    var stretches: [Range<Int>] = []
    for index in 0..<count {
      guard let lower = bytes.littleEndian(UInt64.self, at: 16 * index).flatMap({ Int(exactly: $0) }),
        let upper = bytes.littleEndian(UInt64.self, at: 16 * index + 8).flatMap({ Int(exactly: $0) }),
        lower >= end, upper >= lower, upper <= length
      else { return nil }
      stretches.append(lower..<upper)
      end = upper
    }
    return stretches
  }

  private static func checksum(of file: FileDescriptor, length: Int, without numbers: [Range<Int>]) throws -> UInt64 {
    var total: UInt64 = 0
    for gap in RangeSet(0..<length).subtracting(RangeSet(numbers)).ranges {
      for start in stride(from: gap.lowerBound, to: gap.upperBound, by: pieceBytes) {
        total &+= sum(of: try file.read(min(pieceBytes, gap.upperBound - start), at: start)[...], from: start)
      }
    }
    return total
  }

  private static func sum(of bytes: ArraySlice<UInt8>, from start: Int) -> UInt64 {
    bytes.withUnsafeBytes { BlockChecksums.sum(of: $0, elementSize: 1, from: start) }
  }

  private static func damaged(_ file: FileDescriptor, _ reason: String) -> ScanStoreError {
    ScanStoreError(
      .damaged, path: file.path, call: "MetadataTrailer.check", problem: "cannot open \(file.path)", reason: reason,
      suggestion: "take it from a copy or make it anew")
  }
}
