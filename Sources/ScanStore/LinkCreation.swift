import CHDF5

extension HDF5Session {
  /// A virtual dataset: HDF5 knows boxes only, so a stretch of elements becomes the boxes that cover it. Where a file is
  /// missing, readers get NaN, or every bit set in a variable of codes or of bits.
  func linksCreation(_ type: StoredType, _ links: [FileSchema.Link], shape: [Int]) throws -> HDF5Handle {
    let list = try objectCreation(chdf5_dataset_creation())
    try setFillValue(list.id, type)
    for link in links {
      var done = 0
      for box in Hyperslab.boxes(covering: link.elements, of: shape) {
        let here = try dataspace(shape)
        if !shape.isEmpty { try select(box, in: here.id) }
        let there = try dataspace([link.elements.count])
        try select(Hyperslab(start: [done], count: [box.elementCount]), in: there.id)
        try check("H5Pset_virtual", H5Pset_virtual(list.id, here.id, link.path, link.variable, there.id))
        done += box.elementCount
      }
    }
    return list
  }
}

extension FileSchema {
  /// Whether numbers lie in other files.
  var hasLinks: Bool {
    variables.contains { if case .linked = $0.content { true } else { false } }
  }
}
