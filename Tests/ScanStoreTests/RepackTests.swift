import Foundation
import ScanStore
import Testing

@Suite struct RepackTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Shapes with one and several axes, larger and smaller than a chunk, none a multiple of it.
  private static let shapes = [
    [1], [40_000], [7, 33_001], [3, 5, 40_001], [201, 17, 13, 11], [90_000, 1], [2, 1, 70_000],
  ]

  /// A file of every shape with numbers that compress well, and its copy.
  private func packed() throws -> (original: ScanFile, copy: ScanFile) {
    let (path, copy) = (directory.path("scan.h5"), directory.path("archive.h5"))
    var dimensions: [FileSchema.Dimension] = []
    var variables: [FileSchema.Variable] = []
    for (number, shape) in Self.shapes.enumerated() {
      let names = shape.indices.map { "d\(number)_\($0)" }
      dimensions += zip(names, shape).map { .init($0, size: $1) }
      let values = (0..<shape.reduce(1, *)).map { Float($0 % 1000) / 8 }
      variables.append(
        .init("v\(number)", dimensions: names, content: .values(StoredArray(values)), attributes: ["units": "GeV"]))
    }
    let schema = FileSchema(dimensions: dimensions, variables: variables, hasChecksums: true)
    try ScanFileWriter.create(path, schema: schema).publish()
    try ScanFile.open(path).repack(to: copy)
    return (try ScanFile.open(path), try ScanFile.open(copy))
  }

  @Test func numbersAndChecksumsAreKept() throws {
    let (original, copy) = try packed()
    #expect(copy.dimensions == original.dimensions && copy.attributes == original.attributes)
    #expect(copy.hasCheckedMetadata)
    for (old, new) in zip(original.variables, copy.variables) {
      #expect((old.name, old.dimensions, old.shape, old.content) == (new.name, new.dimensions, new.shape, new.content))
      #expect(old.attributes == new.attributes)
      #expect((new.extent == nil) == (new.elementCount * 4 >= ScanFile.leastCompressedBytes))
      let (a, b): ([Float], [Float]) = (try original.readValues(old.name), try copy.readValues(new.name))
      #expect(a == b)
      #expect(try original.checksums(of: old.name) == copy.checksums(of: new.name))
      let reader = try CheckedReader(copy, variable: new.name)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: new.elementCount * 4, alignment: 8)
      defer { buffer.deallocate() }
      #expect(try reader.read(elements: 0..<new.elementCount, into: buffer).isEmpty)
    }
    let sizes = try [original, copy].map { try FileManager.default.attributesOfItem(atPath: $0.path)[.size] as? Int }
    #expect(sizes[1] ?? .max < (sizes[0] ?? 0) / 4)
  }

  @Test func equalContentGivesEqualBytes() throws {
    let (original, copy) = try packed()
    let again = directory.path("again.h5")
    try original.repack(to: again)
    #expect(try Data(contentsOf: URL(filePath: copy.path)) == Data(contentsOf: URL(filePath: again)))
    // What is packed already can be packed again.
    let twice = directory.path("twice.h5")
    try copy.repack(to: twice)
    #expect(try Data(contentsOf: URL(filePath: twice)) == Data(contentsOf: URL(filePath: again)))
  }

  @Test func everythingOfAScanIsKept() throws {
    let (path, copy) = (directory.path("scan.h5"), directory.path("archive.h5"))
    try Example.write(to: path)
    let original = try ScanFile.open(path)
    try original.repack(to: copy, level: 9)
    let packed = try ScanFile.open(copy)
    #expect(packed.variables.map(\.name) == original.variables.map(\.name))
    #expect(packed.attributes == original.attributes)
    #expect(try packed.readTexts("constraint") == Example.labels)
    #expect(try packed.readDoubles("relic_density") == original.readDoubles("relic_density"))
  }

  @Test func nothingIsReplacedAndNothingLeftBehind() throws {
    let (path, copy) = (directory.path("scan.h5"), directory.path("archive.h5"))
    try Example.write(to: path)
    let file = try ScanFile.open(path)
    try file.repack(to: copy)
    #expect(throws: ScanStoreError.self) { try file.repack(to: copy) }
    try file.repack(to: copy, overwrite: true)
    #expect(throws: ScanStoreError.self) { try file.repack(to: directory.path("none/archive.h5")) }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: ScanStoreError.self) { try file.repack(to: directory.path("lost.h5")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["archive.h5"])
  }
}
