import Foundation
import ScanStore
import Testing

@Suite struct RoundTripTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func metadataComeBackInOrder() throws {
    let path = directory.path("scan.h5")
    try Example.write(to: path)
    let file = try ScanFile.open(path)
    #expect(file.dimensions == Example.dimensions)
    #expect(file.variables.map(\.name) == (Example.coordinates + Example.columns).map(\.name))
    #expect(
      file.variables.map(\.dimensions) == (Example.coordinates + Example.columns).map(\.dimensions))
    #expect(file.attributes.first?.name == "Conventions")
    #expect(file.attributes["Conventions"] == "CF-1.11")
    #expect(file.attributes.dropFirst().map(\.name) == Example.schema.attributes.map(\.name))
    for attribute in Example.schema.attributes {
      #expect(file.attributes[attribute.name] == attribute.value, "\(attribute.name)")
    }
  }

  @Test func attributesOfVariablesHaveTheirTypes() throws {
    let path = directory.path("scan.h5")
    try Example.write(to: path)
    let file = try ScanFile.open(path)
    let status = try file.variable("status")
    #expect(status.content == .numbers(.uint8))
    #expect(status.attributes["flag_values"]?.values() == [0, 1, 2] as [UInt8])
    #expect(status.attributes["_FillValue"] == nil)
    let width: [Float]? = try file.variable("width_invisible").attributes["_FillValue"]?.values()
    #expect(width?.count == 1 && width?.first?.isNaN == true)
    let density: [Double]? = try file.variable("relic_density").attributes["_FillValue"]?.values()
    #expect(density?.count == 1 && density?.first?.isNaN == true)
    #expect(try file.variable("m_phi").attributes["_FillValue"] == nil)
  }

  @Test func numbersComeBack() throws {
    let path = directory.path("scan.h5")
    try Example.write(to: path)
    let file = try ScanFile.open(path)
    #expect(try file.readDoubles("h_mue") == [1e-4, 1e-3, 1e-2, 1e-1])
    #expect(try file.readDoubles("relic_density") == (0..<48).map { Double($0) + 0.5 })
    #expect(try file.readDoubles("width_invisible") == (0..<12).map { Double($0) + 0.5 })
    #expect(try file.readValues("status") == (0..<48).map { UInt8($0) })
    #expect(try file.readValues("seed") == [UInt64.max])
    #expect(try file.readText("resolved_card") == Example.card)
    #expect(try file.readTexts("resolved_card") == [Example.card])
    #expect(try file.readTexts("constraint") == Example.labels)
    #expect(throws: ScanStoreError.self) { try file.readText("constraint") }
    #expect(throws: ScanStoreError.self) { try file.readTexts("h_mue") }
  }

  @Test func boxesAndRangesComeBack() throws {
    let path = directory.path("scan.h5")
    try Example.write(to: path)
    let file = try ScanFile.open(path)
    let box = Hyperslab(start: [1, 2, 0, 1], count: [2, 1, 2, 1])
    // Row-major strides are 16, 4, 2, 1.
    #expect(try file.readDoubles("relic_density", in: box) == [25.5, 27.5, 41.5, 43.5])
    for range in [0..<48, 0..<1, 3..<3, 5..<6, 1..<47, 16..<32, 15..<33, 18..<23, 47..<48] {
      #expect(try file.readDoubles("relic_density", elements: range) == range.map { Double($0) + 0.5 }, "\(range)")
    }
    #expect(try file.readValues("count", elements: 2..<4) == [2, 3] as [Int64])
  }

  @Test func bytesLieAtTheExtents() throws {
    let path = directory.path("scan.h5")
    let writer = try Example.write(to: path)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let extent = try #require(writer.extents["relic_density"])
    #expect(extent.elementCount == 48 && extent.byteCount == 384 && extent.type == .float64)
    let found = bytes[extent.byteOffset..<(extent.byteOffset + extent.byteCount)]
    #expect([UInt8](found) == (0..<48).map { Double($0) + 0.5 }.withUnsafeBytes { [UInt8]($0) })
    let file = try ScanFile.open(path)
    for (name, extent) in writer.extents { #expect(try file.variable(name).extent == extent) }
    #expect(writer.extents["resolved_card"] == nil)
  }

  @Test func largeVariablesBeginAtPages() throws {
    let schema = FileSchema(
      dimensions: [.init("x", size: 100_001)],
      variables: ["a", "b"].map { .init($0, dimensions: ["x"], content: .reserved(.uint8)) })
    let writer = try ScanFileWriter.create(directory.path("scan.h5"), schema: schema)
    for extent in writer.extents.values { #expect(extent.byteOffset % 4096 == 0) }
  }

  @Test func equalContentGivesEqualBytes() throws {
    let (first, second) = (directory.path("first.h5"), directory.path("second.h5"))
    try Example.write(to: first)
    try Example.write(to: second)
    #expect(try Data(contentsOf: URL(filePath: first)) == Data(contentsOf: URL(filePath: second)))
  }
}
