import Foundation

/// Who may make an output and the files beside it: the process that has locked `OUT.part.journal` (flock).
///
/// Scans and merges keep their ``Journal`` in that file; for all others it stays empty. So an unfinished file beside an
/// empty one that nobody holds was left by a process that was killed, and nothing can go on with it.
final class OutputLock: Sendable {
  let path: String
  let file: FileDescriptor
  /// False where the file system knows no locks: then every process gets one.
  let isHeld: Bool
  /// Whether the file was there before: an earlier process did not come to its end.
  let isLeft: Bool

  /// A process that was killed, or has its last checkpoint under way, is gone by then.
  private static let patience = Duration.seconds(2)

  /// - Parameter output: the name of the complete file.
  /// - Throws: ``ScanStoreError``: `locked` while another process works on the same output, `unusableName` where the
  ///   file is none that leptoscan made.
  init(of output: String) throws {
    path = OutputLock.path(of: output)
    while true {
      guard let (opened, isLeft) = try OutputLock.open(path) else { continue }
      let locking = try opened.lock(patience: OutputLock.patience)
      if locking == .takenByAnother { throw OutputLock.inUse(output, path) }
      // Between opening and locking, the process before us may have finished and removed the file.
      guard opened.isStill(at: path) else { continue }
      guard opened.hasOneName() else { throw ScanStoreError.notOurs(path, "has another name too", "write") }
      guard try Journal.mayBegin(with: opened.read(min(opened.size(), Journal.namedBytes))) else {
        throw ScanStoreError.notOurs(path, "is no journal", "write")
      }
      (file, isHeld, self.isLeft) = (opened, locking == .taken, isLeft)
      return
    }
  }

  /// Opens the file or makes it; nil where it vanished or appeared meanwhile.
  private static func open(_ path: String) throws -> (file: FileDescriptor, isLeft: Bool)? {
    do {
      return (try FileDescriptor(path, flags: O_RDWR | O_NOFOLLOW, action: "write"), true)
    } catch let error as ScanStoreError where error.kind == .noSuchFile {
      do {
        return (try FileDescriptor(path, flags: O_RDWR | O_CREAT | O_EXCL, action: "create"), false)
      } catch let error as ScanStoreError where error.kind == .alreadyExists {
        return nil
      }
    }
  }

  static func path(of output: String) -> String { ScanFileWriter.partialPath(of: output) + ".journal" }

  /// Throws `locked` while another process works on the output; takes hold of nothing, and makes no file.
  /// - Returns: whether that is known for certain: false where the file system knows no locks.
  @discardableResult
  static func checkFree(_ output: String) throws -> Bool {
    let path = path(of: output)
    let file: FileDescriptor
    do {
      file = try FileDescriptor(path, flags: O_RDWR | O_NOFOLLOW, action: "write")
    } catch let error as ScanStoreError where [.noSuchFile, .noSuchDirectory].contains(error.kind) {
      return true
    }
    let locking = try file.lock(patience: patience)
    if locking == .takenByAnother { throw inUse(output, path) }
    return locking == .taken
  }

  /// Forgets a journal that is in the file, so that what is on the disk counts as not begun.
  func clear() throws {
    if try file.size() == 0 { return }
    try file.truncate(to: 0)
    try file.sync()
  }

  /// Gives the output free, and removes the file of the lock where it still is that.
  func remove() {
    if file.isStill(at: path) { unlink(path) }
    file.unlock()
  }

  /// Gives the output free, and removes the file of the lock where it says nothing, such as one made just now.
  func removeIfEmpty() {
    if (try? file.size()) == 0 { remove() } else { file.unlock() }
  }

  private static func inUse(_ output: String, _ path: String) -> ScanStoreError {
    ScanStoreError(
      .locked, path: path, call: "flock", problem: "cannot write \(output)",
      reason: "another process is writing it and holds \(path)",
      suggestion: "wait until it ends, or choose another name")
  }
}
