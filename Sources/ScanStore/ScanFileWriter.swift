import Foundation
import Synchronization

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
  /// Of a file that nothing goes on with; others have a ``Journal``.
  private let claim: OutputClaim?
  private let file: FileDescriptor
  private let isPublished = Atomic(false)
  /// Takes the numbers of a large file.
  private let direct: DirectFile?

  /// The name of the unfinished file.
  public var partialPath: String { Self.partialPath(of: path) }
  public static func partialPath(of path: String) -> String { path + ".part" }
  /// The name of the unfinished file while its metadata are written.
  static func draftPath(of partial: String) -> String { partial + ".new" }

  private init(
    path: String, overwrite: Bool, claim: OutputClaim? = nil, file: FileDescriptor, layout: FileLayout
  ) {
    self.path = path
    self.overwrite = overwrite
    self.claim = claim
    self.file = file
    direct = DirectFile(file)
    extents = layout.extents
    checksums = layout.checksums
  }

  /// Nothing can go on with an unfinished file without a journal.
  deinit {
    if claim != nil, !isPublished.load(ordering: .relaxed) { discard() }
  }

  /// Makes `PATH.part` with all metadata and all values given in the schema, and reserves its space. The unfinished file is
  /// removed with the last reference to the writer.
  ///
  /// - Parameter reservingSpace: false leaves the file sparse, so that the disk may fill up later on.
  /// - Throws: ``ScanStoreError``; no unfinished file is left behind then.
  public static func create(
    _ claim: OutputClaim, schema: FileSchema, reservingSpace: Bool = true
  ) throws -> ScanFileWriter {
    try schema.validate(path: claim.path)
    try claim.begin()
    return try createUnfinished(
      claim.path, schema: schema, overwrite: claim.overwrite, claim: claim, reservingSpace: reservingSpace)
  }

  /// As above.
  /// - Parameters:
  ///   - path: the name of the complete file.
  ///   - overwrite: whether a complete or unfinished file of that name may be replaced; a complete one stays until
  ///     ``publish()``.
  public static func create(
    _ path: String, schema: FileSchema, overwrite: Bool = false, reservingSpace: Bool = true
  ) throws -> ScanFileWriter {
    try schema.validate(path: path)
    return try create(
      OutputClaim(path, overwrite: overwrite), schema: schema, reservingSpace: reservingSpace)
  }

  /// As above, for one who holds the lock of the output. An unfinished file is replaced.
  /// - Parameter claim: nil where a journal is kept.
  static func createUnfinished(
    _ path: String, schema: FileSchema, overwrite: Bool, claim: OutputClaim? = nil, reservingSpace: Bool = true
  ) throws -> ScanFileWriter {
    let partial = partialPath(of: path)
    if !overwrite { try refuseExisting(path, action: "create") }
    try remove(partial)
    // A process killed while libhdf5 writes leaves a draft, which is worth nothing; a `.part` always has its metadata.
    let draft = draftPath(of: partial)
    try remove(draft)
    let file = try FileDescriptor(draft, flags: O_RDWR | O_CREAT | O_EXCL, action: "create")
    do {
      let layout = try HDF5Session.run("create", draft) { try $0.createFile(schema) }
      if reservingSpace { try file.reserve(byteCount: file.size()) }
      try MetadataTrailer.append(to: file, layout: layout)
      try file.sync()
      guard file.isStill(at: draft) else { throw ScanStoreError.displaced(draft, action: "create", path: path) }
      try move(draft, to: partial, action: "create")
      // By its new name, which messages have from now on.
      let writable = try FileDescriptor(partial, flags: O_RDWR | O_NOFOLLOW, action: "open")
      return ScanFileWriter(path: path, overwrite: overwrite, claim: claim, file: writable, layout: layout)
    } catch {
      unlink(draft)
      unlink(partial)
      throw error
    }
  }

  /// Makes a file in one go: `fill` gets the name of an empty one, writes it and tells where its numbers are; it takes its
  /// name when it is on the disk. Nothing is left of a failure.
  static func createComplete(_ claim: OutputClaim, _ fill: (String) throws -> FileLayout) throws {
    let draft = partialPath(of: claim.path)
    try claim.begin()
    let file = try FileDescriptor(draft, flags: O_RDWR | O_CREAT | O_EXCL, action: "create")
    do {
      try MetadataTrailer.append(to: file, layout: fill(draft))
      try file.sync()
      try move(file, to: claim.path, overwrite: claim.overwrite)
      claim.release()
    } catch {
      if file.isStill(at: draft) { unlink(draft) }
      throw error
    }
  }

  /// Goes on with `PATH.part` of an earlier process. Read it as ``ScanFile`` first to see whether it is the right one.
  ///
  /// - Throws: ``ScanStoreError``: `noSuchFile` where there is none, also where the process ended while it made the
  ///   file.
  public static func reopen(_ path: String, overwrite: Bool = false) throws -> ScanFileWriter {
    let partial = partialPath(of: path)
    let file = try FileDescriptor(partial, flags: O_RDWR | O_NOFOLLOW, action: "reopen")
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
    try bytes.withUnsafeMutableBytes { try read(elements, at: extent, into: $0) }
    return bytes
  }

  /// As above, into the beginning of a buffer that has room for them.
  func read(_ elements: Range<Int>, at extent: Extent, into buffer: UnsafeMutableRawBufferPointer) throws {
    try file.read(
      into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<(elements.count * extent.type.size)]),
      at: extent.byteOffset + elements.lowerBound * extent.type.size)
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
    if file.isStill(at: partialPath) { return }
    var status = stat()
    if lstat(partialPath, &status) != 0 {
      throw ScanStoreError.system("lstat", code: errno, action: "write", path: partialPath)
    }
    throw ScanStoreError.displaced(partialPath, action: "write", path: path)
  }

  /// Removes the unfinished file.
  func discard() {
    if file.isStill(at: partialPath) { unlink(partialPath) }
  }

  /// Stores the checksums of a variable, where the file has room for them.
  public func writeChecksums(_ sums: [UInt64], of variable: String) throws {
    guard let extent = checksums[variable], extent.elementCount == sums.count else { return }
    try sums.withUnsafeBytes { try file.write($0, at: extent.byteOffset) }
  }

  /// Gives the complete file its name, after it is on the disk. Call once, after the last write.
  public func publish() throws {
    try file.sync()
    try Self.move(file, to: path, overwrite: overwrite)
    isPublished.store(true, ordering: .relaxed)
    claim?.release()
  }

  /// Gives a file that is complete and on the disk its name, if it still is what its own name leads to.
  static func move(_ file: FileDescriptor, to path: String, overwrite: Bool) throws {
    var status = stat()
    if !file.isStill(at: file.path), lstat(file.path, &status) == 0 {
      throw ScanStoreError.displaced(file.path, action: "publish", path: path)
    }
    if !overwrite { try refuseExisting(path, action: "publish") }
    try move(file.path, to: path, action: "publish")
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
