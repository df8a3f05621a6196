import CHDF5

extension StoredType {
  /// libhdf5's predefined type, which nobody closes.
  var nativeType: hid_t {
    switch self {
    case .float64: chdf5_float64()
    case .float32: chdf5_float32()
    case .uint8: chdf5_uint8()
    case .int32: chdf5_int32()
    case .uint32: chdf5_uint32()
    case .int64: chdf5_int64()
    case .uint64: chdf5_uint64()
    }
  }

  /// The stored type that holds the numbers of an HDF5 type of either byte order; nil where there is none.
  init?(hdf5 type: hid_t) {
    let isSigned = H5Tget_sign(type) == H5T_SGN_2
    switch (H5Tget_class(type), H5Tget_size(type)) {
    case (H5T_FLOAT, 8): self = .float64
    case (H5T_FLOAT, 4): self = .float32
    case (H5T_INTEGER, 1) where !isSigned: self = .uint8
    case (H5T_INTEGER, 4): self = isSigned ? .int32 : .uint32
    case (H5T_INTEGER, 8): self = isSigned ? .int64 : .uint64
    default: return nil
    }
  }
}

extension HDF5Session {
  /// A UTF-8 string type of `size` bytes, or of variable length.
  func stringType(size: Int? = nil) throws -> HDF5Handle {
    let type = try own("H5Tcopy", .datatype, H5Tcopy(chdf5_string()))
    try check("H5Tset_size", size.map { H5Tset_size(type.id, $0) } ?? chdf5_set_variable_length(type.id))
    try check("H5Tset_cset", H5Tset_cset(type.id, H5T_CSET_UTF8))
    return type
  }

  /// A simple space of that shape, or the scalar space where there are no dimensions.
  func dataspace(_ shape: [Int]) throws -> HDF5Handle {
    if shape.isEmpty { return try own("H5Screate", .dataspace, H5Screate(H5S_SCALAR)) }
    let sizes = shape.map(hsize_t.init)
    return try own("H5Screate_simple", .dataspace, H5Screate_simple(CInt(sizes.count), sizes, nil))
  }
}
