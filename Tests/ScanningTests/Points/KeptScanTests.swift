import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning
import Synchronization
import Testing

/// Scans that store only some of their points.
@Suite struct KeptScanTests {
  private let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  private static let listed = "listed"

  /// Points of which some annihilate at rest and some do not.
  private func card(_ points: String, keep: String = "{ relic_status: 1 }") -> String {
    let observables = "observables: [delta_a_mu, width_invisible, relic_status]"
    if points == KeptScanTests.listed {
      return "leptoscan: 1\npoints: { file: list.csv, keep: \(keep) }\n\(observables)"
    }
    return """
      leptoscan: 1
      points: { method: \(points), count: 150, keep: \(keep) }
      axes:
        m_phi: { from: 110 MeV, to: 1 GeV }
        h_mue: { from: 1e-3, to: 0.1 }
        m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, spacing: linear } }
        g: 0.08
      \(observables)
      """
  }

  private func writeList() throws {
    let rows = (0..<150).map { "\(0.2 + Double($0) * 0.01),1e-3,\(0.04 + Double($0 * 37 % 100) * 0.001),0.1\n" }
    try Data("m_phi,h_mue,m_psi,g\n\(rows.joined())".utf8).write(to: URL(filePath: folder.path("list.csv")))
  }

  private func scan(_ yaml: String, shard: String = "1/1") throws -> SelectedScan {
    var card = try RunCard(yaml: yaml, file: "card.yaml", knownObservables: Model.observableNames)
    let list = try card.readList(besideCard: folder.path("card.yaml"))
    let provenance = Provenance(
      source: "leptoscan test", device: folder.device.identity, seed: card.seed, resolvedCard: card.resolved)
    let part = try #require(Shard(shard))
    let scan = try SelectedScan(
      card: card, list: list, provenance: provenance, shard: part, device: folder.device)
    return try #require(scan)
  }

  private func write(_ yaml: String, to name: String, shard: String = "1/1") throws {
    let scan = try scan(yaml, shard: shard)
    try folder.write(scan.selection, to: SelectedScan.selectionPath(of: name))
    try folder.write(scan.output(of: folder.path(name)), to: name)
  }

