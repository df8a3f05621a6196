import Foundation

/// A text written piece by piece. The file is called `PATH.part` until it is complete; nothing is left of a failure.
public final class TextFile {
  private let path: String
  private let file: FileDescriptor
  private var length = 0
  private var isComplete = false

  /// - Throws: ``ScanStoreError``, those of ``OutputPath/check(_:overwrite:inputs:)`` too.
  public init(_ path: String, overwrite: Bool) throws {
    try OutputPath.check(path, overwrite: overwrite)
    let partial = ScanFileWriter.partialPath(of: path)
    self.path = path
    try ScanFileWriter.remove(partial)
    file = try FileDescriptor(partial, flags: O_WRONLY | O_CREAT | O_EXCL, action: "create")
  }

  deinit {
    if !isComplete { unlink(file.path) }
  }

  public func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0), at: length) }
    length += text.utf8.count
  }

  /// Gives the complete file its name. Call once, after the last piece.
  public func publish() throws {
    try file.sync()
    try ScanFileWriter.move(file.path, to: path, action: "publish")
    isComplete = true
  }

  /// A whole text at once.
  public static func write(_ text: String, to path: String, overwrite: Bool) throws {
    let file = try TextFile(path, overwrite: overwrite)
    try file.append(text)
    try file.publish()
  }
}
