import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning
import Testing

/// A scan that ends early, at every chunk, and is taken up again.
@Suite struct InterruptionTests {
  private let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  private struct Broken: Error {}

  /// Passes on to a file until its chunk `last`, which it drops.
  private final class BreakingSink: ScanSink, @unchecked Sendable {
    private let sink: FileSink
    private let last: Int
    private var count = 0

    init(_ writer: JournaledWriter, last: Int) {
      sink = FileSink(writer)
      self.last = last
    }

    func store(_ points: Range<Int>, ofPass pass: Int, columns: [UnsafeRawBufferPointer]) throws {
      if count == last { throw Broken() }
      count += 1
      try sink.store(points, ofPass: pass, columns: columns)
    }

    func retract(_ points: RangeSet<Int>, ofPass pass: Int) throws { try sink.retract(points, ofPass: pass) }
  }

  /// Stopped at chunk n by a failure, with and without what was written since the last checkpoint.
  @Test(arguments: [true, false]) func failureAtAnyChunk(recordsAll: Bool) throws {
    let scan = try folder.scan()
    let reference = try folder.wholeScan(scan)
    for last in 0..<24 {
      let path = folder.path("broken.h5")
      do {
        let writer = try scan.create(path)
        let sink = BreakingSink(writer, last: last)
        #expect(throws: Broken.self) { try folder.execution(scan, chunkBytes: 64).run(into: sink) }
        if recordsAll { try writer.checkpoint() }
      }
      let writer = try #require(try folder.resume(scan, path))
      try folder.execution(scan, chunkBytes: 200).run(into: FileSink(writer), work: scan.work(after: writer))
      try writer.publish()
      #expect(try folder.contents("broken.h5") == reference)
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test func stoppedOnRequestAtAnyChunk() throws {
    let scan = try folder.scan()
    let reference = try folder.wholeScan(scan)
    let path = folder.path("stopped.h5")
    var runs = 0
    while let writer = try folder.resume(scan, path) {
      let before = scan.work(after: writer).missingByteCount(of: scan.plan)
      let stop = Countdown(2)
      do {
        try folder.execution(scan, chunkBytes: 64).run(
          into: FileSink(writer), work: scan.work(after: writer), shouldStop: stop.isOver)
        try writer.publish()
      } catch is ScanStopped {
        try writer.checkpoint()
        #expect(scan.work(after: writer).missingByteCount(of: scan.plan) < before)
      }
      runs += 1
      try #require(runs < 100)
    }
    #expect(runs > 5)
    #expect(try folder.contents("stopped.h5") == reference)
  }

  @Test func progressCountsWhatEarlierRunsDid() throws {
    let scan = try folder.scan()
    let path = folder.path("progress.h5")
    do {
      let writer = try scan.create(path)
      #expect(throws: Broken.self) {
        try folder.execution(scan, chunkBytes: 64).run(into: BreakingSink(writer, last: 10))
      }
      try writer.checkpoint()
    }
    let writer = try #require(try folder.resume(scan, path))
    let reports = Reports()
    let work = scan.work(after: writer)
    try folder.execution(scan, chunkBytes: 64).run(into: FileSink(writer), work: work, progress: reports.add)
    let all = reports.all
    #expect(all.map(\.bytesDone) == all.map(\.bytesDone).sorted())
    #expect(all.last?.bytesDone == scan.plan.byteCount && all.last?.bytesTotal == scan.plan.byteCount)
    #expect(all.first?.bytesBefore == scan.plan.byteCount - work.missingByteCount(of: scan.plan))
    #expect((all.first?.bytesBefore ?? 0) > 0)
  }

  @Test func anotherCardVersionOrShardIsRefused() throws {
    let path = folder.path("scan.h5")
    do {
      let writer = try folder.scan().create(path)
      try writer.checkpoint()
    }
    for (other, line) in [
      (try folder.scan(card: folder.card(hMue: "2e-3")), "h_mue"), (try folder.scan(numerics: 99), "numerics: 99"),
      (try folder.scan(shard: "1/2"), "shard: 1/2"),
    ] {
      let error = #expect(throws: ScanStoreError.self) { try other.resume(path) }
      #expect(error?.kind == .differentScan)
      #expect(error?.reason.contains(line) == true)
    }
    #expect(try folder.scan().resume(path) != nil)
  }

  @Test func aCompleteScanIsNotRepeated() throws {
    let scan = try folder.scan()
    _ = try folder.wholeScan(scan)
    let path = folder.path("whole.h5")
    // A process killed between its last two steps leaves the journal.
    try Data("leptoscan journal".utf8).write(to: URL(filePath: path + ".part.journal"))
    #expect(try scan.resume(path) == nil)
    #expect(!FileManager.default.fileExists(atPath: path + ".part.journal"))
    let other = try folder.scan(card: folder.card(hMue: "2e-3"))
    let error = #expect(throws: ScanStoreError.self) { try other.resume(path) }
    #expect(error?.kind == .differentScan && error?.reason.contains("0.002") == true, "\(String(describing: error))")
    do {
      let writer = try #require(try other.resume(path, overwrite: true))
      #expect(other.work(after: writer) == ScanWork(of: other))
    }
    try Data("precious".utf8).write(to: URL(filePath: path))
    #expect(#expect(throws: ScanStoreError.self) { try scan.resume(path) }?.kind == .notHDF5)
  }

  /// What an unfinished file has of the disk need not be there once more, but what is beyond it.
  @Test func theForecastCountsWhatAnUnfinishedFileHas() throws {
    let scan = try folder.scan()
    let (path, execution) = (folder.path("scan.h5"), folder.execution(scan))
    func needed(_ scan: ScanOutput, reusesPart: Bool) -> Int {
      ScanForecast(scan, on: execution, path: path, reusesPart: reusesPart).diskBytes
    }
    #expect(needed(scan, reusesPart: true) > scan.plan.byteCount)
    do { try scan.create(path).checkpoint() }
    #expect(needed(scan, reusesPart: true) == 0)
    #expect(needed(scan, reusesPart: false) > scan.plan.byteCount)
    let all = ScanForecast(keepingAllOf: scan, list: nil, on: execution, path: path)
    #expect(all.diskBytes > needed(scan, reusesPart: false))
    let large = try folder.scan(
      card: folder.card().replacing("{ values: [0.106, 0.317, 2.0] }", with: "{ from: 0.2, to: 2, points: 50000 }"))
    #expect(needed(large, reusesPart: true) > large.plan.byteCount - (1 << 20))
  }
}

/// Says false a number of times, then true.
private final class Countdown: Sendable {
  private nonisolated(unsafe) var left: Int

  init(_ count: Int) { left = count }

  /// Called from one thread.
  func isOver() -> Bool {
    left -= 1
    return left < 0
  }
}

private final class Reports: @unchecked Sendable {
  private let lock = NSLock()
  private var reports: [ScanExecution.Progress] = []

  @Sendable func add(_ progress: ScanExecution.Progress) { lock.withLock { reports.append(progress) } }
  var all: [ScanExecution.Progress] { lock.withLock { reports } }
}
