import HostResources
import Synchronization

/// A file being filled from ranges that arrive in any order, whose finished ranges survive the end of the process.
///
/// Beside `PATH.part` there is `PATH.part.journal` (see ``Journal``). About once a second the data written so far are
/// synced, and only then recorded; so a recorded range is on the disk even if the power fails. After `kill -9` at any
/// moment ``resume(_:identity:schema:sections:overwrite:)`` goes on with the ranges that are not recorded, and the
/// complete file is the same, byte for byte, as that of an unbroken run.
public final class JournaledWriter: Sendable {
  /// Variables that are filled together: element i of each belongs to the same point.
  public struct Section: Sendable, Hashable {
    public var variables: [String]
    /// The points stored in this file; the first one is element 0 of the variables. A shard does not begin at 0.
    public var points: Range<Int>

    public init(variables: [String], points: Range<Int>) {
      self.variables = variables
      self.points = points
    }
  }

  public let sections: [Section]
  let writer: ScanFileWriter
  private let journal: Journal
  let state: Mutex<State>
  /// Held by the one checkpoint at a time.
  private let checkpointing = Mutex(())

  struct State {
    var finished: [RangeSet<Int>]
    /// Checksums of the blocks of every variable, as far as they are known.
    var sums: [String: [UInt64]]
    /// Written, but perhaps not on the disk yet.
    var pending: [JournalRecord] = []
    /// What of the stored points was found altered when the file was gone on with.
    var damage: [DamagedBlock] = []
    /// Time between two checkpoints: what a crash may cost.
    var checkpointInterval = Duration.seconds(1)
    var lastCheckpoint = ContinuousClock.now
    var isCheckpointUnderWay = false
    var error: (any Error)?
  }

  /// Points that are retracted are read again for their checksums, so many at a time.
  private static let mostPointsRead = 1 << 20

  init(sections: [Section], writer: ScanFileWriter, journal: Journal, state: consuming sending State) {
    self.sections = sections
    self.writer = writer
    self.journal = journal
    self.state = Mutex(state)
  }

  public var path: String { writer.path }

  /// The points of each section that are stored.
  public var finished: [RangeSet<Int>] { state.withLock { $0.finished } }

  /// Blocks of stored points whose bytes were not those that were recorded when this writer went on with the file. Their
  /// points are missing again.
  public var damagedBlocks: [DamagedBlock] { state.withLock { $0.damage } }

  /// Stores points of a section: for each variable the bytes of its elements. Points stored before are passed over.
  ///
  /// Any thread may call, for ranges that do not overlap. Throws also what went wrong in an earlier checkpoint.
  public func store(section: Int, points: Range<Int>, columns: [UnsafeRawBufferPointer]) throws {
    let (missing, error) = state.withLock { (RangeSet(points).subtracting($0.finished[section]), $0.error) }
    if let error { throw error }
    for part in missing.ranges {
      var record = JournalRecord(section: section, elements: part, sums: [])
      for (variable, column) in zip(sections[section].variables, columns) {
        record.sums += try write(variable, section: section, part, from: column, of: points)
      }
      add(record)
    }
  }

