import Foundation

/// A file being filled: its metadata are on the disk and final, and numbers go to their fixed places, past libhdf5 and,
/// in a large file, past the page cache.
///
/// The file bears the name `PATH.part` until ``publish()``. Nothing that happens to the process, `kill -9` included,
/// can damage the metadata; what was not written yet reads as zero.
public final class ScanFileWriter: Sendable {
  /// The name that the complete file will have.
  public let path: String
  /// Where the numbers of each variable lie. Text variables are not in it.
  public let extents: [String: Extent]
  private let checksums: [String: Extent]
  private let overwrite: Bool
  private let file: FileDescriptor
  /// Takes the numbers of a large file.
  private let direct: DirectFile?

  /// The name of the unfinished file.
  public var partialPath: String { Self.partialPath(of: path) }
  public static func partialPath(of path: String) -> String { path + ".part" }

  private init(path: String, overwrite: Bool, file: FileDescriptor, layout: FileLayout) {
    self.path = path
    self.overwrite = overwrite
    self.file = file
    direct = DirectFile(file)
    extents = layout.extents
    checksums = layout.checksums
  }

  /// Makes `PATH.part` with all metadata and all values given in the schema, and reserves its space.
  ///
  /// - Parameters:
  ///   - path: the name of the complete file.
  ///   - overwrite: whether a complete or unfinished file of that name may be replaced; a complete one stays until
  ///     ``publish()``.
  ///   - reservingSpace: false leaves the file sparse, so that the disk may fill up later on.
  /// - Throws: ``ScanStoreError``; no unfinished file is left behind then.
  public static func create(
    _ path: String, schema: FileSchema, overwrite: Bool = false, reservingSpace: Bool = true
  ) throws -> ScanFileWriter {
    try create(
      path, schema: schema, overwrite: overwrite, replacingUnfinished: overwrite, reservingSpace: reservingSpace)
  }

  /// As above, for a caller that knows whether an unfinished file is of use.
  static func create(
    _ path: String, schema: FileSchema, overwrite: Bool, replacingUnfinished: Bool, reservingSpace: Bool = true
  ) throws -> ScanFileWriter {
    try schema.validate(path: path)
    let partial = partialPath(of: path)
    if !overwrite { try refuseExisting(path, action: "create") }
    if !replacingUnfinished { try refuseExisting(partial, action: "create") }
    try remove(partial)
    // A process killed while libhdf5 writes leaves a draft, which is worth nothing; a `.part` always has its metadata.
    let draft = partial + ".new"
    try remove(draft)
    let file = try FileDescriptor(draft, flags: O_RDWR | O_CREAT | O_EXCL, action: "create")
    do {
      let layout = try HDF5Session.run("create", draft) { try $0.createFile(schema) }
      if reservingSpace { try file.reserve(byteCount: file.size()) }
      try MetadataTrailer.append(to: file, layout: layout)
      try file.sync()
      try move(draft, to: partial, action: "create")
      let writable = try FileDescriptor(partial, flags: O_RDWR, action: "open")
      return ScanFileWriter(path: path, overwrite: overwrite, file: writable, layout: layout)
    } catch {
      unlink(draft)
      unlink(partial)
      throw error
    }
  }

