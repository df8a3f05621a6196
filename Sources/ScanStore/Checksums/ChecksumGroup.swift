import CHDF5
import Foundation

/// The group that holds one array of ``BlockChecksums`` per variable, under the variable's name. Readers of netCDF show
/// the root group and so do not meet it.
let checksumGroup = "checksums"

/// Where everything of a file lies whose place is fixed from the start.
struct FileLayout {
  /// The numbers of the variables.
  var extents: [String: Extent]
  /// The checksums of the variables, one `UInt64` per block.
  var checksums: [String: Extent]
  /// Compressed pieces of variables.
  var chunks: [Range<Int>] = []
}

extension HDF5Session {
  /// Makes room for the checksums of every variable, and writes those of the values known already.
  func createChecksums(of schema: FileSchema, in file: hid_t) throws -> [String: Extent] {
    let creation = try objectCreation(chdf5_group_creation())
    try check("H5Pset_link_creation_order", H5Pset_link_creation_order(creation.id, chdf5_creation_order))
    let group = try own(
      "H5Gcreate", .object, H5Gcreate2(file, checksumGroup, chdf5_default, creation.id, chdf5_default))
    try write(
      [
        "long_name": "sums over each block of a variable, modulo 2^64; see docs/output-format.md",
        "block_bytes": .numbers([Int64(BlockChecksums.blockBytes)]),
      ], to: group.id)
    var extents: [String: Extent] = [:]
    for variable in schema.variables {
      extents[variable.name] = try createChecksums(of: variable, in: group.id, schema: schema)
    }
    return extents
  }

  private func createChecksums(
    of variable: FileSchema.Variable, in group: hid_t, schema: FileSchema
  ) throws -> Extent? {
    let known: [UInt64]? =
      switch variable.content {
      case .reserved, .linked: nil
      case .values(let array): array.bytes.withUnsafeBytes { BlockChecksums.sums(of: $0, type: array.type, from: 0) }
      case .text(let text): BlockChecksums.sums(ofTexts: [text])
      case .texts(let texts): BlockChecksums.sums(ofTexts: texts)
      }
    let count = schema.elementCount(of: variable) ?? 0
    let blocks =
      known?.count
      ?? BlockChecksums.blockCount(elements: count, type: variable.content.storedType ?? .uint8)
    if blocks == 0 { return nil }
    let creation = try numbersCreation(.uint64)
    let dataset = try createDataset(
      variable.name, in: group, type: StoredType.uint64.nativeType, shape: [blocks], creation: creation.id)
    if let known { try write(StoredArray(known), to: dataset.id) }
    guard let offset = byteOffset(of: dataset.id) else { throw failure("H5Dget_offset") }
    return Extent(byteOffset: offset, elementCount: blocks, type: .uint64)
  }

  /// Where the checksums lie; empty for a file without them.
  func checksumExtents(in file: hid_t) throws -> [String: Extent] {
    guard H5Lexists(file, checksumGroup, chdf5_default) > 0 else { return [:] }
    let group = try own("H5Gopen", .object, H5Gopen2(file, checksumGroup, chdf5_default))
    var extents: [String: Extent] = [:]
    for name in try linkNames(of: group.id) {
      let dataset = try own("H5Dopen", .object, H5Dopen2(group.id, name, chdf5_default))
      let count = try shape(of: dataset.id).reduce(1, *)
      extents[name] = byteOffset(of: dataset.id).map {
        Extent(byteOffset: $0, elementCount: count, type: .uint64)
      }
    }
    return extents
  }
}

extension ScanFile {
  /// Whether checksums were never written that the file has room for, as in an unfinished file under another name.
  public func isUnfinishedCopy() throws -> Bool {
    let file = try FileDescriptor(path, flags: O_RDONLY, action: "open")
    return try checksumExtents.values.contains { extent in
      try file.read(extent.byteCount, at: extent.byteOffset).allSatisfy { $0 == 0 }
    }
  }
}

extension BlockChecksums {
  /// The checksums of texts, taken as bytes of UTF-8; of several, as one text with a line feed between them.
  static func sums(ofTexts texts: [String]) -> [UInt64] {
    Array(texts.joined(separator: "\n").utf8).withUnsafeBytes { sums(of: $0, type: .uint8, from: 0) }
  }
}
