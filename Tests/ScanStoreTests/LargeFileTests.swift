import Dispatch
import Foundation
import ScanStore
import Testing

/// Files that are large enough to be written past the page cache.
@Suite struct LargeFileTests {
  private let directory: TemporaryDirectory
  /// More than 16 MiB, and no whole number of blocks.
  private let count = 4_300_123

  init() throws { directory = try TemporaryDirectory() }

  private var schema: FileSchema {
    FileSchema(
      dimensions: [.init("x", size: count)],
      variables: [
        .init("y", dimensions: ["x"], content: .reserved(.float32)),
        .init("flag", dimensions: ["x"], content: .reserved(.uint8)),
      ], hasChecksums: true)
  }

  private var sections: [JournaledWriter.Section] { [.init(variables: ["y", "flag"], points: 0..<count)] }

  private var values: [Float] { (0..<count).map { Float($0) * 0.5 } }
  private var flags: [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) } }

  /// Ends of pieces: short and long ones, a few on block boundaries.
  private var cuts: [Int] {
    var (cuts, position, step) = ([0], 0, 1)
    while position < count {
      step = step * 31 % 40_009
      position = min(count, step % 5 == 0 ? (position / 4096 + 3) * 4096 : position + step)
      cuts.append(position)
    }
    return cuts
  }

  private func store(_ pieces: [Range<Int>], in writer: JournaledWriter) {
    let (values, flags) = (values, flags)
    DispatchQueue.concurrentPerform(iterations: pieces.count) { index in
      let piece = pieces[index]
      #expect(throws: Never.self) {
        try values[piece].withUnsafeBytes { y in
          try flags[piece].withUnsafeBytes { flag in
            try writer.store(section: 0, points: piece, columns: [y, flag])
          }
        }
      }
    }
  }

  /// The system's page cache knows nothing of what is written past it, and must show it all the same; `folder` is on a disk
  /// or in memory.
  @Test(arguments: [nil, "/dev/shm"]) func piecesOfAnySizeFromManyThreads(folder: String?) throws {
    guard folder.map(FileManager.default.fileExists) ?? true else { return }
    let path = folder.map { "\($0)/\(UUID().uuidString).h5" } ?? directory.path("scan.h5")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try JournaledWriter.create(path, identity: "test", schema: schema, sections: sections)
    #expect(try ScanFile.open(path + ".part").readDoubles("y", elements: 1000..<1001) == [0])
    store(zip(cuts, cuts.dropFirst()).map { $0..<$1 }, in: writer)
    #expect(try ScanFile.open(path + ".part").readDoubles("y", elements: 1000..<1001) == [500])
    try writer.publish()

    let file = try ScanFile.open(path)
    #expect(try file.readDoubles("y") == values.map(Double.init))
    #expect(try file.readDoubles("flag") == flags.map(Double.init))
    #expect(try !damaged(file, "y") && !damaged(file, "flag"))
  }

  @Test func wholeBlocksPiecesAndAResumedFileAreEqual() throws {
    let (whole, pieces) = (directory.path("whole.h5"), directory.path("pieces.h5"))
    do {
      let writer = try JournaledWriter.create(whole, identity: "test", schema: schema, sections: sections)
      store([0..<count], in: writer)
      try writer.publish()
    }
    let ranges = zip(cuts, cuts.dropFirst()).map { $0..<$1 }
    do {
      let writer = try JournaledWriter.create(pieces, identity: "test", schema: schema, sections: sections)
      store(Array(ranges[..<(ranges.count / 2)]), in: writer)
      try writer.checkpoint()
    }
    let writer = try JournaledWriter.resume(pieces, identity: "test", schema: schema, sections: sections)
    store([0..<count], in: writer)
    try writer.retract(section: 0, points: RangeSet([12_345..<15_000, 16_000..<23_456]))
    store([0..<count], in: writer)
    try writer.publish()
    #expect(try Data(contentsOf: URL(filePath: whole)) == Data(contentsOf: URL(filePath: pieces)))
  }

  private func damaged(_ file: ScanFile, _ variable: String) throws -> Bool {
    let reader = try CheckedReader(file, variable: variable)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count * reader.type.size, alignment: 4096)
    defer { buffer.deallocate() }
    return try !reader.read(elements: 0..<count, into: buffer).isEmpty
  }
}
