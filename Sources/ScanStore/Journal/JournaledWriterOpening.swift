import Foundation

extension JournaledWriter {
  /// The name of the journal of an output.
  public static func journalPath(of path: String) -> String { OutputLock.path(of: path) }

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - origin: the program that begins the file, for those who ask.
  ///   - identity: everything that the numbers depend on, as lines of text; resuming asks for the same.
  ///   - schema: the file; each section's variables have as many elements as the section has points.
  ///   - overwrite: whether a complete or unfinished file of that name may be replaced.
  ///   - isResumable: false where nobody will go on with the file; what is left of it then is replaced by the next run.
  /// - Throws: ``ScanStoreError``: `alreadyExists`, `unfinishedExists`, `locked` while another process writes the same
  ///   output, and those of ``ScanFileWriter/create(_:schema:overwrite:reservingSpace:)``.
  public static func create(
    _ path: String, origin: String = "", identity: String, schema: FileSchema, sections: [Section],
    overwrite: Bool = false,
    isResumable: Bool = true
  ) throws -> JournaledWriter {
    try schema.validate(path: path)
    let journal = try takeJournal(of: path) { lock in
      if !overwrite { try OutputPath.checkAbsent(path, beside: lock) }
    }
    return try begin(
      path, journal, isResumable ? JournalHeader(origin: origin, identity: identity, sections: sections) : nil,
      schema: schema, sections: sections, overwrite: overwrite)
  }

  /// Goes on with a file begun earlier, or begins it if nothing of it is there. Everything that is stored is read and compared
  /// with the journal's checksums; see ``damagedBlocks``.
  ///
  /// - Parameter overwrite: as there; what cannot be gone on with, another scan's or a damaged file, is then begun anew.
  /// - Throws: ``ScanStoreError`` as ``create(_:identity:schema:sections:overwrite:)``, and `differentScan` where the
  ///   unfinished file has another identity; nothing is changed then.
  public static func resume(
    _ path: String, origin: String = "", identity: String, schema: FileSchema, sections: [Section],
    overwrite: Bool = false
  ) throws -> JournaledWriter {
    try schema.validate(path: path)
    let journal = try takeJournal(of: path) { _ in if !overwrite { try refuseComplete(path) } }
    let ownHeader = JournalHeader(origin: origin, identity: identity, sections: sections)
    guard fileExists(ScanFileWriter.partialPath(of: path)), let (header, records) = try journal.read() else {
      return try begin(path, journal, ownHeader, schema: schema, sections: sections, overwrite: overwrite)
    }
    let writer: ScanFileWriter
    do {
      if header.identity != identity {
        throw ScanStoreError.differentScan(path, by: header.origin, found: header.identity, wanted: identity)
      }
      if header.sections != sections {
        throw ScanStoreError.differentScan(
          path, by: header.origin, found: JournalHeader.lines(of: header.sections),
          wanted: JournalHeader.lines(of: sections))
      }
      writer = try ScanFileWriter.reopen(path, overwrite: overwrite)
      try check(writer, holds: sections)
      try checkNumbers(of: writer, besides: sections)
    } catch let error as ScanStoreError where overwrite && error.isAboutContent {
      return try begin(path, journal, ownHeader, schema: schema, sections: sections, overwrite: overwrite)
    }
    let (state, kept) = replay(records, sections: sections, extents: writer.extents)
    try journal.resume(header, keeping: kept)
    let resumed = JournaledWriter(sections: sections, writer: writer, journal: journal, state: state)
    try resumed.takeBackDamage()
    return resumed
  }

  /// Compares numbers that were written when the file was made, such as coordinates, with their checksums.
  private static func checkNumbers(of writer: ScanFileWriter, besides sections: [Section]) throws {
    let filled = Set(sections.flatMap(\.variables))
    let file = try ScanFile.open(writer.partialPath)
    for name in writer.extents.keys.sorted() where !filled.contains(name) {
      // Zeros are no checksums yet.
      if let sums = try file.checksums(of: name), sums.contains(where: { $0 != 0 }) { try file.checkNumbers(name) }
    }
  }

  /// Whether an output of that name can be begun without replacing anything. What a killed process left and nothing can go
  /// on with does not count.
  /// - Throws: ``ScanStoreError``: `alreadyExists`, `unfinishedExists`, `locked`.
  public static func checkAbsent(_ path: String) throws {
    try OutputPath.checkAbsent(path)
  }

