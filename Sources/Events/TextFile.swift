import Foundation

/// A text file being written: it bears the name `PATH.part` until it is complete.
final class TextFile {
  private let path: String
  private let stream: UnsafeMutablePointer<FILE>
  private var isOpen = true

  private var partialPath: String { path + ".part" }

  /// - Throws: ``EventFileError`` where something of that name is there and may not be replaced, or the file cannot be
  ///   created.
  init(_ path: String, overwrite: Bool) throws {
    if !overwrite, access(path, F_OK) == 0 { throw EventFileError.exists(path: path) }
    guard let stream = fopen(path + ".part", "w") else {
      throw EventFileError.cannotCreate(path: path, reason: "fopen: \(String(cString: strerror(errno)))")
    }
    self.path = path
    self.stream = stream
  }

  deinit {
    guard isOpen else { return }
    fclose(stream)
    unlink(partialPath)
  }

  func append(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw failure("fwrite") }
  }

  /// Gives the complete file its name.
  func publish() throws {
    guard fflush(stream) == 0, fsync(fileno(stream)) == 0 else { throw failure("fsync") }
    guard rename(partialPath, path) == 0 else { throw failure("rename") }
    isOpen = false
    fclose(stream)
  }

  private func failure(_ call: String) -> EventFileError {
    .cannotWrite(path: path, reason: "\(call): \(String(cString: strerror(errno)))")
  }
}

/// Why a text file of events is not written. Reads `PROBLEM (WHY) SUGGESTION`.
public enum EventFileError: Error, Hashable, CustomStringConvertible {
  case exists(path: String)
  case cannotCreate(path: String, reason: String)
  case cannotWrite(path: String, reason: String)

  public var description: String {
    switch self {
    case .exists(let path): "\(path) exists (it would be overwritten) add --force or choose another name"
    case .cannotCreate(let path, let reason): "\(path) cannot be created (\(reason)) check that its folder exists"
    case .cannotWrite(let path, let reason): "\(path) cannot be written (\(reason)) check the space on the disk"
    }
  }
}
