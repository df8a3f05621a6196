import Foundation
import ScanStore
import Testing

@Suite struct ChecksumTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func checksums<Element: StoredElement>(of values: [Element]) throws -> [UInt64]? {
    let path = directory.path("scan.h5")
    let content = FileSchema.Content.values(StoredArray(values))
    let schema = FileSchema(
      dimensions: [.init("x", size: values.count)], variables: [.init("y", dimensions: ["x"], content: content)],
      hasChecksums: true)
    try ScanFileWriter.create(path, schema: schema, overwrite: true).publish()
    return try ScanFile.open(path).checksums(of: "y")
  }

  /// The first outputs of SplitMix64 for these seeds, as its authors' program prints them.
  @Test func knownOutputsOfSplitMix64() throws {
    #expect(try checksums(of: [0] as [UInt64]) == [0xE220_A839_7B1D_CDAF])
    #expect(try checksums(of: [0, 0] as [UInt64]) == [0xE220_A839_7B1D_CDAF &+ 0x6E78_9E6A_A1B9_65F4])
    #expect(try checksums(of: [1_234_567] as [UInt64]) == [6_457_827_717_110_365_317])
    #expect(
      try checksums(of: [1_234_567, 1_234_567] as [UInt64]) == [6_457_827_717_110_365_317 &+ 3_203_168_211_198_807_973])
  }

  @Test func shortElementsAreExtendedWithZeros() throws {
    let wide = try checksums(of: [200, 0, 7] as [UInt64])
    #expect(try checksums(of: [200, 0, 7] as [UInt8]) == wide)
    #expect(try checksums(of: [200, 0, 7] as [UInt32]) == wide)
    #expect(try checksums(of: [Float(bitPattern: 200), 0, Float(bitPattern: 7)]) == wide)
  }

  @Test func oneSumPerMebibyte() throws {
    let perBlock = BlockChecksums.blockBytes / 8
    #expect(try checksums(of: [Double](repeating: 1, count: perBlock))?.count == 1)
    let sums = try #require(try checksums(of: [Double](repeating: 1, count: perBlock + 1)))
    #expect(sums.count == 2 && sums[0] != sums[1])
  }

  @Test func orderMatters() throws {
    #expect(try checksums(of: [1.0, 2.0]) != checksums(of: [2.0, 1.0]))
    #expect(try checksums(of: [0.0]) != checksums(of: [-0.0]))
  }

  @Test func readersOfNetCDFDoNotMeetThem() throws {
    _ = try checksums(of: [1.0])
    let file = try ScanFile.open(directory.path("scan.h5"))
    #expect(file.variables.map(\.name) == ["y"])
    #expect(file.dimensions == [.init("x", size: 1)])
  }

  @Test func damageIsNamed() throws {
    let perBlock = BlockChecksums.blockBytes / 8
    _ = try checksums(of: [Double](repeating: 1, count: 3 * perBlock + 5))
    let path = directory.path("scan.h5")
    let extent = try #require(try ScanFile.open(path).variable("y").extent)
    for (element, block) in [(0, 0), (perBlock - 1, 0), (perBlock, 1), (3 * perBlock + 4, 3)] {
      try flipBit(at: extent.byteOffset + 8 * element + 3, of: path)
      let reader = try CheckedReader(ScanFile.open(path), variable: "y")
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: extent.byteCount, alignment: 8)
      defer { buffer.deallocate() }
      let damaged = try reader.read(elements: 0..<extent.elementCount, into: buffer)
      let elements = block * perBlock..<min((block + 1) * perBlock, extent.elementCount)
      #expect(damaged.map(\.variable) == ["y"] && damaged.map(\.block) == [block])
      #expect(damaged.map(\.elements) == [elements])
      try flipBit(at: extent.byteOffset + 8 * element + 3, of: path)
    }
  }

  @Test func intactNumbersOfEveryTypeBecomeDoubles() throws {
    func doubles<Element: StoredElement>(of values: [Element]) throws -> [Double] {
      _ = try checksums(of: values)
      return try ScanFile.open(directory.path("scan.h5")).intactDoubles("y")
    }
    #expect(try doubles(of: [0.1, -2.5]) == [0.1, -2.5])
    #expect(try doubles(of: [0.1, -2.5] as [Float]) == [Double(Float(0.1)), -2.5])
    #expect(try doubles(of: [0, 255] as [UInt8]) == [0, 255])
    #expect(try doubles(of: [.min, .max] as [Int32]) == [-2_147_483_648, 2_147_483_647])
    #expect(try doubles(of: [0, .max] as [UInt32]) == [0, 4_294_967_295])
    #expect(try doubles(of: [-3, 1 << 60] as [Int64]) == [-3, 0x1p60])
    #expect(try doubles(of: [3, 1 << 63] as [UInt64]) == [3, 0x1p63])
  }

  @Test func aRangeIsReadAfterALookAtItsBlocksOnly() throws {
    let perBlock = BlockChecksums.blockBytes / 8
    _ = try checksums(of: (0..<3 * perBlock).map(Double.init))
    let path = directory.path("scan.h5")
    try flipBit(at: try #require(ScanFile.open(path).variable("y").extent).byteOffset, of: path)
    let reader = try CheckedReader(ScanFile.open(path), variable: "y")
    let range = 2 * perBlock - 1..<2 * perBlock + 2
    #expect(try reader.intactDoubles(range) == range.map(Double.init))
    let error = #expect(throws: ScanStoreError.self) { try reader.intactDoubles(perBlock - 1..<perBlock + 1) }
    #expect(error?.kind == .damaged && error?.reason.hasPrefix("its block 0 ") == true)
  }

  private func flipBit(at offset: Int, of path: String) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.seek(toOffset: UInt64(offset))
    let byte = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data([byte ^ 0x10]))
    try file.close()
  }
}