  /// Throws ``ScanStoreError`` of kind `locked` while another process writes an output of that name.
  public static func checkFree(_ path: String) throws { try OutputLock.checkFree(path) }

  /// Removes a journal that a crash left beside a complete file.
  public static func removeJournal(ofComplete path: String) throws {
    guard fileExists(journalPath(of: path)) else { return }
    try Journal(of: path).remove()
  }

  /// The part of an unfinished file's bytes that is on the disk, as the journal beside it tells; nil without a usable
  /// journal. Other processes may be writing both.
  public static func fractionStored(ofPartial file: ScanFile) throws -> Double? {
    let path = file.path + ".journal"
    guard fileExists(path), let (header, records) = try Journal.read(path) else { return nil }
    let extents = file.layout.extents
    let (state, _) = replay(records, sections: header.sections, extents: extents)
    var (done, total) = (0, 0)
    for (section, finished) in zip(header.sections, state.finished) {
      let size = section.variables.reduce(0) { $0 + (extents[$1]?.type.size ?? 0) }
      done += size * finished.ranges.reduce(0) { $0 + $1.count }
      total += size * section.points.count
    }
    return total == 0 ? 1 : Double(done) / Double(total)
  }

  /// Takes hold of the output, then looks what is there: until then another process may be completing it.
  private static func takeJournal(of path: String, check: (OutputLock) throws -> Void) throws -> Journal {
    let journal = try Journal(of: path)
    do {
      try check(journal.lock)
      return journal
    } catch {
      journal.removeIfEmpty()
      throw error
    }
  }

  /// The journal is emptied first: until its header is back, an unfinished file counts as not begun. Nothing is left of a
  /// failure.
  /// - Parameter header: nil where nobody will go on with the file.
  private static func begin(
    _ path: String, _ journal: Journal, _ header: JournalHeader?, schema: FileSchema, sections: [Section],
    overwrite: Bool
  ) throws -> JournaledWriter {
    do {
      try journal.clear()
      let writer = try ScanFileWriter.createUnfinished(path, schema: schema, overwrite: overwrite)
      do {
        try check(writer, holds: sections)
        if let header { try journal.begin(header) }
      } catch {
        writer.discard()
        throw error
      }
      let state = State(sections: sections, extents: writer.extents)
      return JournaledWriter(sections: sections, writer: writer, journal: journal, state: state)
    } catch {
      journal.remove()
      throw error
    }
  }

  /// What the journal tells, up to the first record that makes no sense here.
  private static func replay(
    _ records: [JournalRecord], sections: [Section], extents: [String: Extent]
  ) -> (State, [JournalRecord]) {
    var state = State(sections: sections, extents: extents)
    for (index, record) in records.enumerated() {
      guard sections.indices.contains(record.section),
        record.fits(sections[record.section], finished: state.finished[record.section], extents: extents)
      else { return (state, Array(records[..<index])) }
      _ = state.add(record, stored: false, in: sections, extents: extents)
    }
    return (state, records)
  }

  private static func refuseComplete(_ path: String) throws {
    if fileExists(path) { throw ScanStoreError.system("lstat", code: EEXIST, action: "create", path: path) }
  }

  private static func check(_ writer: ScanFileWriter, holds sections: [Section]) throws {
    for section in sections {
      for variable in section.variables where writer.extents[variable]?.elementCount != section.points.count {
        throw ScanStoreError(
          .differentScan, path: writer.partialPath, call: "JournaledWriter",
          problem: "cannot write \(writer.path)",
          reason: "\(writer.partialPath) has no variable \(variable) of \(section.points.count) elements",
          suggestion: "begin anew with --force")
      }
    }
  }
}

extension JournalRecord {
  /// Whether the record may be one of this section: within it, new, and with a sum for every block.
  fileprivate func fits(
    _ section: JournaledWriter.Section, finished: RangeSet<Int>, extents: [String: Extent]
  ) -> Bool {
    guard elements.clamped(to: section.points) == elements, !elements.isEmpty,
      finished.intersection(RangeSet(elements)) == (isRetraction ? RangeSet(elements) : RangeSet())
    else { return false }
    let first = section.points.lowerBound
    let local = elements.lowerBound - first..<elements.upperBound - first
    let blocks = section.variables.compactMap { extents[$0]?.type }.map { type in
      BlockChecksums.blocks(touchedBy: local, type: type).count
    }
    return blocks.reduce(0, +) == sums.count
  }
}

private func fileExists(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}
