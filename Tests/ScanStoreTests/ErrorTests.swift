import Foundation
import ScanStore
import Testing

@Suite struct ErrorTests {
  private let directory: TemporaryDirectory
  private let schema = FileSchema(
    dimensions: [.init("x", size: 4)], variables: [.init("y", dimensions: ["x"], content: .reserved(.float64))])

  init() throws { directory = try TemporaryDirectory() }

  private func error(_ body: () throws -> Void) throws -> ScanStoreError {
    try #require(#expect(throws: ScanStoreError.self) { try body() })
  }

  @Test func missingDirectory() throws {
    let path = directory.path("runs/scan.h5")
    let error = try error { _ = try ScanFileWriter.create(path, schema: schema) }
    #expect(error.kind == .noSuchDirectory)
    let parent = directory.path("runs")
    #expect(
      error.description
        == "cannot create \(path) (access failed: No such file or directory) make the directory first: "
        + "mkdir -p \(parent)")
  }

  @Test func missingFile() throws {
    let error = try error { _ = try ScanFile.open(directory.path("scan.h5")) }
    #expect(error.kind == .noSuchFile && error.call == "open")
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func noPermission() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: directory.url.path)
    let error = try error { _ = try ScanFileWriter.create(directory.path("scan.h5"), schema: schema) }
    #expect(error.kind == .noPermission)
  }

  @Test func existingFileIsKept() throws {
    let path = directory.path("scan.h5")
    try Data("precious".utf8).write(to: URL(filePath: path))
    let error = try error { _ = try ScanFileWriter.create(path, schema: schema) }
    #expect(error.kind == .alreadyExists && error.path == path)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("precious".utf8))
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  @Test func unfinishedFileOfAnotherWriterIsKept() throws {
    let path = directory.path("scan.h5")
    let first = try ScanFileWriter.create(path, schema: schema)
    try first.write(variable: "y", values: [1.0, 2, 3, 4])
    let error = try error { _ = try ScanFileWriter.create(path, schema: schema) }
    #expect(error.kind == .locked && error.path == path + ".part.journal")
    #expect(try ScanFile.open(path + ".part").readDoubles("y") == [1, 2, 3, 4])
  }

  @Test func fileMadeMeanwhileIsKept() throws {
    let path = directory.path("scan.h5")
    let writer = try ScanFileWriter.create(path, schema: schema)
    try Data("precious".utf8).write(to: URL(filePath: path))
    #expect(try error { try writer.publish() }.kind == .alreadyExists)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("precious".utf8))
  }

  @Test func overwritingReplacesAtPublication() throws {
    let path = directory.path("scan.h5")
    try Data("old".utf8).write(to: URL(filePath: path))
    let writer = try ScanFileWriter.create(path, schema: schema, overwrite: true)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("old".utf8))
    try writer.publish()
    #expect(try ScanFile.open(path).readDoubles("y") == [0, 0, 0, 0])
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  @Test(arguments: ["", "m_phi,h_mue\n0.3,0.01\n"])
  func notHDF5(content: String) throws {
    let path = directory.path("scan.h5")
    try Data(content.utf8).write(to: URL(filePath: path))
    let error = try error { _ = try ScanFile.open(path) }
    #expect(error.kind == .notHDF5)
    #expect(error.description.hasPrefix("cannot open \(path) (it is not an HDF5 file) "))
  }

  @Test func directoryInsteadOfFile() throws {
    let error = try error { _ = try ScanFile.open(directory.url.path) }
    #expect(error.kind == .isDirectory)
  }

  @Test func truncatedFile() throws {
    let path = directory.path("scan.h5")
    try Example.write(to: path)
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.prefix(bytes.count - 1000).write(to: URL(filePath: path))
    let error = try error { _ = try ScanFile.open(path) }
    #expect(error.kind == .truncated && error.call == "H5Fopen")
    #expect(error.reason.contains("truncated file: eof = "))
  }

  @Test func lockedFile() throws {
    let path = directory.path("scan.h5")
    try Example.write(to: path)
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let error = try error { _ = try ScanFile.open(path) }
    #expect(error.kind == .locked)
    #expect(error.suggestion.contains("HDF5_USE_FILE_LOCKING=FALSE"))
  }

  @Test func noSpace() throws {
    // 8 TB: more than is free, less than what a file system takes for an impossible size.
    let huge = FileSchema(
      dimensions: [.init("x", size: 1_000_000_000_000)],
      variables: [.init("y", dimensions: ["x"], content: .reserved(.float64))])
    let path = directory.path("scan.h5")
    let error = try error { _ = try ScanFileWriter.create(path, schema: huge) }
    #expect(error.kind == .noSpace)
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  @Test func writesOutsideAreRefused() throws {
    let writer = try ScanFileWriter.create(directory.path("scan.h5"), schema: schema)
    func kind(_ variable: String, _ offset: Int, byteCount: Int) throws -> ScanStoreError.Kind {
      let bytes = [UInt8](repeating: 1, count: byteCount)
      return try error {
        try bytes.withUnsafeBytes { try writer.write(variable: variable, elementOffset: offset, bytes: $0) }
      }.kind
    }
    #expect(try kind("z", 0, byteCount: 8) == .noSuchVariable)
    #expect(try kind("y", 0, byteCount: 40) == .outOfRange)
    #expect(try kind("y", 4, byteCount: 8) == .outOfRange)
    #expect(try kind("y", -1, byteCount: 8) == .outOfRange)
    #expect(try kind("y", .max, byteCount: 8) == .outOfRange)
    #expect(try kind("y", 0, byteCount: 7) == .outOfRange)
    #expect(try error { try writer.write(variable: "y", values: [1] as [Float]) }.kind == .wrongType)
    #expect(try ScanFile.open(writer.partialPath).readDoubles("y") == [0, 0, 0, 0])
  }

  @Test func readsOutsideAreRefused() throws {
    let path = directory.path("scan.h5")
    try Example.write(to: path)
    let file = try ScanFile.open(path)
    #expect(try error { _ = try file.readDoubles("z") }.kind == .noSuchVariable)
    #expect(try error { _ = try file.readDoubles("h_mue", elements: 0..<5) }.kind == .outOfRange)
    #expect(try error { _ = try file.readDoubles("h_mue", elements: -1..<1) }.kind == .outOfRange)
    let tooLong = Hyperslab(start: [1, 2], count: [1, 3])
    #expect(try error { _ = try file.readDoubles("delta_a_mu", in: tooLong) }.kind == .outOfRange)
    let wrongRank = Hyperslab(start: [0], count: [1])
    #expect(try error { _ = try file.readDoubles("delta_a_mu", in: wrongRank) }.kind == .outOfRange)
    #expect(try error { _ = try file.readDoubles("resolved_card") }.kind == .wrongType)
    #expect(try error { _ = try file.readText("h_mue") }.kind == .wrongType)
    #expect(try error { _ = try file.readValues("h_mue", as: Float.self) }.kind == .wrongType)
  }
}
