import CHDF5
import Foundation

extension ScanFile {
  /// The files that hold the numbers of virtual variables, as they are named, each once; empty for other files.
  public func sources() throws -> [String] {
    try HDF5Session.run("read the sources of", path) { session in
      let file = try session.openFile()
      var sources: [String] = []
      for variable in variables where variable.content != .text && variable.extent == nil {
        sources += try session.sources(of: variable.name, in: file.id).filter { !sources.contains($0) }
      }
      return sources
    }
  }

  /// Those of the sources that are not found, or cannot be read. Readers get missing values for them, and no error.
  public func missingSources() throws -> [String] {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    return try sources().filter { source in
      // libhdf5 looks in the folder of the file and, for a name as it is, in that of the process.
      let name = URL(fileURLWithPath: source).lastPathComponent
      let places = source.hasPrefix("/") ? [folder.path + "/" + name] : [folder.path + "/" + source]
      return (places + [source]).allSatisfy { access($0, R_OK) != 0 }
    }
  }

  /// - Throws: ``ScanStoreError`` of kind `noSuchFile` where a source is missing.
  public func checkSources() throws {
    let missing = try missingSources()
    guard let first = missing.first else { return }
    let named = missing.prefix(5).joined(separator: ", ")
    let others = missing.count > 5 ? " and \(missing.count - 5) more" : ""
    throw ScanStoreError(
      .noSuchFile, path: first, call: "access", problem: "numbers of \(path) are missing",
      reason: "it is virtual and shows those of other files, of which \(named)\(others) cannot be read",
      suggestion: "put them where they were, seen from \(path), or merge again")
  }
}

extension HDF5Session {
  /// The files of a virtual dataset, each once; empty for other datasets and parts of the same file.
  fileprivate func sources(of name: String, in file: hid_t) throws -> [String] {
    let dataset = try own("H5Dopen", .object, H5Dopen2(file, name, chdf5_default))
    let list = try own("H5Dget_create_plist", .propertyList, H5Dget_create_plist(dataset.id))
    guard H5Pget_layout(list.id) == H5D_VIRTUAL else { return [] }
    var count = 0
    try check("H5Pget_virtual_count", H5Pget_virtual_count(list.id, &count))
    var sources: [String] = []
    for index in 0..<count {
      let source = try self.name("H5Pget_virtual_filename") { H5Pget_virtual_filename(list.id, index, $0, $1) }
      // The boxes of a source follow one another.
      if source != ".", sources.last != source { sources.append(source) }
    }
    return sources
  }
}
