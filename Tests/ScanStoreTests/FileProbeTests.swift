import Foundation
import ScanStore
import Testing

/// A process that reads a file before this one does, and dies, hangs or swells in the attempt: stand-ins do that here, never a
/// file.
@Suite struct FileProbeTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("file.h5")
    try Data("anything".utf8).write(to: URL(filePath: path))
  }

  private func problem(_ script: String, seconds: Double = 60) -> ScanStoreError? {
    do {
      try FileProbe(command: ["/bin/sh", "-c", script, "probe"], seconds: seconds).check(path, reading: ["x"])
      return nil
    } catch {
      return error as? ScanStoreError
    }
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGKILL]) func aDeathIsAnError(signal: Int32) throws {
    let error = try #require(problem("kill -\(signal) $$"))
    #expect(error.kind == .damaged && error.path == path)
    #expect(error.description.contains("ends with signal \(signal) while it reads it"))
  }

  @Test func whatHangsIsEnded() throws {
    let error = try #require(problem("exec sleep 1000", seconds: 0.2))
    #expect(error.kind == .damaged && error.description.contains("reading it takes more than 0 s"))
  }

  @Test func otherEnds() throws {
    #expect(problem("exit 0") == nil)
    // Here, too, reading will fail, and say why.
    #expect(problem("exit \(FileProbe.readingFails)") == nil)
    #expect(problem("exit \(FileProbe.needsTooMuch)")?.reason.contains("too much memory") == true)
    #expect(problem("exit 3")?.kind == .damaged)
    let missing = FileProbe(command: [directory.path("none")])
    #expect { try missing.check(path, reading: []) } throws: { ($0 as? ScanStoreError)?.call == "posix_spawn" }
  }

  @Test func getsTheFileAndTheVariables() throws {
    #expect(problem("[ \"$1\" = '\(path)' ] && [ \"$2\" = x ]") == nil)
  }

  /// What was read once is not read again, unless the file changes or other variables are asked for.
  @Test func eachFileIsTriedOnce() throws {
    let log = directory.path("log")
    let probe = FileProbe(command: ["/bin/sh", "-c", "echo >> '\(log)'"])
    for variables in [[], ["a"], [], ["a"]] { try probe.check(path, reading: variables) }
    #expect(try Data(contentsOf: URL(filePath: log)).count == 2)
    try Data("anything else".utf8).write(to: URL(filePath: path))
    try probe.check(path, reading: [])
    #expect(try Data(contentsOf: URL(filePath: log)).count == 3)
  }
}
