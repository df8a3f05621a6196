import Foundation

/// Why a file could not be made, read or written. Reads `PROBLEM (WHY) SUGGESTION`.
public struct ScanStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    case noSuchFile, noSuchDirectory, isDirectory, noPermission, alreadyExists
    /// No file can be made there: the name is empty or a folder's, or the file system makes none.
    case unusableName
    /// The file to be written is one of those that are read.
    case isInput
    case notHDF5, truncated, locked, noSpace
    /// A scan was begun and not completed; it can be resumed.
    case unfinishedExists
    /// Points are missing.
    case unfinished
    /// What is there belongs to another scan or version.
    case differentScan
    /// The content is not what was written.
    case damaged
    case invalidSchema, noSuchVariable, outOfRange, wrongType
    /// libhdf5 refused, for none of the reasons above.
    case library
    /// The operating system refused, for none of the reasons above.
    case system
  }

  public let kind: Kind
  public let path: String
  /// The function that failed, for instance `H5Fopen` or `pwrite`.
  public let call: String
  public let problem: String
  public let reason: String
  public let suggestion: String
  /// Whether it is about a file that is read, not one that is written.
  public var isOfInput = false

  public var description: String { "\(problem) (\(reason)) \(suggestion)" }

  init(_ kind: Kind, path: String, call: String, problem: String, reason: String, suggestion: String) {
    self.kind = kind
    self.path = path
    self.call = call
    self.problem = problem
    self.reason = reason
    self.suggestion = suggestion
  }
}

extension ScanStoreError: LocalizedError {
  public var errorDescription: String? { description }
}

extension ScanStoreError {
  /// A file of another scan stands where this one would go on; names the first line of the identities that differs.
  /// - Parameter origin: the program that made it, where that is known.
  public static func differentScan(
    _ path: String, by origin: String = "", found: String, wanted: String
  ) -> ScanStoreError {
    let (old, new) = (found.split(separator: "\n"), wanted.split(separator: "\n"))
    let index = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    func line(_ lines: [Substring]) -> String {
      lines.indices.contains(index) ? "\"\(lines[index].trimmingPrefix { $0 == " " })\"" : "nothing"
    }
    return ScanStoreError(
      .differentScan, path: path, call: "JournaledWriter.resume", problem: "cannot resume \(path)",
      reason: "it was begun\(origin.isEmpty ? "" : " by \(origin)") with \(line(old)), now it is \(line(new))",
      suggestion: "resume with the same card and numerics, or begin anew with --force")
  }

  /// What is left of an earlier run, `found`, stands in the way of `path`, and can be gone on with.
  public static func unfinishedExists(_ path: String, found: String) -> ScanStoreError {
    ScanStoreError(
      .unfinishedExists, path: found, call: "lstat", problem: "cannot create \(path)",
      reason: "\(found) is there, of a scan that was not completed",
      suggestion: "go on with it with --resume, or replace it with --force")
  }

  /// Something stands where leptoscan would make a file beside its output, and is left alone.
  static func notOurs(_ path: String, _ what: String, _ action: String) -> ScanStoreError {
    ScanStoreError(
      .unusableName, path: path, call: "open", problem: "cannot \(action) \(path)",
      reason: "it is there already and \(what): leptoscan did not make it",
      suggestion: "move it away, or choose another name for the output")
  }

  /// A pipe or a device.
  static func notAFile(_ path: String, action: String) -> ScanStoreError {
    ScanStoreError(
      .notHDF5, path: path, call: "open", problem: "cannot \(action) \(path)",
      reason: "it is a device or a pipe, not a file", suggestion: "give the name of a file")
  }

  /// The unfinished file has lost its name, or another file has it: what was written would be in vain.
  static func displaced(_ partial: String, action: String, path: String) -> ScanStoreError {
    ScanStoreError(
      .system, path: partial, call: "lstat", problem: "cannot \(action) \(path)",
      reason: "\(partial) is not the file any more that was being written: another process has replaced it",
      suggestion: "see that one process writes it at a time, and begin again")
  }

  /// Whether a file is there and can be read, but is not the one that was written.
  package var isAboutContent: Bool { [.differentScan, .notHDF5, .truncated, .damaged].contains(kind) }

  /// A system call that failed with `code`, while doing `action` ("create", "open", ...) to the file.
  /// - Parameter isNew: whether the call was to make the file.
  static func system(
    _ call: String, code: CInt, action: String, path: String, isNew: Bool = false
  ) -> ScanStoreError {
    let (kind, suggestion) = classify(code, path: path, isNew: isNew)
    var error = ScanStoreError(
      kind, path: path, call: call, problem: "cannot \(action) \(path)",
      reason: code == EEXIST ? "it is there already" : "\(call) failed: \(String(cString: strerror(code)))",
      suggestion: suggestion)
    error.isOfInput = ["open", "read"].contains(action)
    return error
  }

  /// A call of libhdf5 that failed; `message` is the innermost one on its error stack.
  static func library(_ call: String, message: String, action: String, path: String) -> ScanStoreError {
    // Where a system call failed, libhdf5 recites all its arguments. Locks are told apart by its own words.
    if !isAboutLock(message), let code = systemCode(in: message) {
      return system(call, code: code, action: action, path: path)
    }
    let (kind, suggestion) = classify(message)
    return ScanStoreError(
      kind, path: path, call: call, problem: "cannot \(action) \(path)", reason: "\(call) failed: \(message)",
      suggestion: suggestion)
  }

  /// The error code in a message such as "file write failed: time = ..., errno = 27, error message = 'File too large'".
  private static func systemCode(in message: String) -> CInt? {
    message.firstMatch(of: /errno = ([0-9]+)/).flatMap { CInt($0.1) }
  }

  private static func classify(_ code: CInt, path: String, isNew: Bool) -> (Kind, String) {
    switch code {
    case ENOENT, ENOTDIR:
      let directory = parentFolder(of: path)
      if FileManager.default.fileExists(atPath: directory) {
        return isNew ? (.unusableName, "choose another folder") : (.noSuchFile, "check the name")
      }
      return (.noSuchDirectory, "make the directory first: mkdir -p \(directory)")
    case EACCES, EPERM, EROFS:
      return (.noPermission, "choose a place that you may use, or change its permissions")
    case EEXIST: return (.alreadyExists, "choose another name, or replace it with --force")
    case ENOSPC, EDQUOT, EFBIG:
      return (.noSpace, "free some space, choose another file system, or store less (float32, fewer observables)")
    case EISDIR: return (.isDirectory, "give the name of a file, not of a directory")
    default: return (.system, "check the disk and the file system")
    }
  }

  private static func isAboutLock(_ message: String) -> Bool { message.contains("lock file") }

  private static func classify(_ message: String) -> (Kind, String) {
    if isAboutLock(message) {
      return (
        .locked,
        "wait until the other program closes it, or set HDF5_USE_FILE_LOCKING=FALSE where the file system has no locks"
      )
    }
    if message.contains("truncated file") { return (.truncated, "copy the file again or make it anew") }
    return (.library, "check the file with h5dump -H")
  }
}
