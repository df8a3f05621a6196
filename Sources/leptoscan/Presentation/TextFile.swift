import Foundation

/// A text written piece by piece under another name, which gets its own when it is complete.
struct TextFile {
  private let path: String
  private let partial: String
  private let handle: FileHandle

  /// - Throws: ``UsageError`` where the file exists and may not be replaced, or cannot be made.
  init(_ path: String, overwrite: Bool) throws {
    if FileManager.default.fileExists(atPath: path) && !overwrite {
      throw UsageError(
        "\(path) exists (it would be overwritten) add --force or choose another name", code: .cannotCreate)
    }
    self.path = path
    partial = path + ".part"
    guard FileManager.default.createFile(atPath: partial, contents: nil),
      let handle = FileHandle(forWritingAtPath: partial)
    else {
      throw UsageError("\(path) cannot be written (\(partial) cannot be made) check its folder", code: .cannotCreate)
    }
    self.handle = handle
  }

  func write(_ text: String) throws {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw UsageError(
        "\(path) cannot be written (\(error.localizedDescription)) free some space", code: .inputOutput)
    }
  }

  func publish() throws {
    try handle.close()
    guard rename(partial, path) == 0 else {
      throw UsageError(
        "\(path) cannot be written (rename: \(String(cString: strerror(errno)))) check its folder", code: .cannotCreate)
    }
  }
}
