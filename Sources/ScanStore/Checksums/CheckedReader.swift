import CHDF5
import Foundation
import HostResources

/// A stretch of a variable that does not have the checksum it was written with.
public struct DamagedBlock: Sendable, Hashable {
  public let variable: String
  /// Counted from 0; see ``BlockChecksums``.
  public let block: Int
  public let elements: Range<Int>
}

/// Reads the numbers of a variable, as they are stored, and compares them with their checksums on the way.
public final class CheckedReader: Sendable {
  public let variable: ScanFile.Variable
  public let type: StoredType
  /// Elements under one checksum.
  public let elementsPerBlock: Int
  private let path: String
  private let checksums: [UInt64]?
  /// For variables that lie in one stretch, which is nearly all; others are read through libhdf5.
  private let direct: (file: FileDescriptor, extent: Extent)?

  /// - Throws: ``ScanStoreError``: `noSuchVariable`, `wrongType` where the variable does not hold numbers, `damaged`
  ///   where the file lacks some of its checksums.
  public init(_ file: ScanFile, variable name: String) throws {
    variable = try file.numbers(name)
    path = file.path
    guard case .numbers(let type) = variable.content else { throw file.wrongType(variable, "numbers") }
    self.type = type
    elementsPerBlock = BlockChecksums.blockBytes / type.size
    checksums = try file.checksums(of: name)
    direct = try variable.extent.map { (try FileDescriptor(file.path, flags: O_RDONLY, action: "open"), $0) }
    let expected = BlockChecksums.blockCount(elements: variable.elementCount, type: type)
    if let checksums, checksums.count != expected {
      throw ScanStoreError(
        .damaged, path: path, call: "CheckedReader", problem: "cannot check \(name)",
        reason: "there are \(checksums.count) checksums for \(expected) blocks", suggestion: "make the file anew")
    }
  }

  /// False for files of other programs.
  public var hasChecksums: Bool { checksums != nil }

  /// Reads elements from a multiple of ``elementsPerBlock`` to another one or to the end. Returns what is damaged.
  public func read(elements: Range<Int>, into buffer: UnsafeMutableRawBufferPointer) throws -> [DamagedBlock] {
    let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(elements.count * type.size)])
    if let (file, extent) = direct {
      try file.read(into: bytes, at: extent.byteOffset + elements.lowerBound * type.size)
    } else {
      try HDF5Session.run("read \(variable.name) of", path) { session in
        let file = try session.openFile()
        let boxes = Hyperslab.boxes(covering: elements, of: variable.shape)
        try session.readNumbers(of: variable.name, in: file.id, boxes: boxes, as: type, into: bytes)
      }
    }
    return damage(in: UnsafeRawBufferPointer(bytes), from: elements.lowerBound)
  }

  /// As ``read(elements:into:)``, for those who can do nothing with damaged numbers.
  /// - Throws: ``ScanStoreError`` of kind `damaged` too.
  public func readIntact(elements: Range<Int>, into buffer: UnsafeMutableRawBufferPointer) throws {
    if let block = try read(elements: elements, into: buffer).first { throw ScanStoreError.damaged(block, path: path) }
  }

  /// Any elements, after a look at the blocks that they are in.
  /// - Throws: ``ScanStoreError``: `damaged`; `wrongType` for elements of another type than those stored.
  public func intactValues<Element: StoredElement>(
    _ elements: Range<Int>, as element: Element.Type = Element.self
  ) throws -> [Element] {
    guard Element.storedType == type else {
      throw ScanStoreError(
        .wrongType, path: path, call: "CheckedReader", problem: "cannot read \(variable.name) of \(path)",
        reason: "it holds \(type.rawValue)s", suggestion: "read it as what it is")
    }
    let blocks = BlockChecksums.blocks(touchedBy: elements, type: type)
    let first = blocks.lowerBound * elementsPerBlock
    let end = min(blocks.upperBound * elementsPerBlock, variable.elementCount)
    var values = [Element](repeating: .zero, count: end - first)
    try values.withUnsafeMutableBytes { try readIntact(elements: first..<end, into: $0) }
    if values.count == elements.count { return values }
    return Array(values[(elements.lowerBound - first)..<(elements.upperBound - first)])
  }

  /// As ``intactValues(_:as:)``, of numbers of any type, converted to `Double`.
  public func intactDoubles(_ elements: Range<Int>) throws -> [Double] {
    switch type {
    case .float64: try intactValues(elements)
    case .float32: try intactValues(elements, as: Float.self).map { Double($0) }
    case .uint8: try intactValues(elements, as: UInt8.self).map { Double($0) }
    case .int32: try intactValues(elements, as: Int32.self).map { Double($0) }
    case .uint32: try intactValues(elements, as: UInt32.self).map { Double($0) }
    case .int64: try intactValues(elements, as: Int64.self).map { Double($0) }
    case .uint64: try intactValues(elements, as: UInt64.self).map { Double($0) }
    }
  }

  private func damage(in bytes: UnsafeRawBufferPointer, from start: Int) -> [DamagedBlock] {
    guard let checksums else { return [] }
    let first = start / elementsPerBlock
    return BlockChecksums.sums(of: bytes, type: type, from: start).enumerated().compactMap { index, sum in
      let block = first + index
      if checksums[block] == sum { return nil }
      let elements = block * elementsPerBlock..<min((block + 1) * elementsPerBlock, variable.elementCount)
      return DamagedBlock(variable: variable.name, block: block, elements: elements)
    }
  }
}

