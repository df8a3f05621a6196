import Dispatch
import Foundation
import ScanStore
import Testing

@Suite struct WriterTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func schema(size: Int) -> FileSchema {
    FileSchema(
      dimensions: [.init("x", size: size)], variables: [.init("y", dimensions: ["x"], content: .reserved(.float64))])
  }

  @Test func fileHasItsNameOnlyWhenComplete() throws {
    let path = directory.path("scan.h5")
    let writer = try ScanFileWriter.create(path, schema: schema(size: 4))
    #expect(writer.partialPath == path + ".part")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.url.path).sorted() == [
        "scan.h5.part", "scan.h5.part.journal",
      ])
    try writer.publish()
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["scan.h5"])
  }

  @Test func relativePaths() throws {
    // The current directory belongs to the whole process, so the path climbs to the root instead.
    let depth = FileManager.default.currentDirectoryPath.split(separator: "/").count
    let path = String(repeating: "../", count: depth) + directory.path("scan.h5").dropFirst()
    try Example.write(to: path)
    #expect(try ScanFile.open(path).readDoubles("h_mue").count == 4)
  }

  @Test func threadsWriteSideBySide() throws {
    let (blocks, blockSize) = (64, 1000)
    let path = directory.path("scan.h5")
    let writer = try ScanFileWriter.create(path, schema: schema(size: blocks * blockSize))
    DispatchQueue.concurrentPerform(iterations: blocks) { block in
      let values = (block * blockSize..<(block + 1) * blockSize).map(Double.init)
      #expect(throws: Never.self) {
        try writer.write(variable: "y", elementOffset: block * blockSize, values: values)
      }
    }
    try writer.publish()
    #expect(try ScanFile.open(path).readDoubles("y") == (0..<blocks * blockSize).map(Double.init))
  }

  @Test func unfinishedFileIsReadAndResumed() throws {
    let (broken, whole) = (directory.path("broken.h5"), directory.path("whole.h5"))
    do {
      let writer = try ScanFileWriter.create(broken, schema: Example.schema)
      try writer.write(variable: "delta_a_mu", values: [0.5, 1.5])
      try writer.sync()
      // As a kill would leave it.
      try FileManager.default.copyItem(atPath: broken + ".part", toPath: broken + ".left")
    }
    #expect(!FileManager.default.fileExists(atPath: broken + ".part"), "nothing goes on with it")
    try FileManager.default.moveItem(atPath: broken + ".left", toPath: broken + ".part")
    let found = try ScanFile.open(broken + ".part")
    #expect(try found.readDoubles("delta_a_mu", elements: 0..<3) == [0.5, 1.5, 0])
    let writer = try ScanFileWriter.reopen(broken)
    try Example.fill(writer)
    try writer.publish()
    let reference = try Example.write(to: whole)
    #expect(writer.extents == reference.extents)
    #expect(try Data(contentsOf: URL(filePath: broken)) == Data(contentsOf: URL(filePath: whole)))
  }

  @Test func draftOfAKilledProcessIsReplaced() throws {
    let path = directory.path("scan.h5")
    try Data("half a file".utf8).write(to: URL(filePath: path + ".part.new"))
    try Example.write(to: path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["scan.h5"])
  }

  @Test func nothingToResume() {
    let error = #expect(throws: ScanStoreError.self) { try ScanFileWriter.reopen(directory.path("scan.h5")) }
    #expect(error?.kind == .noSuchFile)
  }

  @Test func offsetsBeyond4GiB() throws {
    let size = 700_000_000
    let path = directory.path("scan.h5")
    let writer = try ScanFileWriter.create(path, schema: schema(size: size), reservingSpace: false)
    try writer.write(variable: "y", elementOffset: size - 2, values: [1.25, 2.5])
    try writer.publish()
    #expect(try ScanFile.open(path).readDoubles("y", elements: size - 3..<size) == [0, 1.25, 2.5])
  }

  @Test func filesWithoutDimensions() throws {
    let path = directory.path("scan.h5")
    let schema = FileSchema(variables: [.init("s", content: .reserved(.float64)), .init("t", content: .text(""))])
    let writer = try ScanFileWriter.create(path, schema: schema)
    try writer.write(variable: "s", values: [2.5])
    try writer.publish()
    let file = try ScanFile.open(path)
    #expect(try file.readDoubles("s") == [2.5])
    #expect(try file.readText("t").isEmpty)
  }

  @Test func manyAttributesAndVariables() throws {
    let path = directory.path("scan.h5")
    var attributes = Attributes()
    for index in 0..<300 { attributes["attribute_\(index)"] = .text(String(repeating: "x", count: index)) }
    let variables = (0..<200).map { index in
      FileSchema.Variable("column_\(index)", dimensions: ["x"], content: .reserved(.float32), attributes: ["n": 1])
    }
    let schema = FileSchema(dimensions: [.init("x", size: 3)], variables: variables, attributes: attributes)
    try ScanFileWriter.create(path, schema: schema).publish()
    let file = try ScanFile.open(path)
    #expect(file.variables.map(\.name) == variables.map(\.name))
    #expect(file.attributes.dropFirst().map(\.value) == attributes.map(\.value))
  }

  @Test func longTexts() throws {
    let path = directory.path("scan.h5")
    // HDF5 keeps messages of 64 KiB and more apart.
    let text = String(repeating: "0123456789", count: 20_000)
    let schema = FileSchema(variables: [.init("t", content: .text(text))], attributes: ["a": .text(text)])
    try ScanFileWriter.create(path, schema: schema).publish()
    let file = try ScanFile.open(path)
    #expect(try file.readText("t") == text)
    #expect(file.attributes["a"]?.text == text)
  }
}
