import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning
import Testing

/// A directory for the scans of one test, removed with its last reference, and a scan of 3 x 4 x 2 x 5 points.
final class ScanFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "ScanningTests-\(UUID().uuidString)")
  let device = NativeDevice(threads: 2)

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }
  func contents(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  func card(hMue: String = "3.3e-3") -> String {
    """
    leptoscan: 1
    axes:
      m_phi: { values: [0.106, 0.317, 2.0] }
      h_mue: { values: [1e-4, 1e-3, \(hMue), 0.1] }
      m_psi: { ratio_to_m_phi: { values: [1/3, 0.6] } }
      g: { values: [0.01, 0.08, 0.3, 1.0, 2.0] }
    """
  }

  func scan(
    card: String? = nil, source: String = "leptoscan test", numerics: Int32 = numericsVersion,
    deviation: String? = nil, shard: String = "1/1"
  ) throws -> ScanOutput {
    var card = try RunCard(
      yaml: card ?? self.card(), file: "card.yaml", knownObservables: Model.observableNames)
    let list = try card.readList(besideCard: path("card.yaml"))
    let plan = try ScanPlan(job: card.job(list: list), device: device)
    let provenance = Provenance(
      source: source, numerics: numerics, device: device.identity, deviation: deviation, seed: card.seed,
      resolvedCard: card.resolved)
    return ScanOutput(plan: plan, provenance: provenance, shard: try #require(Shard(shard)))
  }

  func execution(_ scan: ScanOutput, chunkBytes: Int = 100) -> ScanExecution {
    var execution = ScanExecution(plan: scan.plan, devices: [device])
    execution.executor.mostChunkBytes = chunkBytes
    execution.executor.workersPerDevice = 1
    return execution
  }

  /// Goes on with a scan whose execution has thrown. Its threads may hold the file, and so its lock, a moment longer.
  func resume(_ scan: ScanOutput, _ path: String) throws -> JournaledWriter? {
    for _ in 0..<1000 {
      do {
        return try scan.resume(path)
      } catch let error as ScanStoreError where error.kind == .locked {
        usleep(10_000)
      }
    }
    return try scan.resume(path)
  }

  /// Runs a scan without interruption.
  func write(_ scan: ScanOutput, to name: String) throws {
    let writer = try scan.create(path(name))
    try execution(scan).run(into: FileSink(writer), work: scan.work(after: writer))
    try writer.publish()
  }

  /// The bytes of `whole.h5`, written without interruption.
  func wholeScan(_ scan: ScanOutput) throws -> Data {
    try write(scan, to: "whole.h5")
    return try contents("whole.h5")
  }

  func flipBit(at offset: Int, of name: String) throws {
    let file = try FileHandle(forUpdating: url.appending(path: name))
    try file.seek(toOffset: UInt64(offset))
    let byte = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data([byte ^ 0x04]))
    try file.close()
  }
}