  /// The second stage may come long after the first.
  @Test func aDamagedSelectionIsNotBelieved() throws {
    let scan = try scan(card("sobol"))
    try folder.write(scan.selection, to: "kept.h5.selection")
    let file = try ScanFile.open(folder.path("kept.h5.selection"))
    try folder.flipBit(at: try #require(file.variable("relic_status").extent).byteOffset + 70, of: "kept.h5.selection")
    let path = folder.path("kept.h5.selection")
    #expect(throws: PlanError.selectionDamaged(path: path)) { try scan.output(of: folder.path("kept.h5")) }
  }

  @Test(arguments: ["sobol", "random", listed]) func keptPointsHaveTheNumbersOfTheWholeScan(points: String) throws {
    try writeList()
    try folder.write(folder.scan(card: card(points, keep: "all")), to: "all.h5")
    try write(card(points), to: "kept.h5")
    let (all, kept) = (try ScanFile.open(folder.path("all.h5")), try ScanFile.open(folder.path("kept.h5")))
    let status = try all.readDoubles("relic_status")
    let numbers = status.indices.filter { status[$0] == 1 }
    #expect((10...140).contains(numbers.count))
    #expect(try kept.readDoubles("point") == numbers.map(Double.init))
    for name in ["m_phi", "h_mue", "m_psi", "delta_a_mu", "width_invisible", "relic_status", "status"] {
      let values = try all.readDoubles(name)
      #expect(try kept.readDoubles(name) == numbers.map { values[$0] }, "\(name)")
    }
    #expect(try kept.variable("delta_a_mu").dimensions == ["point"])
    let recalculation = try Recalculation(of: kept, device: folder.device)
    #expect(recalculation.differences.isEmpty && recalculation.valuesChecked > numbers.count)
    #expect(try FileVerification(of: kept).damaged.isEmpty)
  }

  @Test(arguments: ["sobol", listed], [2, 40]) func mergedShardsAreTheWholeScan(points: String, count: Int) throws {
    try writeList()
    try write(card(points), to: "whole.h5")
    let names = (1...count).map { "part-\($0).h5" }
    for (index, name) in names.enumerated() {
      try write(card(points), to: name, shard: "\(index + 1)/\(count)")
      let recalculation = try Recalculation(of: ScanFile.open(folder.path(name)), device: folder.device)
      #expect(recalculation.differences.isEmpty)
    }
    let merge = try ShardMerge(names.shuffled().map(folder.path), device: folder.device)
    let writer = try merge.output.create(folder.path("merged.h5"))
    try merge.run(into: writer)
    try writer.publish()
    #expect(try folder.contents("merged.h5") == folder.contents("whole.h5"))

    func problem(_ names: [String]) -> String {
      do {
        _ = try ShardMerge(names.map(folder.path), device: folder.device)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(problem(Array(names.dropFirst())).hasSuffix("add shard 1/\(count)"))
    #expect(problem(names + [names[0]]).contains("overlap"))
  }

  /// Stopped after every chunk, in both stages.
  @Test func stoppedAndResumedIsTheWholeScan() throws {
    try write(card("random"), to: "whole.h5")
    let scan = try scan(card("random"))
    let path = folder.path("stopped.h5")
    func complete(_ output: ScanOutput, _ path: String, chunkBytes: Int) throws -> Int {
      var runs = 0
      while let writer = try folder.resume(output, path) {
        runs += 1
        try #require(runs < 100)
        do {
          try folder.execution(output, chunkBytes: chunkBytes).run(
            into: FileSink(writer), work: output.work(after: writer), shouldStop: { true })
          try writer.publish()
        } catch is ScanStopped {
          try writer.checkpoint()
        }
      }
      return runs
    }
    #expect(try complete(scan.selection, SelectedScan.selectionPath(of: path), chunkBytes: 20) > 3)
    #expect(try complete(scan.output(of: path), path, chunkBytes: 500) > 3)
    #expect(try folder.contents("stopped.h5") == folder.contents("whole.h5"))
    SelectedScan.removeSelection(of: path)
    #expect(!FileManager.default.fileExists(atPath: SelectedScan.selectionPath(of: path)))
    #expect(try scan.selection.isComplete(path))
  }

  /// Not even asked to prepare anything.
  @Test func aDeviceThatFailsInTheSelectionIsLeftOutOfTheSecondStage() throws {
    try write(card("sobol"), to: "whole.h5")
    let scan = try scan(card("sobol"))
    let timesAsked = Mutex(0)
    var executor = SharedExecutor(devices: [
      WrongDevice(base: folder.device, isAsked: { timesAsked.withLock { $0 += 1 } })
    ])
    executor.reserve = folder.device
    executor.mostChunkBytes = 20
    executor.workersPerDevice = 1
    func complete(_ output: ScanOutput, _ name: String) throws -> [String] {
      let writer = try output.create(folder.path(name))
      let reports = try ScanExecution(plan: output.plan, executor: executor).run(
        into: FileSink(writer), work: output.work(after: writer))
      try writer.publish()
      executor.leaveOut(failedIn: reports)
      return reports.flatMap(\.failures).map(\.device.selector)
    }
    #expect(try complete(scan.selection, "kept.h5.selection") == ["wrong:0"])
    let timesAskedFirst = timesAsked.withLock { $0 }
    #expect(timesAskedFirst > 0)
    #expect(executor.devices.map(\.identity.selector) == ["native"] && executor.reserve == nil)
    #expect(try complete(scan.output(of: folder.path("kept.h5")), "kept.h5").isEmpty)
    #expect(timesAsked.withLock { $0 } == timesAskedFirst)
    #expect(try folder.contents("kept.h5") == folder.contents("whole.h5"))
  }

  /// Between the stages the output is not there yet, but what was computed is not to be thrown away unasked.
  @Test func aFinishedSelectionIsNotReplacedUnasked() throws {
    let output = folder.path("kept.h5")
    #expect(throws: Never.self) { try SelectedScan.checkAbsent(output) }
    try folder.write(scan(card("sobol")).selection, to: "kept.h5.selection")
    let error = #expect(throws: ScanStoreError.self) { try SelectedScan.checkAbsent(output) }
    #expect(error?.kind == .unfinishedExists && error?.path == output + ".selection")
    #expect(error?.suggestion.contains("--resume") == true)
  }

  @Test func conditionsThatCannotBeMet() throws {
    #expect(throws: PlanError.nothingKept) { try write(card("sobol", keep: "{ relic_status: 77 }"), to: "none.h5") }
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.h5.selection")))
    let fixed = card("sobol", keep: "{ status: 0 }").replacing("{ from: 110 MeV, to: 1 GeV }", with: "0.3")
      .replacing("{ from: 1e-3, to: 0.1 }", with: "1e-3")
    #expect(throws: PlanError.sameEverywhere("status")) { try scan(fixed) }
    var strange = try RunCard(yaml: card("sobol"), file: "card.yaml", knownObservables: Model.observableNames)
    guard case .sampled(var sampling) = strange.points else { return }
    sampling.keep = .equal(variable: "charm", code: 0)
    strange.points = .sampled(sampling)
    let provenance = Provenance(source: "leptoscan test", device: folder.device.identity)
    #expect(throws: PlanError.nothingExcludes("charm")) {
      try SelectedScan(card: strange, list: nil, provenance: provenance, shard: .whole, device: folder.device)
    }
  }
}
