import Foundation
import ScanStore
import Testing

@Suite struct JournaledWriterTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("scan.h5")
  }

  // MARK: a file of two sections, the second of which begins at point 1000

  private static let sizes = (first: 40, second: 24)
  private static let sections = [
    JournaledWriter.Section(variables: ["a", "b"], points: 0..<sizes.first),
    JournaledWriter.Section(variables: ["c"], points: 1000..<1000 + sizes.second),
  ]
  private static let schema = FileSchema(
    dimensions: [.init("x", size: sizes.first), .init("y", size: sizes.second)],
    variables: [
      .init("a", dimensions: ["x"], content: .reserved(.float64)),
      .init("b", dimensions: ["x"], content: .reserved(.uint8)),
      .init("c", dimensions: ["y"], content: .reserved(.float32)),
      .init("card", content: .text("m_phi: 1")),
    ], hasChecksums: true)

  /// These tests say themselves when a checkpoint is made.
  private let never = Duration.seconds(1_000_000_000)

  private func create(
    _ path: String? = nil, identity: String = "card 1\nversion 1", overwrite: Bool = false
  ) throws -> JournaledWriter {
    let writer = try JournaledWriter.create(
      path ?? self.path, identity: identity, schema: Self.schema, sections: Self.sections, overwrite: overwrite)
    writer.checkpointInterval = never
    return writer
  }

  private func resume(
    _ path: String? = nil, identity: String = "card 1\nversion 1", overwrite: Bool = false
  ) throws -> JournaledWriter {
    let writer = try JournaledWriter.resume(
      path ?? self.path, identity: identity, schema: Self.schema, sections: Self.sections, overwrite: overwrite)
    writer.checkpointInterval = never
    return writer
  }

  private func store(_ points: Range<Int>, section: Int, into writer: JournaledWriter) throws {
    let columns: [StoredBytes] =
      section == 0
      ? [StoredBytes(points.map { Double($0) + 0.25 }), StoredBytes(points.map { UInt8($0) })]
      : [StoredBytes(points.map { Float($0) * 0.5 })]
    try withExtendedLifetime(columns) {
      try writer.store(section: section, points: points, columns: columns.map(\.buffer))
    }
  }

  private func complete(_ writer: JournaledWriter) throws {
    for (section, (wanted, finished)) in zip(Self.sections, writer.finished).enumerated() {
      for range in RangeSet(wanted.points).subtracting(finished).ranges {
        try store(range, section: section, into: writer)
      }
    }
    try writer.publish()
  }

  /// The bytes of the file written in one go.
  private func reference() throws -> Data {
    let path = directory.path("reference.h5")
    try complete(create(path))
    return try contents(path)
  }

  private func contents(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  private var partial: String { path + ".part" }
  private var journal: String { path + ".part.journal" }

  @Test func nothingIsLeftOfWhatIsDiscarded() throws {
    let writer = try create()
    try store(0..<20, section: 0, into: writer)
    writer.discard()
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path).isEmpty)
    try complete(create())
  }

  /// The numbers of a file without a name go nowhere, which is noticed before the end; nothing is recorded after a failure.
  @Test func aVanishedFolderIsNoticedAtTheNextCheckpoint() throws {
    let folder = directory.url.appending(path: "folder")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let writer = try create(folder.appending(path: "scan.h5").path)
    try store(0..<20, section: 0, into: writer)
    try FileManager.default.removeItem(at: folder)
    let error = #expect(throws: ScanStoreError.self) { try writer.checkpoint() }
    #expect(error?.kind == .noSuchDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    #expect(throws: ScanStoreError.self) { try store(20..<30, section: 0, into: writer) }
    #expect(throws: ScanStoreError.self) { try writer.checkpoint() }
  }

  @Test func nothingIsLeftOfAFileThatDoesNotFitItsSections() throws {
    let sections = [JournaledWriter.Section(variables: ["a"], points: 0..<39)]
    let error = #expect(throws: ScanStoreError.self) {
      try JournaledWriter.create(path, identity: "card", schema: Self.schema, sections: sections)
    }
    #expect(error?.kind == .differentScan)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path).isEmpty)
  }

  @Test func resumingACompleteFileLeavesItAlone() throws {
    try complete(create())
    #expect(throws: ScanStoreError.self) { try resume() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["scan.h5"])
  }

  @Test func theJournalTellsHowMuchIsStored() throws {
    let writer = try create()
    func fraction() throws -> Double? { try JournaledWriter.fractionStored(ofPartial: ScanFile.open(partial)) }
    #expect(try fraction() == 0)
    // Of 40 elements of 9 bytes and 24 elements of 4.
    try store(10..<30, section: 0, into: writer)
    try writer.checkpoint()
    #expect(try fraction() == 180.0 / 456)
    try store(1000..<1024, section: 1, into: writer)
    try writer.checkpoint()
    #expect(try fraction() == 276.0 / 456)
    try writer.retract(section: 0, points: RangeSet(10..<20))
    #expect(try fraction() == 186.0 / 456)
    try complete(writer)
    #expect(try JournaledWriter.fractionStored(ofPartial: ScanFile.open(path)) == nil)
  }

  private func kind(_ body: () throws -> Void) -> ScanStoreError.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? ScanStoreError)?.kind
    }
  }

  // MARK: order and size of ranges

  @Test func anyOrderAndSizeOfRangesGivesTheSameBytes() throws {
    let reference = try reference()
    for seed in 0..<20 {
      let writer = try create(overwrite: true)
      var generator = SplitMix(state: UInt64(seed))
      for (index, section) in Self.sections.enumerated() {
        for point in section.points.shuffled(using: &generator) {
          let end = min(section.points.upperBound, point + Int.random(in: 1...7, using: &generator))
          try store(point..<end, section: index, into: writer)
        }
      }
      try writer.publish()
      #expect(try contents(path) == reference)
    }
  }

  @Test func nothingIsLeftBesideACompleteFile() throws {
    try complete(create())
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["scan.h5"])
  }

  @Test func missingPointsAreNotPublished() throws {
    let writer = try create()
    try store(0..<40, section: 0, into: writer)
    try store(1000..<1023, section: 1, into: writer)
    #expect(kind { try writer.publish() } == .unfinished)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  // MARK: interrupted files

  /// A file with five records in its journal, left by a process that ended.
  private func leaveUnfinished() throws {
    let writer = try create()
    for (section, range) in [(0, 0..<10), (1, 1000..<1003), (0, 30..<40), (1, 1010..<1024), (0, 10..<11)] {
      try store(range, section: section, into: writer)
      try writer.checkpoint()
    }
    // Written, never recorded.
    try store(12..<20, section: 0, into: writer)
  }

  @Test func recordedRangesAreKept() throws {
    let reference = try reference()
    try leaveUnfinished()
    let writer = try resume()
    #expect(writer.finished == [RangeSet([0..<11, 30..<40]), RangeSet([1000..<1003, 1010..<1024])])
    try complete(writer)
    #expect(try contents(path) == reference)
  }

  /// A journal may end anywhere, and any byte of it may be wrong: what it still proves is kept, the rest is done again.
  @Test func everyLengthAndEveryWrongByteOfTheJournal() throws {
    let reference = try reference()
    try leaveUnfinished()
    let (file, whole) = (try contents(partial), try contents(journal))
    var kept = Set<Int>()
    for position in 0...whole.count {
      for damage in [whole.prefix(position), flipped(whole, at: position), whole + Data(count: position)] {
        try file.write(to: URL(filePath: partial))
        try damage.write(to: URL(filePath: journal))
        // What does not begin as a journal is not ours, and stays.
        if !"leptoscan journal ".utf8.starts(with: damage.prefix(18)) {
          #expect(kind { _ = try resume(overwrite: true) } == .unusableName)
          #expect(try contents(journal) == damage && contents(partial) == file)
          continue
        }
        let writer = try resume()
        let count = writer.finished.reduce(0) { $0 + $1.ranges.reduce(0) { $0 + $1.count } }
        kept.insert(count)
        try complete(writer)
        #expect(try contents(path) == reference)
        try FileManager.default.removeItem(atPath: path)
      }
    }
    #expect(kept == [0, 10, 13, 23, 37, 38])
  }

  private func flipped(_ data: Data, at position: Int) -> Data {
    var bytes = [UInt8](data)
    if position < bytes.count { bytes[position] ^= 1 << (position % 8) }
    return Data(bytes)
  }

  @Test func aResumedFileCanBeInterruptedAgain() throws {
    let reference = try reference()
    try leaveUnfinished()
    for point in stride(from: 39, to: 0, by: -3) {
      let writer = try resume()
      #expect(writer.finished[0].contains(0))
      try store(point..<point + 1, section: 0, into: writer)
      try writer.checkpoint()
    }
    try complete(resume())
    #expect(try contents(path) == reference)
  }

  @Test func resumingBeginsWhatIsNotThere() throws {
    let reference = try reference()
    try complete(resume())
    #expect(try contents(path) == reference)
  }

  @Test func aFileWithoutJournalIsBegunAnew() throws {
    let reference = try reference()
    try leaveUnfinished()
    try FileManager.default.removeItem(atPath: journal)
    let writer = try resume()
    #expect(writer.finished == [RangeSet(), RangeSet()])
    try complete(writer)
    #expect(try contents(path) == reference)
  }

  @Test func aJournalWithoutFileIsForgotten() throws {
    let reference = try reference()
    try leaveUnfinished()
    try FileManager.default.removeItem(atPath: partial)
    try complete(resume())
    #expect(try contents(path) == reference)
  }

  /// Any byte of the numbers that are recorded, and of the coordinates and metadata, may be wrong: it is found before anything
  /// is added.
  @Test func everyWrongByteOfTheNumbersIsFound() throws {
    let reference = try reference()
    try leaveUnfinished()
    let (whole, record) = (try contents(partial), try contents(journal))
    let file = try ScanFile.open(partial)
    let stored = [("a", [0..<11, 30..<40]), ("b", [0..<11, 30..<40]), ("c", [0..<3, 10..<24])]
    for (name, ranges) in stored {
      let extent = try #require(try file.variable(name).extent)
      for byte in 0..<extent.byteCount {
        try flipped(whole, at: extent.byteOffset + byte).write(to: URL(filePath: partial))
        try record.write(to: URL(filePath: journal))
        let writer = try resume()
        let isStored = ranges.contains { $0.contains(byte / extent.type.size) }
        #expect(writer.damagedBlocks.map(\.variable) == (isStored ? [name] : []))
        #expect(writer.finished[name == "c" ? 1 : 0].isEmpty == isStored)
        #expect(!writer.finished[name == "c" ? 0 : 1].isEmpty)
        try complete(writer)
        #expect(try contents(path) == reference)
        try FileManager.default.removeItem(atPath: path)
      }
    }
  }

  /// Blocks of variables of several sizes, of which some are stored in part, some are wrong in several variables: a crash
  /// right after they were taken back leaves a file that can be resumed.
  @Test func damagedBlocksAreTakenBackForGood() throws {
    let count = 700_000
    let schema = FileSchema(
      dimensions: [.init("x", size: count)],
      variables: [
        .init("x", dimensions: ["x"], content: .values(StoredArray((0..<count).map(Double.init)))),
        .init("a", dimensions: ["x"], content: .reserved(.float64)),
        .init("b", dimensions: ["x"], content: .reserved(.float32)),
      ], hasChecksums: true)
    let sections = [JournaledWriter.Section(variables: ["a", "b"], points: 0..<count)]
    func fill(_ writer: JournaledWriter, _ points: Range<Int>) throws {
      let columns = [StoredBytes(points.map { Double($0) + 0.5 }), StoredBytes(points.map { Float($0) })]
      try withExtendedLifetime(columns) {
        try writer.store(section: 0, points: points, columns: columns.map(\.buffer))
      }
    }
    func resume() throws -> JournaledWriter {
      let writer = try JournaledWriter.resume(path, identity: "card", schema: schema, sections: sections)
      writer.checkpointInterval = never
      return writer
    }
    do {
      let writer = try resume()
      for points in [0..<200_000, 250_000..<260_000, 300_000..<650_000] { try fill(writer, points) }
      try writer.checkpoint()
    }
    let file = try ScanFile.open(partial)
    for (name, element) in [("a", 255_000), ("a", 400_000), ("b", 255_001), ("b", 640_000)] {
      let extent = try #require(try file.variable(name).extent)
      try flip(partial, at: extent.byteOffset + element * extent.type.size)
    }
    // Blocks of a have 131072 elements, of b 262144.
    let blocks = [("a", 1), ("a", 3), ("b", 0), ("b", 2)]
    do {
      let writer = try resume()
      #expect(writer.damagedBlocks.map { "\($0.variable)\($0.block)" } == blocks.map { "\($0.0)\($0.1)" })
      #expect(writer.finished == [RangeSet([300_000..<393_216])])
    }
    let writer = try resume()
    #expect(writer.damagedBlocks.isEmpty)
    for points in RangeSet(0..<count).subtracting(writer.finished[0]).ranges { try fill(writer, points) }
    try writer.publish()
    try ScanFile.open(path).checkContent()
    #expect(try ScanFile.open(path).readDoubles("a") == (0..<count).map { Double($0) + 0.5 })
  }

  @Test func damagedCoordinatesAreRefused() throws {
    let values = FileSchema.Variable("x", dimensions: ["x"], content: .values(StoredArray((0..<40).map(Double.init))))
    var schema = Self.schema
    schema.variables.append(values)
    func resume(overwrite: Bool) throws -> JournaledWriter {
      try JournaledWriter.resume(
        path, identity: "card", schema: schema, sections: Self.sections, overwrite: overwrite)
    }
    do { try store(0..<5, section: 0, into: resume(overwrite: false)) }
    let extent = try #require(try ScanFile.open(partial).variable("x").extent)
    try flip(partial, at: extent.byteOffset + 77)
    #expect(kind { _ = try resume(overwrite: false) } == .damaged)
    try complete(resume(overwrite: true))
  }

  private func flip(_ path: String, at offset: Int) throws {
    try flipped(contents(path), at: offset).write(to: URL(filePath: path))
  }

  // MARK: refusals

  @Test func anotherIdentityIsRefusedAndNothingChanges() throws {
    try leaveUnfinished()
    let before = (try contents(partial), try contents(journal))
    let error = #expect(throws: ScanStoreError.self) { try resume(identity: "card 1\nversion 2") }
    #expect(error?.kind == .differentScan)
    #expect(
      error?.description == "cannot resume \(path) (it was begun with \"version 1\", now it is \"version 2\") "
        + "resume with the same card and numerics, or begin anew with --force")
    let shorter = #expect(throws: ScanStoreError.self) { try resume(identity: "card 1") }
    #expect(shorter?.reason == "it was begun with \"version 1\", now it is nothing")
    #expect(try contents(partial) == before.0)
    #expect(try contents(journal) == before.1)
  }

  /// Builds that compute the same go on with each other's files, and are named where they do not.
  @Test func theProgramIsToldAndNotCompared() throws {
    do {
      _ = try JournaledWriter.create(
        path, origin: "leptoscan 1 (abc)", identity: "card 1", schema: Self.schema, sections: Self.sections)
    }
    func resume(_ identity: String) throws -> JournaledWriter {
      try JournaledWriter.resume(
        path, origin: "leptoscan 2", identity: identity, schema: Self.schema, sections: Self.sections)
    }
    let error = #expect(throws: ScanStoreError.self) { try resume("card 2") }
    #expect(error?.reason == "it was begun by leptoscan 1 (abc) with \"card 1\", now it is \"card 2\"")
    try complete(resume("card 1"))
  }

  /// Records count sections: those of another order, or of other variables, would take them for their own.
  @Test func otherSectionsAreRefused() throws {
    try leaveUnfinished()
    let before = (try contents(partial), try contents(journal))
    let swapped = JournaledWriter.Section(variables: ["b", "a"], points: 0..<Self.sizes.first)
    for sections in [Self.sections.reversed(), [swapped, Self.sections[1]]] {
      let error = #expect(throws: ScanStoreError.self) {
        try JournaledWriter.resume(
          path, identity: "card 1\nversion 1", schema: Self.schema, sections: Array(sections))
      }
      #expect(error?.kind == .differentScan && error?.reason.contains("it was begun with \"0 40 a b\"") == true)
    }
    #expect(try contents(partial) == before.0 && contents(journal) == before.1)
  }

  /// What cannot be gone on with is begun anew where that is allowed.
  @Test func overwritingResumesOrBeginsAnew() throws {
    let reference = try reference()
    try leaveUnfinished()
    let finished = try resume(overwrite: true).finished
    #expect(finished.contains { !$0.isEmpty })
    let other = try resume(identity: "card 2\nversion 1", overwrite: true)
    #expect(other.finished.allSatisfy { $0.isEmpty })
    try complete(other)
    #expect(try contents(path) == reference)
    try FileManager.default.removeItem(atPath: path)
    try leaveUnfinished()
    try contents(partial).prefix(300).write(to: URL(filePath: partial))
    try complete(resume(overwrite: true))
    #expect(try contents(path) == reference)
  }

  @Test func whatIsThereIsNotReplacedUnasked() throws {
    try leaveUnfinished()
    let error = #expect(throws: ScanStoreError.self) { try create() }
    #expect(error?.kind == .unfinishedExists && error?.suggestion.contains("--resume") == true)
    try complete(create(overwrite: true))
    #expect(kind { _ = try create() } == .alreadyExists)
    #expect(kind { _ = try resume() } == .alreadyExists)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["scan.h5"])
  }

  @Test func oneWriterAtATime() throws {
    let writer = try create()
    #expect(kind { _ = try resume() } == .locked)
    #expect(kind { _ = try create(overwrite: true) } == .locked)
    try complete(writer)
    try complete(create(overwrite: true))
  }

  /// Between fork and exec, a child that another thread starts has every open file of its parent, locks included. The
  /// duplicates stand for that child.
  @Test func aProcessThatIsJustBeingStartedKeepsNoLock() throws {
    var writer: JournaledWriter? = try create()
    let duplicates = try descriptors(of: journal).map { dup($0) }
    defer { for duplicate in duplicates { close(duplicate) } }
    #expect(!duplicates.isEmpty)
    #expect(kind { _ = try resume() } == .locked)
    try store(0..<5, section: 0, into: #require(writer))
    writer = nil
    try complete(resume())
  }

  /// This process's descriptors of an open file.
  private func descriptors(of path: String) throws -> [CInt] {
    var wanted = stat()
    try #require(stat(path, &wanted) == 0)
    return (0..<CInt(4096)).filter { descriptor in
      var found = stat()
      return fstat(descriptor, &found) == 0 && found.st_ino == wanted.st_ino && found.st_dev == wanted.st_dev
    }
  }

  @Test func theFirstWriterGoesOnUndisturbed() throws {
    let reference = try reference()
    let writer = try create()
    try store(0..<5, section: 0, into: writer)
    _ = kind { _ = try create(overwrite: true) }
    try complete(writer)
    #expect(try contents(path) == reference)
  }

  @Test func truncatedFilesAreRefused() throws {
    try leaveUnfinished()
    let whole = try contents(partial)
    for (length, problem) in [(whole.count - 1, ScanStoreError.Kind.damaged), (whole.count / 2, .truncated)] {
      try whole.prefix(length).write(to: URL(filePath: partial))
      #expect(kind { _ = try resume() } == problem)
    }
    try Data("nonsense".utf8).write(to: URL(filePath: partial))
    #expect(kind { _ = try resume() } == .notHDF5)
  }

  @Test func aFileOfOtherSizesIsRefused() throws {
    try leaveUnfinished()
    let sections = [JournaledWriter.Section(variables: ["a", "b"], points: 0..<39)]
    let error = kind {
      _ = try JournaledWriter.resume(path, identity: "card 1\nversion 1", schema: Self.schema, sections: sections)
    }
    #expect(error == .differentScan)
  }

  @Test func vanishedDirectory() throws {
    let folder = directory.url.appending(path: "gone")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let writer = try create(folder.appending(path: "scan.h5").path)
    try FileManager.default.removeItem(at: folder)
    #expect(kind { try complete(writer) } == .noSuchDirectory)
    #expect(kind { _ = try create(folder.appending(path: "scan.h5").path) } == .noSuchDirectory)
  }

  @Test func wrongNumberOfBytesIsRefused() throws {
    let writer = try create()
    let columns = [StoredBytes([1.5, 2.5]), StoredBytes([1] as [UInt8])]
    withExtendedLifetime(columns) {
      let problem = kind { try writer.store(section: 0, points: 0..<2, columns: columns.map(\.buffer)) }
      #expect(problem == .outOfRange)
    }
  }
}

/// Numbers in memory that stays where it is.
private final class StoredBytes {
  let buffer: UnsafeRawBufferPointer

  init<Element: StoredElement>(_ values: [Element]) {
    buffer = values.withUnsafeBytes { source in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 8)
      copy.copyMemory(from: source)
      return UnsafeRawBufferPointer(copy)
    }
  }

  deinit { buffer.deallocate() }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
