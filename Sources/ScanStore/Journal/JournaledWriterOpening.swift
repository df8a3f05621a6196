import Foundation

extension JournaledWriter {
  /// The name of the journal of an output.
  public static func journalPath(of path: String) -> String { ScanFileWriter.partialPath(of: path) + ".journal" }

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - identity: everything that the numbers depend on, as lines of text; resuming asks for the same.
  ///   - schema: the file; each section's variables have as many elements as the section has points.
  ///   - overwrite: whether a complete or unfinished file of that name may be replaced.
  /// - Throws: ``ScanStoreError``: `alreadyExists`, `unfinishedExists`, `locked` while another process writes the same
  ///   output, and those of ``ScanFileWriter/create(_:schema:overwrite:reservingSpace:)``.
  public static func create(
    _ path: String, identity: String, schema: FileSchema, sections: [Section], overwrite: Bool = false
  ) throws -> JournaledWriter {
    try schema.validate(path: path)
    let journal = try takeJournal(of: path) { if !overwrite { try checkAbsent(path) } }
    return try begin(path, journal, identity: identity, schema: schema, sections: sections, overwrite: overwrite)
  }

  /// Goes on with a file begun earlier, or begins it if nothing of it is there.
  ///
  /// - Parameter overwrite: as there; what cannot be gone on with, another scan's or a damaged file, is then begun anew.
  /// - Throws: ``ScanStoreError`` as ``create(_:identity:schema:sections:overwrite:)``, and `differentScan` where the
  ///   unfinished file has another identity; nothing is changed then.
  public static func resume(
    _ path: String, identity: String, schema: FileSchema, sections: [Section], overwrite: Bool = false
  ) throws -> JournaledWriter {
    try schema.validate(path: path)
    let journal = try takeJournal(of: path) { if !overwrite { try refuseComplete(path) } }
    guard fileExists(ScanFileWriter.partialPath(of: path)), let (header, records) = try journal.read() else {
      return try begin(path, journal, identity: identity, schema: schema, sections: sections, overwrite: overwrite)
    }
    let writer: ScanFileWriter
    do {
      if header.identity != identity {
        throw ScanStoreError.differentScan(path, found: header.identity, wanted: identity)
      }
      writer = try ScanFileWriter.reopen(path, overwrite: overwrite)
      try check(writer, holds: sections)
    } catch let error as ScanStoreError where overwrite && error.isAboutContent {
      return try begin(path, journal, identity: identity, schema: schema, sections: sections, overwrite: overwrite)
    }
    let (state, kept) = replay(records, sections: sections, extents: writer.extents)
    try journal.resume(header, keeping: kept)
    return JournaledWriter(sections: sections, writer: writer, journal: journal, state: state)
  }

  /// Whether an output of that name can be begun without replacing anything.
  /// - Throws: ``ScanStoreError``: `alreadyExists`, `unfinishedExists`.
  public static func checkAbsent(_ path: String) throws {
    try refuseComplete(path)
    try refuseUnfinished(path)
  }

  /// Throws ``ScanStoreError`` of kind `locked` while another process writes an output of that name.
  public static func checkFree(_ path: String) throws { try Journal.checkFree(journalPath(of: path)) }

  /// Removes a journal that a crash left beside a complete file.
  public static func removeJournal(ofComplete path: String) throws {
    guard fileExists(journalPath(of: path)) else { return }
    try Journal(path: journalPath(of: path)).remove()
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
  private static func takeJournal(of path: String, check: () throws -> Void) throws -> Journal {
    let journal = try Journal(path: journalPath(of: path))
    do {
      try check()
      return journal
    } catch {
      journal.removeIfEmpty()
      throw error
    }
  }

  /// The journal is emptied first: until its header is back, an unfinished file counts as not begun. Nothing is left of a
  /// failure.
  private static func begin(
    _ path: String, _ journal: Journal, identity: String, schema: FileSchema, sections: [Section], overwrite: Bool
  ) throws -> JournaledWriter {
    do {
      try journal.clear()
      let writer = try ScanFileWriter.create(path, schema: schema, overwrite: overwrite, replacingUnfinished: true)
      do {
        try check(writer, holds: sections)
        try journal.begin(JournalHeader(identity: identity, sections: sections))
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

  private static func refuseUnfinished(_ path: String) throws {
    let partial = ScanFileWriter.partialPath(of: path)
    if fileExists(partial) { throw ScanStoreError.unfinishedExists(path, found: partial) }
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