  /// Makes a file in one go: `fill` gets the name of an empty one and writes it, and it takes its name when it is on the
  /// disk. Nothing is left of a failure.
  static func createComplete(_ path: String, overwrite: Bool, _ fill: (String) throws -> Void) throws {
    let draft = partialPath(of: path)
    if !overwrite {
      try refuseExisting(path, action: "create")
      try refuseExisting(draft, action: "create")
    }
    try remove(draft)
    let file = try FileDescriptor(draft, flags: O_RDWR | O_CREAT | O_EXCL, action: "create")
    do {
      try fill(draft)
      try file.sync()
      try move(draft, to: path, action: "create")
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// Goes on with `PATH.part` of an earlier process. Read it as ``ScanFile`` first to see whether it is the right one.
  ///
  /// - Throws: ``ScanStoreError``: `noSuchFile` where there is none, also where the process ended while it made the
  ///   file.
  public static func reopen(_ path: String, overwrite: Bool = false) throws -> ScanFileWriter {
    let partial = partialPath(of: path)
    let file = try FileDescriptor(partial, flags: O_RDWR, action: "reopen")
    let content = try ScanFile.open(partial)
    try file.reserve(byteCount: file.size())
    return ScanFileWriter(path: path, overwrite: overwrite, file: file, layout: content.layout)
  }

  /// Stores bytes of whole elements in a variable, from element `elementOffset` (row-major) on. Any thread may call.
  public func write(variable: String, elementOffset: Int, bytes: UnsafeRawBufferPointer) throws {
    guard let extent = extents[variable] else {
      throw ScanStoreError(
        .noSuchVariable, path: partialPath, call: "ScanFileWriter.write", problem: "cannot write \(variable)",
        reason: "\(partialPath) has no such variable of numbers", suggestion: "add it to the schema")
    }
    let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: extent.type.size)
    guard rest == 0, elementOffset >= 0, count <= extent.elementCount - elementOffset else {
      throw ScanStoreError(
        .outOfRange, path: partialPath, call: "ScanFileWriter.write",
        problem: "cannot write \(bytes.count) bytes from element \(elementOffset) of \(variable)",
        reason: "it has \(extent.elementCount) elements of \(extent.type.size) bytes",
        suggestion: "write whole elements within the variable")
    }
    let offset = extent.byteOffset + elementOffset * extent.type.size
    if let direct { try direct.write(bytes, at: offset) } else { try file.write(bytes, at: offset) }
  }

  /// Stores numbers of the variable's own type.
  public func write<Element: StoredElement>(variable: String, elementOffset: Int = 0, values: [Element]) throws {
    if let type = extents[variable]?.type, type != Element.storedType {
      throw ScanStoreError(
        .wrongType, path: partialPath, call: "ScanFileWriter.write", problem: "cannot write \(variable)",
        reason: "it holds \(type.rawValue), not \(Element.storedType.rawValue)", suggestion: "convert the numbers")
    }
    try values.withUnsafeBytes { try write(variable: variable, elementOffset: elementOffset, bytes: $0) }
  }

  /// The bytes of elements as they are in the file now.
  func read(variable: String, elements: Range<Int>) throws -> [UInt8] {
    guard let extent = extents[variable] else { return [] }
    var bytes = [UInt8](repeating: 0, count: elements.count * extent.type.size)
    try bytes.withUnsafeMutableBytes {
      try file.read(into: $0, at: extent.byteOffset + elements.lowerBound * extent.type.size)
    }
    return bytes
  }

  /// Waits until everything written so far is on the disk.
  public func sync() throws {
    try file.sync()
  }

  /// As ``sync()``, without the times of the file.
  func syncData() throws {
    try file.syncData()
  }

  /// Throws where the unfinished file has lost its name, so that what is written would be in vain.
  func checkPlace() throws {
    var status = stat()
    if lstat(partialPath, &status) != 0, errno == ENOENT || errno == ENOTDIR {
      throw ScanStoreError.system("lstat", code: errno, action: "write", path: partialPath)
    }
  }

  /// Removes the unfinished file.
  func discard() {
    unlink(partialPath)
  }

  /// Stores the checksums of a variable, where the file has room for them.
  public func writeChecksums(_ sums: [UInt64], of variable: String) throws {
    guard let extent = checksums[variable], extent.elementCount == sums.count else { return }
    try sums.withUnsafeBytes { try file.write($0, at: extent.byteOffset) }
  }

  /// Gives the complete file its name, after it is on the disk. Call once, after the last write.
  public func publish() throws {
    try file.sync()
    if !overwrite { try Self.refuseExisting(path, action: "publish") }
    try Self.move(partialPath, to: path, action: "publish")
  }

  static func move(_ path: String, to newPath: String, action: String) throws {
    if rename(path, newPath) != 0 {
      throw ScanStoreError.system("rename", code: errno, action: action, path: newPath)
    }
    try syncDirectory(of: newPath)
  }

  static func remove(_ path: String) throws {
    if unlink(path) != 0, errno != ENOENT, errno != ENOTDIR {
      throw ScanStoreError.system("unlink", code: errno, action: "replace", path: path)
    }
  }

  private static func refuseExisting(_ path: String, action: String) throws {
    var status = stat()
    if lstat(path, &status) == 0 {
      throw ScanStoreError.system("lstat", code: EEXIST, action: action, path: path)
    }
  }
}
