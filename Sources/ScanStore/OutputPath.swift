import Foundation

/// The name of a file that is to be written, looked at before anything is computed for it.
public enum OutputPath {
  /// What is written beside the file while it is made, by the end of its name.
  private static let endings = ["", ".part", ".part.new", ".part.journal"]

  /// Throws where no file of that name can be made, or an input would be lost.
  ///
  /// - Parameters:
  ///   - overwrite: whether a file of that name, complete or unfinished, may be there, or is looked at later.
  ///   - inputs: the files that are read; none is ever replaced, whatever names lead to it.
  /// - Throws: ``ScanStoreError``: `unusableName`, `isDirectory`, `noSuchDirectory`, `noPermission`, `isInput`,
  ///   `alreadyExists`, `unfinishedExists`; `locked` while another process writes it.
  public static func check(_ path: String, overwrite: Bool, inputs: [String] = []) throws {
    if path.isEmpty { throw unusable("'\(path)'", "the name is empty") }
    if path.hasSuffix("/") { throw unusable(path, "the name ends with / as that of a folder") }
    if path == "-" {
      throw ScanStoreError(
        .unusableName, path: path, call: "OutputPath", problem: "cannot write to standard output",
        reason: "only tables of text are written from the beginning to the end",
        suggestion: "give the name of a file, or ./- for one of that name")
    }
    try checkFolder(of: path)
    try checkReplaced(path)
    for input in inputs { try checkKept(input, by: path) }
    if !overwrite { try checkAbsent(path) }
  }

  /// Throws where an output of that name would replace something, or another process writes it.
  static func checkAbsent(_ path: String) throws {
    let isHeld = try OutputLock.checkFree(path)
    try checkAbsent(path, isLeft: lstat(OutputLock.path(of: path)) != nil, isHeld: isHeld)
  }

  /// As above, for one who has taken the lock.
  static func checkAbsent(_ path: String, beside lock: OutputLock) throws {
    try checkAbsent(path, isLeft: lock.isLeft, isHeld: lock.isHeld)
  }

  /// - Parameters:
  ///   - isLeft: whether an earlier process left its lock.
  ///   - isHeld: whether it is certain that no other process writes the output.
  private static func checkAbsent(_ path: String, isLeft: Bool, isHeld: Bool) throws {
    if lstat(path) != nil { throw ScanStoreError.system("lstat", code: EEXIST, action: "create", path: path) }
    let partial = ScanFileWriter.partialPath(of: path)
    guard let unfinished = lstat(partial) else { return }
    guard isLeft, let journal = lstat(OutputLock.path(of: path)) else {
      throw ScanStoreError(
        .unfinishedExists, path: partial, call: "lstat", problem: "cannot create \(path)",
        reason: "\(partial) is there: a process is writing it, or ended before it was complete",
        suggestion: "replace it with --force if no process writes it")
    }
    // An empty journal: nobody can go on with the file.
    let isOurs = [unfinished, journal].allSatisfy { $0.st_mode & S_IFMT == S_IFREG && $0.st_nlink <= 1 }
    if isHeld, isOurs, journal.st_size == 0 { return }
    throw ScanStoreError.unfinishedExists(path, found: partial)
  }

  private static func checkFolder(of path: String) throws {
    let folder = parentFolder(of: path)
    if let status = stat(folder), status.st_mode & S_IFMT != S_IFDIR {
      throw ScanStoreError(
        .noSuchDirectory, path: path, call: "stat", problem: "cannot create \(path)",
        reason: "\(folder) is a file, not a folder", suggestion: "choose another folder")
    }
    if access(folder, W_OK) != 0 {
      throw ScanStoreError.system("access", code: errno, action: "create", path: path)
    }
  }

  /// Folders cannot be replaced by a file; devices and pipes could be, and would be lost.
  private static func checkReplaced(_ path: String) throws {
    guard let kind = stat(path)?.st_mode, kind & S_IFMT != S_IFREG else { return }
    if kind & S_IFMT == S_IFDIR {
      throw ScanStoreError.system("stat", code: EISDIR, action: "create", path: path)
    }
    throw unusable(path, "it is a device or a pipe, not a file")
  }

  private static func checkKept(_ input: String, by path: String) throws {
    guard let kept = stat(input) else { return }
    for ending in endings {
      guard let lost = stat(path + ending), (lost.st_dev, lost.st_ino) == (kept.st_dev, kept.st_ino) else { continue }
      throw ScanStoreError(
        .isInput, path: path, call: "stat", problem: "cannot create \(path)",
        reason: "\(ending.isEmpty ? "it" : path + ending) is the input \(input)", suggestion: "choose another name")
    }
  }

  private static func unusable(_ path: String, _ reason: String) -> ScanStoreError {
    ScanStoreError(
      .unusableName, path: path, call: "OutputPath", problem: "cannot create \(path)", reason: reason,
      suggestion: "give the name of a file")
  }
}

/// What the system knows of a file; nil where there is none.
private func stat(_ path: String) -> stat? {
  var status = stat()
  return stat(path, &status) == 0 ? status : nil
}

/// As `stat`, of a symbolic link itself.
private func lstat(_ path: String) -> stat? {
  var status = stat()
  return lstat(path, &status) == 0 ? status : nil
}

/// The folder that a file is in, `.` where its name has none. Foundation's way to ask traps at names of one character.
func parentFolder(of path: String) -> String {
  let end = path.lastIndex { $0 != "/" }.map(path.index(after:)) ?? path.startIndex
  guard let slash = path[..<end].lastIndex(of: "/") else { return end == path.startIndex && !path.isEmpty ? "/" : "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
