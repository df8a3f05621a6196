/// One entry of a journal: a range of elements that is on the disk, and what it adds to the checksums of its blocks; or,
/// as a retraction, a range that no longer counts, and the negative of what it had added.
struct JournalRecord: Hashable {
  /// Which group of variables; see ``JournaledWriter/Section``.
  var section: Int
  var elements: Range<Int>
  /// For the variables of the section one after another, the sums of the blocks that `elements` touches.
  var sums: [UInt64]
  var isRetraction = false

  /// Set in the stored section number of a retraction.
  private static let retractionBit: UInt32 = 1 << 31
  private static let fixedBytes = 4 + 4 + 8 + 8 + 8

  /// Length, section, start, count, sums, checksum: little-endian. The checksum covers the place in the journal too.
  func encoded(at offset: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt32(JournalRecord.fixedBytes + 8 * sums.count))
    bytes.append(littleEndian: UInt32(section) | (isRetraction ? JournalRecord.retractionBit : 0))
    bytes.append(littleEndian: UInt64(elements.lowerBound))
    bytes.append(littleEndian: UInt64(elements.count))
    for sum in sums { bytes.append(littleEndian: sum) }
    bytes.append(littleEndian: journalChecksum(bytes[...], at: offset))
    return bytes
  }

  /// The record that begins at `offset`, and where the next one does; nil where there is no whole, undamaged one.
  static func decode(_ journal: [UInt8], at offset: Int) -> (record: JournalRecord, end: Int)? {
    guard let length = journal.littleEndian(UInt32.self, at: offset).map(Int.init), length >= fixedBytes,
      length % 8 == 0, length <= journal.count - offset
    else { return nil }
    let (body, end) = (offset..<offset + length - 8, offset + length)
    guard let checksum = journal.littleEndian(UInt64.self, at: body.upperBound),
      checksum == journalChecksum(journal[body], at: offset),
      let section = journal.littleEndian(UInt32.self, at: offset + 4),
      let start = journal.littleEndian(UInt64.self, at: offset + 8).flatMap({ Int(exactly: $0) }),
      let count = journal.littleEndian(UInt64.self, at: offset + 16).flatMap({ Int(exactly: $0) }),
      case let (stop, overflow) = start.addingReportingOverflow(count), !overflow
    else { return nil }
    let sums = stride(from: offset + 24, to: body.upperBound, by: 8).compactMap {
      journal.littleEndian(UInt64.self, at: $0)
    }
    let record = JournalRecord(
      section: Int(section & ~retractionBit), elements: start..<stop, sums: sums,
      isRetraction: section & retractionBit != 0)
    return (record, end)
  }
}

/// The beginning of a journal: which scan it belongs to, and which variables are filled together.
struct JournalHeader: Hashable {
  /// The program that began the file.
  var origin: String
  /// What the numbers depend on.
  var identity: String
  var sections: [JournaledWriter.Section]

  /// Raised with every change of the journal's layout; others are not read.
  private static let magic = Array("leptoscan journal 3\n".utf8)
  /// As leptoscan 0.1.0 wrote it, without origin.
  private static let oldMagic = Array("leptoscan journal 2\n".utf8)

  /// Magic, origin, identity and sections with their lengths, checksum.
  var encoded: [UInt8] {
    var bytes = JournalHeader.magic
    for text in [origin, identity, JournalHeader.lines(of: sections)] {
      bytes.append(littleEndian: UInt64(text.utf8.count))
      bytes += text.utf8
    }
    bytes.append(littleEndian: journalChecksum(bytes[...], at: 0))
    return bytes
  }

  /// A line for each section, in the order that records count them in.
  static func lines(of sections: [JournaledWriter.Section]) -> String {
    sections.map(\.line).joined(separator: "\n")
  }

  /// The header and where the records begin; nil for a journal whose header was not written to the end.
  static func decode(_ journal: [UInt8]) -> (header: JournalHeader, end: Int)? {
    let isOld = journal.starts(with: oldMagic)
    guard isOld || journal.starts(with: magic),
      let origin = isOld ? (text: "", end: magic.count) : text(in: journal, at: magic.count),
      let identity = text(in: journal, at: origin.end),
      let sections = text(in: journal, at: identity.end),
      let checksum = journal.littleEndian(UInt64.self, at: sections.end),
      checksum == journalChecksum(journal[0..<sections.end], at: 0)
    else { return nil }
    let lines = sections.text.split(separator: "\n", omittingEmptySubsequences: false)
    let decoded = sections.text.isEmpty ? [] : lines.compactMap(JournaledWriter.Section.init(line:))
    return (JournalHeader(origin: origin.text, identity: identity.text, sections: decoded), sections.end + 8)
  }

  private static func text(in journal: [UInt8], at offset: Int) -> (text: String, end: Int)? {
    let start = offset + 8
    guard let length = journal.littleEndian(UInt64.self, at: offset).flatMap({ Int(exactly: $0) }),
      length <= journal.count - start
    else { return nil }
    return (String(decoding: journal[start..<start + length], as: UTF8.self), start + length)
  }
}

extension JournaledWriter.Section {
  /// First point, last + 1, names.
  fileprivate var line: String {
    (["\(points.lowerBound)", "\(points.upperBound)"] + variables).joined(separator: " ")
  }

  fileprivate init?(line: Substring) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count >= 2, let first = Int(words[0]), let end = Int(words[1]), first <= end else { return nil }
    self.init(variables: Array(words[2...]), points: first..<end)
  }
}

private func journalChecksum(_ bytes: ArraySlice<UInt8>, at offset: Int) -> UInt64 {
  bytes.withUnsafeBytes { BlockChecksums.sum(of: $0, elementSize: 1, from: offset) }
}
