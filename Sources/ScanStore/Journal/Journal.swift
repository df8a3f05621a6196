import Foundation
import Synchronization

/// The file `OUT.h5.part.journal`: which ranges of an unfinished file are on the disk.
///
/// It belongs to one process at a time (``OutputLock``). Records are only added. What a crash left behind the last whole
/// record is not believed, and is cut off before more is written.
final class Journal: Sendable {
  let lock: OutputLock
  private var file: FileDescriptor { lock.file }
  /// Where the next record goes; 0 as long as the journal has no header.
  private let length = Mutex(0)

  var path: String { lock.path }

  /// Opens the journal of an output, making an empty one if needed, and takes hold of the output.
  /// - Throws: ``ScanStoreError`` of kind `locked` while another process works on the same output.
  init(of output: String) throws {
    lock = try OutputLock(of: output)
  }

  /// Every journal begins so, whatever its version.
  private static let name = Array("leptoscan journal ".utf8)
  /// How many bytes ``mayBegin(with:)`` asks for.
  static var namedBytes: Int { name.count }

  /// Whether a file that begins with `bytes` is a journal, or the beginning of one.
  static func mayBegin(with bytes: [UInt8]) -> Bool { name.starts(with: bytes) }

  /// What an undamaged journal says; nil where its header was never completed.
  func read() throws -> (header: JournalHeader, records: [JournalRecord])? {
    Journal.decode(try file.read(file.size()))
  }

  /// What a journal says, also one that another process writes.
  static func read(_ path: String) throws -> (header: JournalHeader, records: [JournalRecord])? {
    let file = try FileDescriptor(path, flags: O_RDONLY | O_NOFOLLOW, action: "open")
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
  func clear() throws { try lock.clear() }

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

  /// Adds records and waits until they are on the disk. What they speak of must be there already. A journal without
  /// header takes none: nobody goes on with its file.
  func append(_ records: [JournalRecord]) throws {
    try length.withLock { length in
      if length == 0 { return }
      var bytes: [UInt8] = []
      for record in records { bytes += record.encoded(at: length + bytes.count) }
      try bytes.withUnsafeBytes { try file.write($0, at: length) }
      try file.syncData()
      length += bytes.count
    }
  }

  /// Removes the journal of a file that is complete.
  func remove() { lock.remove() }

  /// Removes a journal that says nothing, such as one made just now.
  func removeIfEmpty() { lock.removeIfEmpty() }
}
