import Foundation
import ScanStore
import Scanning
import Testing

@Suite struct ShardTests {
  private let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  @Test(arguments: [(1, 1), (10, 3), (3, 10), (1_000_000_000_000, 1_000_000), (0, 4)])
  func shardsCoverEverythingOnce(points: Int, count: Int) throws {
    var next = 0
    for index in 1...min(count, 2000) {
      let range = try #require(Shard(index, of: count)).points(of: points)
      #expect(range.lowerBound == next)
      #expect((points / count...points / count + 1).contains(range.count))
      next = range.upperBound
    }
    #expect(try #require(Shard(count, of: count)).points(of: points).upperBound == points)
  }

  @Test(arguments: ["0/3", "4/3", "1/0", "-1/3", "1", "1/", "/3", "1/2/3", "a/b", "1/1000001", "1 /3", ""])
  func badShards(text: String) { #expect(Shard(text) == nil) }

  /// More shards than the smaller passes have points, so that some hold nothing of them.
  @Test(arguments: [2, 3, 5, 31, 130]) func mergedShardsAreTheWholeScan(count: Int) throws {
    let reference = try folder.wholeScan(try folder.scan())
    let names = (1...count).map { "part-\($0).h5" }
    for (index, name) in names.enumerated() { try folder.write(folder.scan(shard: "\(index + 1)/\(count)"), to: name) }
    try merge(names.reversed(), to: "merged.h5")
    #expect(try folder.contents("merged.h5") == reference)
  }

  private func merge(_ names: [String], to output: String, numerics: Int32 = numericsVersion) throws {
    let merge = try ShardMerge(names.map(folder.path), numerics: numerics, device: folder.device)
    let writer = try merge.output.create(folder.path(output), overwrite: true)
    try merge.run(into: writer)
    try writer.publish()
  }

  @Test func virtualMergesShowTheWholeScan() throws {
    let names = try writeThreeShards()
    try folder.write(folder.scan(), to: "whole.h5")
    let merge = try ShardMerge(names.map(folder.path), device: folder.device)
    try merge.link(to: OutputClaim(folder.path("virtual.h5"), overwrite: false))
    // All together they can be moved.
    let place = folder.url.appending(path: "elsewhere")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    for name in names + ["virtual.h5"] {
      try FileManager.default.moveItem(atPath: folder.path(name), toPath: place.appending(path: name).path)
    }
    let (whole, linked) = (
      try ScanFile.open(folder.path("whole.h5")), try ScanFile.open(place.appending(path: "virtual.h5").path)
    )
    #expect(linked.variables.map(\.name) == whole.variables.map(\.name) && linked.dimensions == whole.dimensions)
    #expect(linked.attributes == whole.attributes && linked.hasCheckedMetadata)
    for variable in whole.variables {
      guard case .numbers = variable.content else { continue }
      let (a, b) = (try whole.readDoubles(variable.name), try linked.readDoubles(variable.name))
      #expect(a.map(\.bitPattern) == b.map(\.bitPattern), "\(variable.name)")
      #expect(try whole.checksums(of: variable.name) == linked.checksums(of: variable.name), "\(variable.name)")
    }
    #expect(try FileVerification(of: linked).damaged.isEmpty)
    #expect(try Recalculation(of: linked, device: folder.device).differences.isEmpty)
    try FileManager.default.removeItem(at: place.appending(path: "2.h5"))
    #expect(try !FileVerification(of: linked).damaged.isEmpty)
    #expect(try linked.readDoubles("br_invisible").contains { $0.isNaN })
  }

  private func writeThreeShards() throws -> [String] {
    let names = ["1.h5", "2.h5", "3.h5"]
    for (index, name) in names.enumerated() { try folder.write(folder.scan(shard: "\(index + 1)/3"), to: name) }
    return names
  }

  private func problem(_ names: [String], numerics: Int32 = numericsVersion) -> String {
    do {
      try merge(names, to: "merged.h5", numerics: numerics)
      return ""
    } catch {
      return "\(error)".replacingOccurrences(of: folder.url.path + "/", with: "")
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let names = try writeThreeShards()
    #expect(problem([]).hasPrefix("there is nothing to merge"))
    #expect(
      problem(["1.h5", "3.h5"])
        == "the shards have a gap (points 4 to 7 of delta_a_mu are missing) add shard 2/3")
    #expect(problem(["2.h5", "3.h5"]).hasSuffix("add shard 1/3"))
    #expect(problem(names + ["2.h5"]).hasPrefix("2.h5 and 2.h5 overlap"))
    try folder.write(folder.scan(shard: "1/2"), to: "half.h5")
    #expect(problem(["half.h5", "2.h5", "3.h5"]).hasPrefix("2.h5 and half.h5 overlap"))
    try folder.write(folder.scan(card: folder.card(hMue: "2e-3"), shard: "2/3"), to: "other.h5")
    #expect(problem(["1.h5", "other.h5", "3.h5"]).contains("run cards differ"))
    #expect(
      problem(names, numerics: 99).contains(
        "was made by leptoscan test, with numerics \(numericsVersion); those of this "))
    try folder.write(folder.scan(), to: "whole.h5")
    #expect(problem(["whole.h5"]).hasPrefix("whole.h5 is no shard"))
    #expect(problem(["missing.h5"]).contains("No such file"))
    #expect(problem(names).isEmpty)
  }

  @Test func damagedShardsAreRefused() throws {
    let names = try writeThreeShards()
    let extent = try #require(try ScanFile.open(folder.path("2.h5")).variable("br_invisible").extent)
    try folder.flipBit(at: extent.byteOffset + 100, of: "2.h5")
    let merge = try ShardMerge(names.map(folder.path), device: folder.device)
    #expect(throws: MergeError.self) { try merge.link(to: OutputClaim(folder.path("virtual.h5"), overwrite: false)) }
    #expect(
      problem(names) == "2.h5 is damaged (block 0 of br_invisible does not have its checksum) make the shard anew")
  }

  @Test func interruptedMergesResume() throws {
    let reference = try folder.wholeScan(try folder.scan())
    let names = try writeThreeShards()
    let merge = try ShardMerge(names.map(folder.path), device: folder.device)
    do {
      var calls = 0
      let writer = try merge.output.create(folder.path("merged.h5"))
      #expect(throws: ScanStopped.self) {
        try merge.run(into: writer) {
          calls += 1
          return calls > 5
        }
      }
      try writer.checkpoint()
    }
    let writer = try #require(try merge.output.resume(folder.path("merged.h5")))
    try merge.run(into: writer)
    try writer.publish()
    #expect(try folder.contents("merged.h5") == reference)
  }
}
