import Foundation

/// Why a file could not be made, read or written. Reads `PROBLEM (WHY) SUGGESTION`.
public struct ScanStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    case noSuchFile, noSuchDirectory, isDirectory, noPermission, alreadyExists
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
  /// A system call that failed with `code`, while doing `action` ("create", "open", ...) to the file.
  static func system(_ call: String, code: CInt, action: String, path: String) -> ScanStoreError {
    let (kind, suggestion) = classify(code, path: path)
    return ScanStoreError(
      kind, path: path, call: call, problem: "cannot \(action) \(path)",
      reason: "\(call) failed: \(String(cString: strerror(code)))", suggestion: suggestion)
  }

  /// A call of libhdf5 that failed; `message` is the innermost one on its error stack.
  static func library(_ call: String, message: String, action: String, path: String) -> ScanStoreError {
    let (kind, suggestion) = classify(message)
    return ScanStoreError(
      kind, path: path, call: call, problem: "cannot \(action) \(path)", reason: "\(call) failed: \(message)",
      suggestion: suggestion)
  }

  private static func classify(_ code: CInt, path: String) -> (Kind, String) {
    switch code {
    case ENOENT, ENOTDIR:
      let directory = (path as NSString).deletingLastPathComponent
      if directory.isEmpty || FileManager.default.fileExists(atPath: directory) {
        return (.noSuchFile, "check the name")
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

  private static func classify(_ message: String) -> (Kind, String) {
    if message.contains("lock file") {
      return (
        .locked,
        "wait until the other program closes it, or set HDF5_USE_FILE_LOCKING=FALSE where the file system has no locks"
      )
    }
    if message.contains("truncated file") { return (.truncated, "copy the file again or make it anew") }
    if message.contains("No space left") || message.contains("File too large") {
      return (.noSpace, "free some space or choose another file system")
    }
    return (.library, "check the file with h5dump -H")
  }
}
