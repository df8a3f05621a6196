import Foundation
import Synchronization

/// The file `OUT.h5.part.journal`: which ranges of an unfinished file are on the disk.
///
/// It belongs to one process at a time (flock). Records are only added. What a crash left behind the last whole record
/// is not believed, and is cut off before more is written.
final class Journal: Sendable {
  let path: String
  private let file: FileDescriptor
  private let length = Mutex(0)

  /// A process that was killed, or has its last checkpoint under way, is gone by then.
  private static let patience = Duration.seconds(2)

  /// Opens the journal, making an empty one if needed, and takes hold of it.
  /// - Throws: ``ScanStoreError`` of kind `locked` while another process works on the same output.
  init(path: String) throws {
    self.path = path
    while true {
      let opened = try FileDescriptor(path, flags: O_RDWR | O_CREAT, action: "create")
      guard try opened.lock(patience: Journal.patience) else { throw Journal.inUse(path) }
      // Between opening and locking, the process before us may have finished and removed the file.
      if opened.isStill(at: path) {
        file = opened
        return
      }
    }
  }

  /// Throws `locked` while another process works on the output; takes hold of nothing, and makes no journal.
  static func checkFree(_ path: String) throws {
    guard let file = try? FileDescriptor(path, flags: O_RDWR, action: "open") else { return }
    guard try file.lock(patience: patience) else { throw inUse(path) }
  }

  /// What an undamaged journal says; nil where its header was never completed.
  func read() throws -> (header: JournalHeader, records: [JournalRecord])? {
    Journal.decode(try file.read(file.size()))
  }

  /// What a journal says, also one that another process writes.
  static func read(_ path: String) throws -> (header: JournalHeader, records: [JournalRecord])? {
    let file = try FileDescriptor(path, flags: O_RDONLY, action: "open")
    return decode(try file.read(file.size()))
  }

  private static func decode(_ bytes: [UInt8]) -> (header: JournalHeader, records: [JournalRecord])? {
    guard let (header, start) = JournalHeader.decode(bytes) else { return nil }
    var (records, end) = ([JournalRecord](), start)
    while let (record, next) = JournalRecord.decode(bytes, at: end) {
      records.append(record)
      end = next
    }
    return (header, records)
  }

  /// Forgets everything, so that what is on the disk counts as not begun.
  func clear() throws {
    try file.truncate(to: 0)
    try file.sync()
  }

  /// Writes the header for a file whose metadata are on the disk.
  func begin(_ header: JournalHeader) throws {
    let header = header.encoded
    try header.withUnsafeBytes { try file.write($0, at: 0) }
    try file.sync()
    try syncDirectory(of: path)
    length.withLock { $0 = header.count }
  }

  /// Goes on behind the first `records` of the journal with that header.
  func resume(_ header: JournalHeader, keeping records: [JournalRecord]) throws {
    let end = records.reduce(header.encoded.count) { $0 + $1.encoded(at: $0).count }
    try file.truncate(to: end)
    length.withLock { $0 = end }
  }

  /// Adds records and waits until they are on the disk. What they speak of must be there already.
  func append(_ records: [JournalRecord]) throws {
    try length.withLock { length in
      var bytes: [UInt8] = []
      for record in records { bytes += record.encoded(at: length + bytes.count) }
      try bytes.withUnsafeBytes { try file.write($0, at: length) }
      try file.syncData()
      length += bytes.count
    }
  }

  /// Removes the journal of a file that is complete.
  func remove() {
    unlink(path)
  }

  /// Removes a journal that says nothing, such as one made just now.
  func removeIfEmpty() {
    if (try? file.size()) == 0 { remove() }
  }

  private static func inUse(_ path: String) -> ScanStoreError {
    let output = String(path.dropLast(".part.journal".count))
    return ScanStoreError(
      .locked, path: path, call: "flock", problem: "cannot write \(output)",
      reason: "another process is writing it and holds \(path)",
      suggestion: "wait until it ends, or choose another name")
  }
}
