import Foundation

/// The right to make a file, held from before anything is computed for it until it has its name, by one process at a time.
///
/// What a process left that was killed while it had this right is replaced.
public final class OutputClaim: Sendable {
  public let path: String
  /// Whether a complete or an unfinished file of that name may be replaced.
  public let overwrite: Bool
  private let lock: OutputLock

  /// - Parameter inputs: the files that are read; none is ever replaced, whatever names lead to it.
  /// - Throws: ``ScanStoreError``: `locked` while another process makes a file of that name, and those of
  ///   ``OutputPath/check(_:overwrite:inputs:)``.
  public init(_ path: String, overwrite: Bool, inputs: [String] = []) throws {
    try OutputPath.check(path, overwrite: true, inputs: inputs)
    self.path = path
    self.overwrite = overwrite
    lock = try OutputLock(of: path)
    do {
      if !overwrite { try OutputPath.checkAbsent(path, beside: lock) }
    } catch {
      lock.removeIfEmpty()
      throw error
    }
  }

  /// Removes what an earlier process left: first the journal's word of it.
  func begin() throws {
    try lock.clear()
    let partial = ScanFileWriter.partialPath(of: path)
    for left in [partial, ScanFileWriter.draftPath(of: partial)] { try ScanFileWriter.remove(left) }
  }

  /// Gives the output free, when it has its name or will not be made.
  func release() { lock.removeIfEmpty() }

  deinit { release() }
}
