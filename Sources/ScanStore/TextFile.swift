import Foundation

/// A text written piece by piece. The file is called `PATH.part` until it is complete; nothing is left of a failure.
public final class TextFile {
  private let claim: OutputClaim
  private let file: FileDescriptor
  private var length = 0
  private var isComplete = false

  public init(_ claim: OutputClaim) throws {
    let partial = ScanFileWriter.partialPath(of: claim.path)
    self.claim = claim
    try claim.begin()
    file = try FileDescriptor(partial, flags: O_WRONLY | O_CREAT | O_EXCL, action: "create")
  }

  /// - Throws: ``ScanStoreError``, those of ``OutputClaim/init(_:overwrite:inputs:)`` too.
  public convenience init(_ path: String, overwrite: Bool) throws {
    try self.init(OutputClaim(path, overwrite: overwrite))
  }

  deinit {
    if !isComplete, file.isStill(at: file.path) { unlink(file.path) }
  }

  public func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0), at: length) }
    length += text.utf8.count
  }

  /// Gives the complete file its name. Call once, after the last piece.
  public func publish() throws {
    try file.sync()
    try ScanFileWriter.move(file, to: claim.path, overwrite: claim.overwrite)
    isComplete = true
    claim.release()
  }

  /// A whole text at once.
  public static func write(_ text: String, to path: String, overwrite: Bool) throws {
    let file = try TextFile(path, overwrite: overwrite)
    try file.append(text)
    try file.publish()
  }
}
