import CHDF5

/// Versions of HDF5 from 1.8 on read what is written, and every version writes the same bytes.
private let formatBounds = (low: H5F_LIBVER_V18, high: H5F_LIBVER_V18)
/// Links to other files need 1.10; all else stays as it is.
private let linkedFormatBounds = (low: H5F_LIBVER_V18, high: H5F_LIBVER_V110)
/// Variables of this size and more begin at a multiple of `pageSize`.
private let alignmentThreshold: hsize_t = 1 << 16
private let pageSize: hsize_t = 4096
/// Up to so many attributes are kept in the object header. HDF5's default of 8 brings the dense storage, from which
/// many versions cannot delete an attribute while the order of creation is tracked (HDFGroup/hdf5 issue 1388).
private let mostCompactAttributes: CUnsignedInt = 1024

extension HDF5Session {
  /// Makes the file of a valid schema over an existing empty one, closes it, and tells where the numbers lie.
  func createFile(_ schema: FileSchema) throws -> FileLayout {
    let access = try own("H5Pcreate", .propertyList, H5Pcreate(chdf5_file_access()))
    let bounds = schema.hasLinks ? linkedFormatBounds : formatBounds
    try check("H5Pset_libver_bounds", H5Pset_libver_bounds(access.id, bounds.low, bounds.high))
    try check("H5Pset_alignment", H5Pset_alignment(access.id, alignmentThreshold, pageSize))
    let creation = try objectCreation(chdf5_file_creation())
    try check("H5Pset_link_creation_order", H5Pset_link_creation_order(creation.id, chdf5_creation_order))
    let file = try own("H5Fcreate", .file, H5Fcreate(path, chdf5_truncate(), creation.id, access.id))
    try write(schema.completeAttributes, to: file.id)
    let extents = try createVariables(of: schema, in: file.id)
    let checksums = schema.hasChecksums ? try createChecksums(of: schema, in: file.id) : [:]
    try check("H5Fflush", H5Fflush(file.id, H5F_SCOPE_LOCAL))
    try file.close(in: self)
    return FileLayout(extents: extents, checksums: checksums)
  }

  /// Dimensions come first and in their order, because netCDF numbers them as it meets them.
  private func createVariables(of schema: FileSchema, in file: hid_t) throws -> [String: Extent] {
    var extents: [String: Extent] = [:]
    for dimension in schema.dimensions {
      if let coordinate = schema.variables.first(where: { $0.name == dimension.name }) {
        extents[coordinate.name] = try createVariable(coordinate, of: schema, in: file)
      } else {
        try createPhantom(dimension, in: file)
      }
    }
    for variable in schema.variables where !variable.isCoordinate {
      extents[variable.name] = try createVariable(variable, of: schema, in: file)
    }
    return extents
  }

  private func createVariable(
    _ variable: FileSchema.Variable, of schema: FileSchema, in file: hid_t
  ) throws -> Extent? {
    guard let texts = variable.content.texts else { return try createNumbers(variable, of: schema, in: file) }
    let type = try stringType()
    let creation = try objectCreation(chdf5_dataset_creation())
    let dataset = try createDataset(
      variable.name, in: file, type: type.id, shape: schema.shape(of: variable), creation: creation.id)
    try placeOnAxes(variable, dataset.id, in: file)
    try write(texts, type: type.id, to: dataset.id)
    try write(variable.attributes, to: dataset.id)
    return nil
  }

