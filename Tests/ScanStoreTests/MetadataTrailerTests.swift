import Foundation
import ScanStore
import Testing

/// No byte of a file can change without being found, and none of them lets libhdf5 crash.
@Suite struct MetadataTrailerTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path("scan.h5")
  }

  /// The example with all its checksums.
  private func writeExample() throws {
    let reserved = Example.columns.filter { if case .reserved = $0.content { true } else { false } }
    let sections = reserved.map { variable in
      let count = variable.dimensions.reduce(1) { product, name in
        product * (Example.dimensions.first { $0.name == name }?.size ?? 1)
      }
      return JournaledWriter.Section(variables: [variable.name], points: 0..<count)
    }
    let writer = try JournaledWriter.create(path, identity: "example", schema: Example.schema, sections: sections)
    for (index, section) in sections.enumerated() {
      let size = reserved[index].content.storedType?.size ?? 1
      let bytes = (0..<section.points.count * size).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      try bytes.withUnsafeBytes { try writer.store(section: index, points: section.points, columns: [$0]) }
    }
    try writer.publish()
  }

  /// Whether something is wrong with the numbers and texts of a file that opens.
  private func isDamaged(_ file: ScanFile) throws -> Bool {
    try file.variables.contains { variable in
      guard case .numbers = variable.content else { return try !file.damage(ofText: variable.name).isEmpty }
      let reader = try CheckedReader(file, variable: variable.name)
      let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: variable.elementCount * reader.type.size, alignment: 16)
      defer { buffer.deallocate() }
      return try !reader.hasChecksums || !reader.read(elements: 0..<variable.elementCount, into: buffer).isEmpty
    }
  }

  /// Every seventh byte; LEPTOSCAN_EVERY_BYTE=1 takes all.
  @Test func everyFlippedByteIsFound() throws {
    let step = ProcessInfo.processInfo.environment["LEPTOSCAN_EVERY_BYTE"] == nil ? 7 : 1
    try writeExample()
    #expect(try ScanFile.open(path).hasCheckedMetadata)
    #expect(try !isDamaged(ScanFile.open(path)))
    let intact = try Data(contentsOf: URL(filePath: path))
    let file = try FileHandle(forUpdating: URL(filePath: path))
    var refused = 0
    for offset in stride(from: 0, to: intact.count, by: step) {
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: [intact[offset] ^ UInt8(1 << (offset / step % 8))])
      do {
        let damaged = try isDamaged(ScanFile.open(path))
        #expect(damaged, "byte \(offset)")
      } catch let error as ScanStoreError {
        #expect([.damaged, .notHDF5].contains(error.kind), "byte \(offset): \(error)")
        refused += 1
      }
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: [intact[offset]])
    }
    #expect(refused > intact.count / step / 2)
    #expect(try !isDamaged(ScanFile.open(path)))
  }

  @Test func whatFollowsTheTrailerIsRefused() throws {
    try writeExample()
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(repeating: 0, count: 100))
    #expect { try ScanFile.open(path) } throws: { ($0 as? ScanStoreError)?.kind == .damaged }
  }

  @Test(arguments: [1, 20, 60, 1000]) func truncatedFilesAreRefusedOrHaveNoTrailer(cut: Int) throws {
    try writeExample()
    let length = try Data(contentsOf: URL(filePath: path)).count
    truncate(path, off_t(length - cut))
    #expect { try ScanFile.open(path) } throws: { error in
      [.damaged, .truncated].contains((error as? ScanStoreError)?.kind)
    }
  }

  /// Metadata are final from the start, and checked from the start.
  @Test func unfinishedFilesAreChecked() throws {
    let writer = try ScanFileWriter.create(path, schema: Example.schema)
    try Example.fill(writer)
    #expect(try ScanFile.open(writer.partialPath).hasCheckedMetadata)
    let file = try FileHandle(forUpdating: URL(filePath: writer.partialPath))
    try file.seek(toOffset: 100)
    try file.write(contentsOf: [0xff])
    #expect { try ScanFileWriter.reopen(path) } throws: { ($0 as? ScanStoreError)?.kind == .damaged }
  }
}
