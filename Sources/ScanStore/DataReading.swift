import CHDF5

extension HDF5Session {
  /// Opens the session's file for reading.
  func openFile() throws -> HDF5Handle {
    if H5Fis_hdf5(path) == 0 {
      throw ScanStoreError(
        .notHDF5, path: path, call: "H5Fis_hdf5", problem: "cannot \(action) \(path)",
        reason: "it is not an HDF5 file", suggestion: "give a file made by leptoscan or another HDF5 or netCDF-4 file")
    }
    return try own("H5Fopen", .file, H5Fopen(path, chdf5_read_only(), chdf5_default))
  }

  /// Reads the boxes one after another, converting from the type in the file.
  func readNumbers<Element: StoredElement>(
    of name: String, in file: hid_t, boxes: [Hyperslab], as element: Element.Type
  ) throws -> [Element] {
    var values = [Element](repeating: .zero, count: boxes.reduce(0) { $0 + $1.elementCount })
    try values.withUnsafeMutableBytes {
      try readNumbers(of: name, in: file, boxes: boxes, as: Element.storedType, into: $0)
    }
    return values
  }

  /// As above, into memory that has room for them.
  func readNumbers(
    of name: String, in file: hid_t, boxes: [Hyperslab], as type: StoredType, into buffer: UnsafeMutableRawBufferPointer
  ) throws {
    let dataset = try own("H5Dopen", .object, H5Dopen2(file, name, chdf5_default))
    let space = try own("H5Dget_space", .dataspace, H5Dget_space(dataset.id))
    var done = 0
    for box in boxes where box.elementCount > 0 {
      if !box.start.isEmpty { try select(box, in: space.id) }
      let memory = try dataspace([box.elementCount])
      try check(
        "H5Dread",
        H5Dread(
          dataset.id, type.nativeType, memory.id, space.id, chdf5_default, buffer.baseAddress.map { $0 + done }))
      done += box.elementCount * type.size
    }
  }

  /// Makes the box what is read or written of a space.
  func select(_ box: Hyperslab, in space: hid_t) throws {
    let (start, count) = (box.start.map(hsize_t.init), box.count.map(hsize_t.init))
    try check("H5Sselect_hyperslab", H5Sselect_hyperslab(space, H5S_SELECT_SET, start, nil, count, nil))
  }

  /// The texts of a string dataset with `count` elements.
  func readTexts(of name: String, count: Int, in file: hid_t) throws -> [String] {
    let dataset = try own("H5Dopen", .object, H5Dopen2(file, name, chdf5_default))
    let type = try own("H5Dget_type", .datatype, H5Dget_type(dataset.id))
    return try readTexts(of: type.id, count: count) { memoryType, buffer in
      try check(
        "H5Dread",
        H5Dread(dataset.id, memoryType, chdf5_whole_space, chdf5_whole_space, chdf5_default, buffer))
    }
  }

  /// Strings of fixed or variable length, fetched by `read` in the memory type given to it.
  func readTexts(
    of fileType: hid_t, count: Int, _ read: (hid_t, UnsafeMutableRawPointer) throws -> Void
  ) throws -> [String] {
    if try check("H5Tis_variable_str", H5Tis_variable_str(fileType)) > 0 {
      var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
      try read(fileType, &pointers)
      defer { for pointer in pointers { _ = H5free_memory(pointer) } }
      return pointers.map { $0.map { String(cString: $0) } ?? "" }
    }
    let size = H5Tget_size(fileType)
    var bytes = [UInt8](repeating: 0, count: size * count)
    try bytes.withUnsafeMutableBytes { buffer in
      if let start = buffer.baseAddress { try read(fileType, start) }
    }
    return (0..<count).map { String(decoding: bytes[($0 * size)...].prefix(size).prefix { $0 != 0 }, as: UTF8.self) }
  }
}
