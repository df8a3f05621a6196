import CHDF5

extension HDF5Session {
  /// The attributes of an object that a netCDF reader would show, in the order of creation where the file knows it.
  /// Those of types that this library does not read are left out.
  func readAttributes(of object: hid_t) throws -> Attributes {
    var attributes = Attributes()
    for name in try attributeNames(of: object) where !reservedAttributeNames.contains(name) {
      let attribute = try own("H5Aopen", .attribute, H5Aopen(object, name, chdf5_default))
      attributes[name] = try value(of: attribute.id)
    }
    return attributes
  }

  func attributeNames(of object: hid_t) throws -> [String] {
    var names: [String] = []
    let collect: H5A_operator2_t = { _, name, _, destination in
      if let name { destination?.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name)) }
      return 0
    }
    try withUnsafeMutablePointer(to: &names) { destination in
      var position: hsize_t = 0
      let byCreation = H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, &position, collect, destination)
      if byCreation >= 0 { return }
      destination.pointee = []
      position = 0
      try check("H5Aiterate", H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, collect, destination))
    }
    return names
  }

  private func value(of attribute: hid_t) throws -> AttributeValue? {
    let type = try own("H5Aget_type", .datatype, H5Aget_type(attribute))
    let space = try own("H5Aget_space", .dataspace, H5Aget_space(attribute))
    let count = Int(try check("H5Sget_simple_extent_npoints", H5Sget_simple_extent_npoints(space.id)))
    if let stored = StoredType(hdf5: type.id) {
      var bytes = [UInt8](repeating: 0, count: count * stored.size)
      try check("H5Aread", H5Aread(attribute, stored.nativeType, &bytes))
      return .numbers(StoredArray(type: stored, bytes: bytes))
    }
    guard H5Tget_class(type.id) == H5T_STRING, count == 1 else { return nil }
    let texts = try readTexts(of: type.id, count: 1) { try check("H5Aread", H5Aread(attribute, $0, $1)) }
    return texts.first.map { .text($0) }
  }
}
