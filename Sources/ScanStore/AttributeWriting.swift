import CHDF5

extension HDF5Session {
  /// Attaches the attributes to an object, in their order.
  func write(_ attributes: Attributes, to object: hid_t) throws {
    for attribute in attributes {
      switch attribute.value {
      case .text(let text): try writeText(text, name: attribute.name, to: object)
      case .numbers(let array): try writeNumbers(array, name: attribute.name, to: object)
      }
    }
  }

  /// A text has fixed length, which netCDF shows as its ordinary character attribute.
  private func writeText(_ text: String, name: String, to object: hid_t) throws {
    let bytes = text.utf8.isEmpty ? [0] : [UInt8](text.utf8)
    let type = try stringType(size: bytes.count)
    let space = try dataspace([])
    try writeAttribute(name, of: object, type: type.id, space: space.id, bytes: bytes)
  }

  /// Numbers have one dimension, even where there is one only: so does netCDF.
  private func writeNumbers(_ array: StoredArray, name: String, to object: hid_t) throws {
    let space = try dataspace([array.count])
    try writeAttribute(name, of: object, type: array.type.nativeType, space: space.id, bytes: array.bytes)
  }

  private func writeAttribute(_ name: String, of object: hid_t, type: hid_t, space: hid_t, bytes: [UInt8]) throws {
    let attribute = try own(
      "H5Acreate", .attribute, H5Acreate2(object, name, type, space, chdf5_default, chdf5_default))
    try check("H5Awrite", H5Awrite(attribute.id, type, bytes))
  }
}