  private func write(_ texts: [String], type: hid_t, to dataset: hid_t) throws {
    // All texts one after another, each with its final zero.
    var characters: [CChar] = []
    let starts = texts.map { text in
      defer { characters += text.utf8CString }
      return characters.count
    }
    try characters.withUnsafeBufferPointer { buffer in
      let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } }
      try check(
        "H5Dwrite", H5Dwrite(dataset, type, chdf5_whole_space, chdf5_whole_space, chdf5_default, pointers))
    }
  }

  /// Makes a coordinate variable the scale of its dimension, and gives any other the scales of its dimensions.
  private func placeOnAxes(_ variable: FileSchema.Variable, _ dataset: hid_t, in file: hid_t) throws {
    if variable.isCoordinate {
      try check("H5DSset_scale", H5DSset_scale(dataset, variable.name))
    } else {
      try attachScales(variable.dimensions, to: dataset, in: file)
    }
  }

  private func createNumbers(
    _ variable: FileSchema.Variable, of schema: FileSchema, in file: hid_t
  ) throws -> Extent? {
    guard let type = variable.content.storedType, let count = schema.elementCount(of: variable) else { return nil }
    let shape = schema.shape(of: variable)
    let links: [FileSchema.Link]? = if case .linked(_, let links) = variable.content { links } else { nil }
    let level = count * type.size >= ScanFile.leastCompressedBytes ? schema.deflateLevel : nil
    let creation =
      try links.map { try linksCreation(type, $0, shape: shape) }
      ?? level.map { try compressedCreation(type, shape, level: $0) } ?? numbersCreation(type)
    let dataset = try createDataset(
      variable.name, in: file, type: type.nativeType, shape: shape, creation: creation.id)
    try placeOnAxes(variable, dataset.id, in: file)
    try write(variable.completeAttributes, to: dataset.id)
    if case .values(let array) = variable.content { try write(array, to: dataset.id) }
    if links != nil || level != nil { return nil }
    guard let offset = byteOffset(of: dataset.id) else { throw failure("H5Dget_offset") }
    return Extent(byteOffset: offset, elementCount: count, type: type)
  }

  func write(_ array: StoredArray, to dataset: hid_t) throws {
    try check(
      "H5Dwrite",
      H5Dwrite(dataset, array.type.nativeType, chdf5_whole_space, chdf5_whole_space, chdf5_default, array.bytes))
  }

  /// A dimension without variable: netCDF's wording, by which every reader knows it. It takes no space.
  private func createPhantom(_ dimension: FileSchema.Dimension, in file: hid_t) throws {
    let creation = try objectCreation(chdf5_dataset_creation())
    let dataset = try createDataset(
      dimension.name, in: file, type: chdf5_phantom(), shape: [dimension.size], creation: creation.id)
    let digits = String(dimension.size)
    let padding = String(repeating: " ", count: max(0, 10 - digits.count))
    try check("H5DSset_scale", H5DSset_scale(dataset.id, phantomPrefix + padding + digits))
  }

  func createDataset(
    _ name: String, in file: hid_t, type: hid_t, shape: [Int], creation: hid_t
  ) throws -> HDF5Handle {
    let space = try dataspace(shape)
    return try own(
      "H5Dcreate", .object, H5Dcreate2(file, name, type, space.id, chdf5_default, creation, chdf5_default))
  }

  private func attachScales(_ dimensions: [String], to dataset: hid_t, in file: hid_t) throws {
    for (axis, name) in dimensions.enumerated() {
      let scale = try own("H5Dopen", .object, H5Dopen2(file, name, chdf5_default))
      try check("H5DSattach_scale", H5DSattach_scale(dataset, scale.id, CUnsignedInt(axis)))
    }
  }

  /// Order of attributes kept, no times: equal content gives equal bytes.
  func objectCreation(_ propertyClass: hid_t) throws -> HDF5Handle {
    let list = try own("H5Pcreate", .propertyList, H5Pcreate(propertyClass))
    try check("H5Pset_obj_track_times", H5Pset_obj_track_times(list.id, false))
    try check("H5Pset_attr_creation_order", H5Pset_attr_creation_order(list.id, chdf5_creation_order))
    try check(
      "H5Pset_attr_phase_change", H5Pset_attr_phase_change(list.id, mostCompactAttributes, mostCompactAttributes))
    return list
  }

  /// One contiguous stretch with its place in the file given at once, which libhdf5 never touches.
  func numbersCreation(_ type: StoredType) throws -> HDF5Handle {
    let list = try objectCreation(chdf5_dataset_creation())
    try check("H5Pset_layout", H5Pset_layout(list.id, H5D_CONTIGUOUS))
    try check("H5Pset_alloc_time", H5Pset_alloc_time(list.id, H5D_ALLOC_TIME_EARLY))
    try setFill(list.id, type)
    return list
  }

  /// Chunks, the bytes of which are shuffled and deflated.
  private func compressedCreation(_ type: StoredType, _ shape: [Int], level: Int) throws -> HDF5Handle {
    let list = try objectCreation(chdf5_dataset_creation())
    let sizes = ChunkShape(of: shape).sizes.map(hsize_t.init)
    try check("H5Pset_chunk", H5Pset_chunk(list.id, CInt(sizes.count), sizes))
    try check("H5Pset_shuffle", H5Pset_shuffle(list.id))
    try check("H5Pset_deflate", H5Pset_deflate(list.id, CUnsignedInt(level)))
    try setFill(list.id, type)
    return list
  }

  /// Numbers not written are left as they are on the disk. Readers that take HDF5's fill value for missing must find one that
  /// no number has: its default of 0 is a code of flags.
  private func setFill(_ list: hid_t, _ type: StoredType) throws {
    try check("H5Pset_fill_time", H5Pset_fill_time(list, H5D_FILL_TIME_NEVER))
    try setFillValue(list, type)
  }

  func setFillValue(_ list: hid_t, _ type: StoredType) throws {
    try check("H5Pset_fill_value", H5Pset_fill_value(list, type.nativeType, StoredArray.missing(type).bytes))
  }

  /// Where the numbers of a contiguous dataset begin; nil for other layouts and where nothing is allocated.
  func byteOffset(of dataset: hid_t) -> Int? {
    Int(exactly: H5Dget_offset(dataset))
  }
}

/// The name of the scale of a dimension without variable begins so; its size in ten places follows.
let phantomPrefix = "This is a netCDF dimension but not a netCDF variable."

extension FileSchema {
  fileprivate var completeAttributes: Attributes {
    var complete: Attributes = ["Conventions": attributes["Conventions"] ?? "CF-1.11"]
    for attribute in attributes { complete[attribute.name] = attribute.value }
    return complete
  }
}

extension FileSchema.Variable {
  /// CF wants no missing values in coordinate variables.
  fileprivate var completeAttributes: Attributes {
    guard !isCoordinate, attributes["_FillValue"] == nil, let type = content.storedType,
      let missing = StoredArray.nan(type)
    else { return attributes }
    var complete: Attributes = ["_FillValue": .numbers(missing)]
    for attribute in attributes { complete[attribute.name] = attribute.value }
    return complete
  }
}
