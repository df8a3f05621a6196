import Foundation
import ScanStore
import Scanning
import Testing

@Suite struct ExclusionCountTests {
  private func counts(_ name: String, _ masks: [UInt32]) throws -> ExclusionCounts? {
    let path = FileManager.default.temporaryDirectory.appending(path: "counts-\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let schema = FileSchema(
      dimensions: [.init("point", size: masks.count)],
      variables: [
        .init(
          name, dimensions: ["point"], content: .values(StoredArray(masks)),
          attributes: [
            "flag_masks": .numbers([1, 2, 1 << 31] as [UInt32]), "flag_meanings": "moment relic not_computed",
          ])
      ])
    try ScanFileWriter.create(path, schema: schema).publish()
    return try ExclusionCounts(of: ScanFile.open(path))
  }

  /// More points than are read at a time.
  @Test func bitsAreCounted() throws {
    let few: [UInt32] = [0, 1, 2, 3, 1 << 31, 1 << 31 + 1, 0]
    let found = try #require(try counts("excluded", (0..<300_000).flatMap { _ in few }))
    #expect(found.points == 2_100_000 && found.allowed == 600_000)
    #expect(found.bits.map(\.name) == ["moment", "relic", "not_computed"])
    #expect(found.bits.map(\.points) == [900_000, 600_000, 600_000])
  }

  @Test func otherFilesHaveNone() throws { #expect(try counts("delta_a_mu", [0, 1]) == nil) }
}
