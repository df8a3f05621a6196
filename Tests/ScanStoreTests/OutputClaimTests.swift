import Foundation
import ScanStore
import Testing

/// One process at a time makes an output, and nothing is written through or over what leptoscan did not make.
@Suite struct OutputClaimTests {
  private let directory: TemporaryDirectory
  private let path: String
  private static let endings = [".part", ".part.new", ".part.journal"]

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("out")
  }

  private func kind(_ body: () throws -> Void) -> ScanStoreError.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? ScanStoreError)?.kind
    }
  }

  private func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }
  private func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
  private var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: directory.url.path).sorted() }
  }

  /// Every way to make a file.
  private static let makers: [(name: String, make: @Sendable (String, Bool) throws -> Void)] = [
    ("text", { try TextFile.write("new", to: $0, overwrite: $1) }),
    ("file", { _ = try ScanFileWriter.create($0, schema: Example.schema, overwrite: $1).publish() }),
    ("scan", { try journaled($0, overwrite: $1).publish() }),
    ("unresumable", { try journaled($0, overwrite: $1, isResumable: false).publish() }),
    (
      "resumed",
      {
        try JournaledWriter.resume($0, identity: "card", schema: Example.schema, sections: [], overwrite: $1).publish()
      }
    ),
    (
      "copy",
      {
        let original = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { unlink(original) }
        try Example.write(to: original)
        try ScanFile.open(original).repack(to: $0, overwrite: $1)
      }
    ),
  ]

  private static func journaled(
    _ path: String, overwrite: Bool, isResumable: Bool = true
  ) throws -> JournaledWriter {
    try JournaledWriter.create(
      path, identity: "card", schema: Example.schema, sections: [], overwrite: overwrite, isResumable: isResumable)
  }

  @Test(arguments: makers.indices) func oneAtATime(maker: Int) throws {
    let claim = try OutputClaim(path, overwrite: false)
    // Each waits for two seconds.
    #expect(kind { try Self.makers[maker].make(path, maker % 2 == 0) } == .locked)
    if maker == 0 { #expect(kind { try OutputPath.check(path, overwrite: false) } == .locked) }
    withExtendedLifetime(claim) {}
  }

  @Test(arguments: makers.indices) func whatAKilledProcessLeftIsReplaced(maker: Int) throws {
    for ending in [".part", ".part.new"] { try write("half", to: path + ending) }
    try write("", to: path + ".part.journal")
    try OutputPath.check(path, overwrite: false)
    try Self.makers[maker].make(path, false)
    #expect(try files == ["out"])
  }

  /// A scan that can be gone on with is not replaced unasked, and not forgotten by one that fails before it writes.
  @Test(arguments: makers.indices) func anUnfinishedScanIsKept(maker: Int) throws {
    do { _ = try Self.journaled(path, overwrite: false) }
    let journal = try Data(contentsOf: URL(filePath: path + ".part.journal"))
    if Self.makers[maker].name == "resumed" { return try Self.makers[maker].make(path, false) }
    #expect(kind { try Self.makers[maker].make(path, false) } == .unfinishedExists)
    _ = try OutputClaim(path, overwrite: true)
    #expect(try Data(contentsOf: URL(filePath: path + ".part.journal")) == journal)
    try Self.makers[maker].make(path, true)
    #expect(try files == ["out"])
  }

  /// Nobody goes on with a file that its writer did not complete.
  @Test func nothingIsLeftOfAWriterThatIsGivenUp() throws {
    do { _ = try ScanFileWriter.create(path, schema: Example.schema) }
    do { try TextFile(path, overwrite: false).append("half") }
    #expect(try files == [])
  }

  /// The name of the unfinished file leads to another one: that is left alone, and not published.
  @Test func anotherFileIsNotPublished() throws {
    let writer = try ScanFileWriter.create(path, schema: Example.schema)
    let table = try TextFile(directory.path("table"), overwrite: false)
    let scan = try Self.journaled(directory.path("scan"), overwrite: false)
    for name in ["out", "table", "scan"] {
      unlink(directory.path(name) + ".part")
      try write("other", to: directory.path(name) + ".part")
    }
    #expect(kind { try writer.publish() } == .system)
    #expect(kind { try table.publish() } == .system)
    #expect(kind { try scan.publish() } == .system)
    scan.discard()
    #expect(try files.filter { !$0.hasSuffix(".journal") } == ["out.part", "scan.part", "table.part"])
    for name in ["out", "table", "scan"] { #expect(try text(of: directory.path(name) + ".part") == "other") }
  }

  /// Symbolic links at the place of every file beside the output, and hard links at that of the journal.
  @Test(arguments: makers.indices, endings) func linksAreNotFollowed(maker: Int, ending: String) throws {
    let victim = directory.path("victim")
    for isSymbolic in [true, false] where isSymbolic || ending == ".part.journal" {
      for content in ["precious", "", "leptoscan journal 2\n"] {
        try write(content, to: victim)
        if isSymbolic {
          try FileManager.default.createSymbolicLink(atPath: path + ending, withDestinationPath: victim)
        } else {
          try FileManager.default.linkItem(atPath: victim, toPath: path + ending)
        }
        for overwrite in [false, true] {
          let outcome = kind { try Self.makers[maker].make(path, overwrite) }
          #expect(ending != ".part.journal" || outcome == .unusableName)
          #expect(try text(of: victim) == content)
        }
        for name in try files where name != "victim" { unlink(directory.path(name)) }
      }
    }
  }

  /// An unfinished scan whose files were replaced with links to them is not gone on with.
  @Test(arguments: [".part", ".part.journal"]) func aScanIsNotResumedThroughALink(ending: String) throws {
    do { _ = try Self.journaled(path, overwrite: false) }
    let victim = directory.path("victim")
    try FileManager.default.moveItem(atPath: path + ending, toPath: victim)
    try FileManager.default.createSymbolicLink(atPath: path + ending, withDestinationPath: victim)
    let before = try Data(contentsOf: URL(filePath: victim))
    for overwrite in [false, true] {
      let outcome = kind {
        _ = try JournaledWriter.resume(
          path, identity: "card", schema: Example.schema, sections: [], overwrite: overwrite)
      }
      #expect(outcome == .unusableName)
    }
    #expect(try Data(contentsOf: URL(filePath: victim)) == before)
  }

  @Test(arguments: makers.indices) func otherFilesAndPipesAreLeftAlone(maker: Int) throws {
    let journal = path + ".part.journal"
    try write("precious", to: journal)
    #expect(kind { try Self.makers[maker].make(path, true) } == .unusableName)
    #expect(try text(of: journal) == "precious")
    unlink(journal)
    #expect(mkfifo(journal, 0o600) == 0)
    #expect(kind { try Self.makers[maker].make(path, true) } == .unusableName)
    unlink(journal)
    try FileManager.default.createDirectory(atPath: journal, withIntermediateDirectories: false)
    #expect(kind { try Self.makers[maker].make(path, true) } == .isDirectory)
    #expect(try files == ["out.part.journal"])
  }

  /// Opening a pipe that nobody writes would wait for ever.
  @Test func pipesAreNoFiles() throws {
    #expect(mkfifo(path, 0o600) == 0)
    #expect(kind { _ = try ScanFile.open(path) } == .notHDF5)
    #expect(kind { _ = try ScanFile.open("/dev/null") } == .notHDF5)
  }
}
