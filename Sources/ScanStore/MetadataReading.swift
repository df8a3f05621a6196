import CHDF5

extension HDF5Session {
  /// Everything about the root group except bulk data.
  func readMetadata(of file: hid_t) throws -> ScanFile {
    var dimensions: [ScanFile.Dimension] = []
    var variables: [ScanFile.Variable] = []
    for name in try linkNames(of: file) {
      let object = try own("H5Oopen", .object, H5Oopen(file, name, chdf5_default))
      guard H5Iget_type(object.id) == H5I_DATASET else { continue }
      let shape = try shape(of: object.id)
      let isScale = try check("H5DSis_scale", H5DSis_scale(object.id)) > 0
      if isScale, let size = shape.first { dimensions.append(.init(name, size: size)) }
      if isScale, scaleName(object.id).hasPrefix(phantomPrefix) { continue }
      let axes = isScale && shape.count == 1 ? [name] : try dimensionNames(of: object.id, rank: shape.count)
      variables.append(try variable(name, object.id, dimensions: axes, shape: shape))
    }
    return ScanFile(
      path: path, dimensions: dimensions, variables: variables, attributes: try readAttributes(of: file),
      checksumExtents: try checksumExtents(in: file))
  }

  private func variable(_ name: String, _ dataset: hid_t, dimensions: [String], shape: [Int]) throws
    -> ScanFile.Variable
  {
    let type = try own("H5Dget_type", .datatype, H5Dget_type(dataset))
    let stored = StoredType(hdf5: type.id)
    let content: ScanFile.Content =
      stored.map { .numbers($0) } ?? (H5Tget_class(type.id) == H5T_STRING ? .text : .other)
    // An extent promises bytes that can be used as they are.
    let isNative = try stored.map { try check("H5Tequal", H5Tequal(type.id, $0.nativeType)) > 0 } ?? false
    let extent = stored.flatMap { stored in
      byteOffset(of: dataset).map {
        Extent(byteOffset: $0, elementCount: shape.reduce(1, *), type: stored)
      }
    }
    let attributes = try readAttributes(of: dataset)
    let unread = try attributeNames(of: dataset).filter {
      attributes[$0] == nil && !reservedAttributeNames.contains($0)
    }
    return ScanFile.Variable(
      name: name, content: content, dimensions: dimensions, shape: shape, attributes: attributes,
      unreadAttributes: unread, extent: isNative ? extent : nil)
  }

  /// Names in a group, in the order of creation where the file knows it.
  func linkNames(of file: hid_t) throws -> [String] {
    var info = H5G_info_t()
    try check("H5Gget_info", H5Gget_info(file, &info))
    let byCreation = H5Lget_name_by_idx(file, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, 0, nil, 0, chdf5_default) >= 0
    let order = byCreation ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME
    return try (0..<info.nlinks).map { index in
      try name("H5Lget_name_by_idx") {
        H5Lget_name_by_idx(file, ".", order, H5_ITER_INC, index, $0, $1, chdf5_default)
      }
    }
  }

  /// The sizes along the dimensions; [0] of a dataset with a null dataspace, which holds nothing.
  func shape(of dataset: hid_t) throws -> [Int] {
    let space = try own("H5Dget_space", .dataspace, H5Dget_space(dataset))
    if H5Sget_simple_extent_type(space.id) == H5S_NULL { return [0] }
    let rank = try check("H5Sget_simple_extent_ndims", H5Sget_simple_extent_ndims(space.id))
    var sizes = [hsize_t](repeating: 0, count: Int(rank))
    try check("H5Sget_simple_extent_dims", H5Sget_simple_extent_dims(space.id, &sizes, nil))
    return sizes.map { Int($0) }
  }

  private func scaleName(_ scale: hid_t) -> String {
    (try? name("H5DSget_scale_name") { H5DSget_scale_name(scale, $0, $1) }) ?? ""
  }

  /// The names of the first scale on each axis.
  private func dimensionNames(of dataset: hid_t, rank: Int) throws -> [String] {
    try (0..<rank).map { axis in
      var scaleName = "phony_dim_\(axis)"
      let keepFirst: H5DS_iterate_t = { _, _, scale, destination in
        var buffer = [CChar](repeating: 0, count: 1024)
        guard H5Iget_name(scale, &buffer, buffer.count) > 0 else { return -1 }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let path = String(decoding: bytes, as: UTF8.self)
        destination?.assumingMemoryBound(to: String.self).pointee =
          path.split(separator: "/").last.map(String.init) ?? path
        return 1
      }
      if H5DSget_num_scales(dataset, CUnsignedInt(axis)) > 0 {
        try withUnsafeMutablePointer(to: &scaleName) { destination in
          _ = try check(
            "H5DSiterate_scales", H5DSiterate_scales(dataset, CUnsignedInt(axis), nil, keepFirst, destination))
        }
      }
      return scaleName
    }
  }

  /// A name from a call that tells its length when it gets no buffer.
  func name<Length: SignedInteger>(
    _ call: String, _ get: (UnsafeMutablePointer<CChar>?, Int) -> Length
  ) throws -> String {
    let length = Int(try check(call, get(nil, 0)))
    var buffer = [CChar](repeating: 0, count: length + 1)
    try check(call, get(&buffer, buffer.count))
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
