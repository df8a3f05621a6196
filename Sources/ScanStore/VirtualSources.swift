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

  /// A file that holds numbers of a virtual one.
  public struct Source: Sendable, Hashable {
    /// As the virtual file names it.
    public let name: String
    /// Where libhdf5 finds it; nil where it does not. Readers get missing values then, and no error.
    public let path: String?
    /// Whether that is another place than the one that was meant, seen from the virtual file: its own, or one of
    /// `HDF5_VDS_PREFIX`. A file of the same name may be another one.
    public let isElsewhere: Bool
  }

  /// The sources, and where they are found. libhdf5 looks beside the file, and then in the current folder.
  public func places(of sources: [String]) -> [Source] {
    let folder = parentFolder(of: path)
    let prefixes = ProcessInfo.processInfo.environment["HDF5_VDS_PREFIX"]?.split(separator: ":").map(String.init) ?? []
    return sources.map { name in
      let last = name.split(separator: "/").last.map(String.init) ?? name
      let meant =
        name.hasPrefix("/")
        ? [name] + (prefixes + [folder]).map { "\($0)/\(last)" } : (prefixes + [folder]).map { "\($0)/\(name)" }
      if let place = meant.first(where: { access($0, R_OK) == 0 }) {
        return Source(name: name, path: place, isElsewhere: false)
      }
      let here = name.hasPrefix("/") ? last : name
      let isHere = access(here, R_OK) == 0
      return Source(name: name, path: isHere ? here : nil, isElsewhere: isHere)
    }
  }

  /// Throws where a source is missing, is found elsewhere, or cannot be read without harm.
  /// - Parameter allowingElsewhere: for those who compare all numbers with their checksums, and say where they are from.
  /// - Throws: ``ScanStoreError`` of kind `noSuchFile`, and errors of the sources.
  public func checkSources(allowingElsewhere: Bool = false) throws {
    let found = try places(of: sources())
    try refuse(found.filter { $0.path == nil }, "cannot be read")
    if !allowingElsewhere { try refuse(found.filter(\.isElsewhere), "is found in the current folder only") }
    for source in found {
      guard let place = source.path, place != path else { continue }
      let file = try ScanFile.open(place)
      try file.probe(file.variables.map(\.name))
    }
  }

  private func refuse(_ sources: [Source], _ what: String) throws {
    guard let first = sources.first else { return }
    let named = sources.prefix(5).map(\.name).joined(separator: ", ")
    let others = sources.count > 5 ? " and \(sources.count - 5) more" : ""
    throw ScanStoreError(
      .noSuchFile, path: first.name, call: "access", problem: "numbers of \(path) are missing",
      reason: "it is virtual and shows those of other files, of which \(named)\(others) \(what)",
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