  /// Makes stored points missing again, because they turned out to be wrong. On return that is on the disk, so the right
  /// ones can be stored, and a crash at any moment leaves a file that can be resumed.
  public func retract(section: Int, points: RangeSet<Int>) throws {
    let stored = state.withLock { points.intersection($0.finished[section]) }
    for range in stored.ranges {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.mostPointsRead) {
        try retract(section, start..<min(start + Self.mostPointsRead, range.upperBound))
      }
    }
    try checkpoint()
  }

  private func retract(_ section: Int, _ part: Range<Int>) throws {
    var record = JournalRecord(section: section, elements: part, sums: [], isRetraction: true)
    let element = part.lowerBound - sections[section].points.lowerBound
    for variable in sections[section].variables {
      let bytes = try writer.read(variable: variable, elements: element..<element + part.count)
      let type = writer.extents[variable]?.type ?? .uint8
      record.sums += bytes.withUnsafeBytes { BlockChecksums.sums(of: $0, type: type, from: element) }.map { 0 &- $0 }
    }
    add(record)
  }

  func add(_ record: JournalRecord) {
    let isDue = state.withLock { $0.add(record, stored: true, in: sections, extents: writer.extents) }
    if isDue { beginCheckpoint() }
  }

  private func write(
    _ variable: String, section: Int, _ part: Range<Int>, from column: UnsafeRawBufferPointer, of points: Range<Int>
  ) throws -> [UInt64] {
    let size = writer.extents[variable]?.type.size ?? 1
    let first = part.lowerBound - points.lowerBound
    guard column.count == points.count * size else {
      throw ScanStoreError(
        .outOfRange, path: path, call: "JournaledWriter.store", problem: "cannot write \(variable)",
        reason: "\(column.count) bytes are given for \(points.count) elements of \(size) bytes",
        suggestion: "give one element per point")
    }
    let bytes = UnsafeRawBufferPointer(rebasing: column[first * size..<(first + part.count) * size])
    let element = part.lowerBound - sections[section].points.lowerBound
    try writer.write(variable: variable, elementOffset: element, bytes: bytes)
    return BlockChecksums.sums(of: bytes, type: writer.extents[variable]?.type ?? .uint8, from: element)
  }

  /// Waits until everything stored so far is on the disk and recorded.
  public func checkpoint() throws {
    try checkpointing.withLock { _ in
      if let error = state.withLock({ $0.error }) { throw error }
      try recordPending()
      state.withLock { $0.lastCheckpoint = .now }
    }
  }

  /// The time between two checkpoints in the background, 1 s unless told otherwise.
  public var checkpointInterval: Duration {
    get { state.withLock { $0.checkpointInterval } }
    set { state.withLock { $0.checkpointInterval = newValue } }
  }

  /// On a thread of its own, while others compute; on this one where there is none to be had.
  private func beginCheckpoint() {
    if (try? OwnThread.detached { self.checkpointInBackground() }) == nil { checkpointInBackground() }
  }

  private func checkpointInBackground() {
    // The error, if any, is kept for whoever stores or completes next.
    checkpointing.withLock { _ in try? recordPending() }
    state.withLock {
      $0.isCheckpointUnderWay = false
      $0.lastCheckpoint = .now
    }
  }

  /// What one attempt could not write is lost, and nothing is recorded after it: a later sync does not report again what an
  /// earlier one failed to write, and a record that speaks of stored points must not stand without the retraction before it.
  private func recordPending() throws {
    let records = state.withLock { state in
      defer { state.pending = [] }
      return state.pending
    }
    if records.isEmpty { return }
    do {
      try writer.syncData()
      try writer.checkPlace()
      try journal.append(records)
    } catch {
      state.withLock { $0.error = $0.error ?? error }
      throw error
    }
  }

  /// Removes the unfinished file and its journal, where nobody can go on with them.
  public func discard() {
    checkpointing.withLock { _ in
      state.withLock { $0.pending = [] }
      writer.discard()
      journal.remove()
    }
  }

  /// Completes the file and gives it its name. Call once, after every point of every section is stored.
  /// - Throws: ``ScanStoreError``, of kind `unfinished` if points are missing.
  public func publish() throws {
    try checkpoint()
    let (finished, sums) = state.withLock { ($0.finished, $0.sums) }
    for (section, done) in zip(sections, finished) where done != RangeSet(section.points) {
      throw ScanStoreError(
        .unfinished, path: path, call: "JournaledWriter.publish", problem: "cannot complete \(path)",
        reason: "points \(RangeSet(section.points).subtracting(done)) of \(section.variables) are missing",
        suggestion: "go on with --resume")
    }
    for (variable, sums) in sums { try writer.writeChecksums(sums, of: variable) }
    try writer.publish()
    journal.remove()
  }
}

extension JournaledWriter.State {
  /// Nothing is stored yet.
  init(sections: [JournaledWriter.Section], extents: [String: Extent]) {
    finished = sections.map { _ in RangeSet() }
    let variables = sections.flatMap(\.variables)
    sums = Dictionary(
      variables.map { name in
        let blocks = extents[name].map { BlockChecksums.blockCount(elements: $0.elementCount, type: $0.type) } ?? 0
        return (name, [UInt64](repeating: 0, count: blocks))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes in what is stored; true if it is time for a checkpoint, which the caller then begins.
  mutating func add(
    _ record: JournalRecord, stored: Bool, in sections: [JournaledWriter.Section], extents: [String: Extent]
  ) -> Bool {
    let section = sections[record.section]
    let first = section.points.lowerBound
    let elements = record.elements.lowerBound - first..<record.elements.upperBound - first
    var next = 0
    for variable in section.variables {
      guard let type = extents[variable]?.type else { continue }
      for block in BlockChecksums.blocks(touchedBy: elements, type: type) {
        sums[variable]?[block] &+= record.sums[next]
        next += 1
      }
    }
    if record.isRetraction {
      finished[record.section].remove(contentsOf: record.elements)
    } else {
      finished[record.section].insert(contentsOf: record.elements)
    }
    guard stored else { return false }
    pending.append(record)
    if isCheckpointUnderWay || ContinuousClock.now - lastCheckpoint < checkpointInterval {
      return false
    }
    isCheckpointUnderWay = true
    return true
  }
}
