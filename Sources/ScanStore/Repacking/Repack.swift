import CHDF5
import HostResources

extension ScanFile {
  /// Compression levels of gzip.
  public static let compressionLevels = 1...9
  /// Variables smaller than this are not worth the chunks.
  public static let leastCompressedBytes = 1 << 16
  /// Elements copied at a time: 16 MiB of doubles.
  fileprivate static let elementsPerCopy = 1 << 21

  /// Writes a compressed copy for the archive: the same variables, attributes and checksums, with large variables in
  /// chunks, their bytes shuffled and deflated. Every HDF5 and netCDF-4 reader opens it.
  ///
  /// - Parameters:
  ///   - level: of gzip, 1 to 9.
  /// - Throws: ``ScanStoreError``: `damaged` where the content is not what was written; `wrongType` for a variable of a
  ///   type that leptoscan does not write. No file is left then.
  public func repack(to claim: OutputClaim, level: Int = 4) throws {
    try checkContent()
    var schema = try FileSchema(copying: self)
    schema.deflateLevel = min(max(level, 1), 9)
    try schema.validate(path: claim.path)
    try ScanFileWriter.createComplete(claim) { draft in
      try HDF5Session.run("repack into", draft) { session in
        var layout = try session.createFile(schema)
        try session.copyNumbers(of: self, accordingTo: schema)
        layout.chunks = try session.chunks(of: schema)
        return layout
      }
    }
  }
}

extension ScanFile {
  /// As above.
  /// - Parameter overwrite: whether a file of that name may be replaced.
  public func repack(to path: String, level: Int = 4, overwrite: Bool = false) throws {
    try repack(to: OutputClaim(path, overwrite: overwrite), level: level)
  }
}

extension FileSchema {
  /// Everything of a file but its numbers, for which there is room.
  fileprivate init(copying file: ScanFile) throws {
    let variables = try file.variables.map { variable in
      let content: Content =
        switch variable.content {
        case .numbers(let type): .reserved(type)
        case .text where variable.shape.isEmpty: .text(try file.readText(variable.name))
        case .text: .texts(try file.readTexts(variable.name))
        case .other: throw file.wrongType(variable, "numbers or texts")
        }
      return Variable(
        variable.name, dimensions: variable.dimensions, content: content, attributes: variable.attributes)
    }
    self.init(
      dimensions: file.dimensions, variables: variables, attributes: file.attributes,
      hasChecksums: !file.checksumExtents.isEmpty)
  }
}

extension HDF5Session {
  /// Fills the session's file, which has room for it, with the numbers of another.
  fileprivate func copyNumbers(of source: ScanFile, accordingTo schema: FileSchema) throws {
    let original = try own("H5Fopen", .file, H5Fopen(source.path, chdf5_read_only(), chdf5_default))
    let copy = try own("H5Fopen", .file, H5Fopen(path, chdf5_read_write(), chdf5_default))
    for variable in schema.variables {
      guard let type = variable.content.storedType else { continue }
      try copyNumbers(variable.name, type, schema.shape(of: variable), from: original.id, to: copy.id)
    }
    // Checksums of texts are written with the texts.
    for (name, extent) in source.checksumExtents.sorted(by: { $0.key < $1.key }) {
      try copyNumbers(
        "\(checksumGroup)/\(name)", .uint64, [extent.elementCount], from: original.id, to: copy.id)
    }
    try check("H5Fflush", H5Fflush(copy.id, H5F_SCOPE_LOCAL))
    try copy.close(in: self)
  }

  /// Where the compressed chunks of the session's file lie.
  fileprivate func chunks(of schema: FileSchema) throws -> [Range<Int>] {
    let file = try openFile()
    return try schema.variables.flatMap { variable -> [Range<Int>] in
      guard variable.content.storedType != nil else { return [] }
      let dataset = try own("H5Dopen", .object, H5Dopen2(file.id, variable.name, chdf5_default))
      let list = try own("H5Dget_create_plist", .propertyList, H5Dget_create_plist(dataset.id))
      guard H5Pget_layout(list.id) == H5D_CHUNKED else { return [] }
      return try ChunkShape(of: schema.shape(of: variable)).starts.map { start in
        let place = start.map(hsize_t.init)
        var (mask, address, size): (CUnsignedInt, haddr_t, hsize_t) = (0, 0, 0)
        try check(
          "H5Dget_chunk_info_by_coord", H5Dget_chunk_info_by_coord(dataset.id, place, &mask, &address, &size))
        guard let first = Int(exactly: address), let count = Int(exactly: size) else {
          throw failure("H5Dget_chunk_info_by_coord")
        }
        return first..<first + count
      }
    }
  }

  private func copyNumbers(
    _ name: String, _ type: StoredType, _ shape: [Int], from source: hid_t, to destination: hid_t
  ) throws {
    let dataset = try own("H5Dopen", .object, H5Dopen2(destination, name, chdf5_default))
    let space = try own("H5Dget_space", .dataspace, H5Dget_space(dataset.id))
    let boxes = ChunkShape(of: shape).boxes(ofAtMost: ScanFile.elementsPerCopy)
    let largest = boxes.map(\.elementCount).max() ?? 0
    let numbers = try HostBuffer(byteCount: largest * type.size)
    let buffer = numbers.bytes
    defer { withExtendedLifetime(numbers) {} }
    for box in boxes {
      try readNumbers(of: name, in: source, boxes: [box], as: type, into: buffer)
      if !box.start.isEmpty { try select(box, in: space.id) }
      let memory = try dataspace([box.elementCount])
      try check(
        "H5Dwrite",
        H5Dwrite(dataset.id, type.nativeType, memory.id, space.id, chdf5_default, buffer.baseAddress))
    }
  }
}