extension ScanStoreError {
  static func damaged(_ block: DamagedBlock, path: String) -> ScanStoreError {
    ScanStoreError(
      .damaged, path: path, call: "CheckedReader", problem: "cannot read \(block.variable) of \(path)",
      reason: "its block \(block.block) does not have the checksum that it was written with",
      suggestion: "see all of it with leptoscan verify; make the file anew, or bring back the shards that it shows")
  }
}

extension ScanFile {
  /// Compares all numbers and texts with their checksums, where there are some.
  /// - Throws: ``ScanStoreError`` of kind `damaged`; errors of the file.
  public func checkContent() throws {
    for variable in variables {
      switch variable.content {
      case .numbers: try checkNumbers(variable.name)
      case .text: _ = try intactTexts(variable.name)
      case .other: break
      }
    }
  }

  /// - Throws: ``ScanStoreError`` of kind `damaged`; errors of the file.
  func checkNumbers(_ name: String) throws {
    let reader = try CheckedReader(self, variable: name)
    guard reader.hasChecksums else { return }
    let blocksPerPiece = 16
    let memory = try HostBuffer(byteCount: blocksPerPiece * BlockChecksums.blockBytes)
    let buffer = memory.bytes
    defer { withExtendedLifetime(memory) {} }
    let (count, length) = (reader.variable.elementCount, blocksPerPiece * reader.elementsPerBlock)
    for start in stride(from: 0, to: count, by: length) {
      try reader.readIntact(elements: start..<min(start + length, count), into: buffer)
    }
  }

  /// The numbers of a variable converted to `Double`, after a look at their checksums.
  /// - Throws: ``ScanStoreError`` of kind `damaged`; errors of the file.
  public func intactDoubles(_ name: String) throws -> [Double] {
    let reader = try CheckedReader(self, variable: name)
    return try reader.intactDoubles(0..<reader.variable.elementCount)
  }

  /// The texts of a variable, after a look at their checksum.
  /// - Throws: ``ScanStoreError`` of kind `damaged`; errors of the file.
  public func intactTexts(_ name: String) throws -> [String] {
    if let block = try damage(ofText: name).first { throw ScanStoreError.damaged(block, path: path) }
    return try readTexts(name)
  }

  /// What of a text, or of texts, does not have its checksum: nothing, or the whole.
  public func damage(ofText name: String) throws -> [DamagedBlock] {
    let texts = try readTexts(name)
    guard let checksums = try checksums(of: name), checksums != BlockChecksums.sums(ofTexts: texts) else { return [] }
    return [DamagedBlock(variable: name, block: 0, elements: 0..<texts.reduce(0) { $0 + $1.utf8.count })]
  }

  /// The checksums stored for a variable, one per block (see ``BlockChecksums``); nil where there are none.
  public func checksums(of name: String) throws -> [UInt64]? {
    try HDF5Session.run("read the checksums of", path) { session in
      let file = try session.openFile()
      let member = "\(checksumGroup)/\(name)"
      guard H5Lexists(file.id, checksumGroup, chdf5_default) > 0, H5Lexists(file.id, member, chdf5_default) > 0 else {
        return nil
      }
      let shape = try session.shape(ofDataset: member, in: file.id)
      return try session.readNumbers(of: member, in: file.id, boxes: [Hyperslab(all: shape)], as: UInt64.self)
    }
  }
}

extension HDF5Session {
  fileprivate func shape(ofDataset name: String, in file: hid_t) throws -> [Int] {
    let dataset = try own("H5Dopen", .object, H5Dopen2(file, name, chdf5_default))
    return try shape(of: dataset.id)
  }
}
