import ComputeDevices
import Dispatch
import ScanStore
import Scanning
import Synchronization
import Testing

/// A device that computes wrongly from its second chunk on: what it stored before is taken back, and the file is right.
@Suite struct FaultyDeviceTests {
  /// The good device leaves the first pass of several chunks to the wrong one until that is found out.
  @Test func whatAWrongDeviceStoredIsReplaced() throws {
    let folder = try ScanFolder()
    let scan = try folder.scan()
    let whole = try folder.wholeScan(scan)
    let foundOut = DispatchSemaphore(value: 0)
    let failures = Mutex(0)
    let last = Mutex<ScanExecution.Progress?>(nil)
    let writer = try scan.create(folder.path("out.h5"))
    let patient = PatientDevice(base: folder.device, bytesOfOneChunk: 200, signal: foundOut)
    var execution = ScanExecution(plan: scan.plan, devices: [WrongDevice(base: folder.device), patient])
    execution.executor.mostChunkBytes = 200
    execution.executor.workersPerDevice = 1
    try execution.run(
      into: FileSink(writer), work: scan.work(after: writer),
      deviceFailed: { _ in
        failures.withLock { $0 += 1 }
        foundOut.signal()
      },
      progress: { progress in
        last.withLock { last in if progress.bytesDone > last?.bytesDone ?? 0 { last = progress } }
      })
    try writer.publish()
    // In one pass; the next ones do without it.
    #expect(failures.withLock { $0 } == 1)
    #expect(try folder.contents("out.h5") == whole)
    // What was taken back counts once, and for the device that computed it again.
    let progress = try #require(last.withLock { $0 })
    #expect(progress.bytesDone == scan.plan.byteCount)
    #expect(progress.deviceShares["native"] == 1)
    #expect(progress.deviceShares["wrong:0"] ?? 0 == 0)
  }

  /// A device that is right in every pass but the last one delivered them all; its reserve delivers them again.
  @Test func whatAWrongDeviceStoredInEarlierPassesIsReplaced() throws {
    let folder = try ScanFolder()
    let scan = try folder.scan()
    let whole = try folder.wholeScan(scan)
    let writer = try scan.create(folder.path("out.h5"))
    let sink = RecordingSink(base: FileSink(writer), passes: scan.plan.passes.count)
    let execution = latelyWrong(scan, folder)
    let reports = try execution.run(into: sink, work: scan.work(after: writer))
    try writer.publish()
    #expect(try folder.contents("out.h5") == whole)
    let earlier = scan.plan.passes.dropLast()
    #expect(earlier.count > 1)
    for (pass, retracted) in zip(earlier, sink.retracted) { #expect(retracted == RangeSet(0..<pass.program.count)) }
    // Every pass once, and the earlier ones again.
    #expect(reports.count == scan.plan.passes.count + earlier.count)
  }

  /// Also if the process ends, or the disk fails, before the earlier passes are computed again.
  @Test func whatAWrongDeviceStoredInEarlierPassesIsMissingAfterACrash() throws {
    struct Crash: Error {}
    let folder = try ScanFolder()
    let scan = try folder.scan()
    let whole = try folder.wholeScan(scan)
    let passes = scan.plan.passes
    do {
      let writer = try scan.create(folder.path("out.h5"))
      var sink = RecordingSink(base: FileSink(writer), passes: passes.count)
      sink.failure = { pass, hasRetracted in hasRetracted && pass < passes.count - 1 ? Crash() : nil }
      let execution = latelyWrong(scan, folder)
      #expect(throws: Crash.self) { try execution.run(into: sink, work: scan.work(after: writer)) }
    }
    let writer = try #require(try folder.resume(scan, folder.path("out.h5")))
    let work = scan.work(after: writer)
    for (pass, missing) in zip(passes.dropLast(), work.missing) {
      #expect(missing == RangeSet(0..<pass.program.count))
    }
    try folder.execution(scan).run(into: FileSink(writer), work: work)
    try writer.publish()
    #expect(try folder.contents("out.h5") == whole)
  }

  /// On a device that is wrong from the second chunk of the last pass on, with a reserve.
  private func latelyWrong(_ scan: ScanOutput, _ folder: ScanFolder) -> ScanExecution {
    let bytesBefore = scan.plan.passes.dropLast().map { $0.program.count * $0.bytesPerPoint }.max() ?? 0
    let device = WrongDevice(base: folder.device, bytesOfRightPrograms: bytesBefore)
    var execution = ScanExecution(plan: scan.plan, devices: [device])
    execution.executor.reserve = folder.device
    execution.executor.mostChunkBytes = 200
    execution.executor.workersPerDevice = 1
    return execution
  }

  /// What the comparison before the scan found is in the file, and in what its shards are merged to.
  @Test(arguments: [nil, "opencl:0 X: bits of exponential: 1 of 9 values off by up to 2 ulp"])
  func deviationsAreRecorded(deviation: String?) throws {
    let folder = try ScanFolder()
    let expected = deviation ?? "none"
    try folder.write(folder.scan(deviation: deviation), to: "whole.h5")
    #expect(try ScanFile.open(folder.path("whole.h5")).attributes["device_deviation"]?.text == expected)
    try folder.write(folder.scan(shard: "1/2"), to: "1.h5")
    try folder.write(folder.scan(deviation: deviation, shard: "2/2"), to: "2.h5")
    let merge = try ShardMerge(
      ["2.h5", "1.h5"].map(folder.path), device: folder.device)
    #expect(merge.output.provenance.deviation == deviation)
  }

  /// Of what the devices run; the moments vary along m_phi only and are a table by then.
  @Test func aPlanKnowsItsKernels() throws {
    let names = try ScanFolder().scan().plan.kernels.map(\.name)
    #expect(names.contains("times_squared_coupling") && names.contains("invisible_branching_ratio"))
    #expect(!names.contains("anomalous_moments") && Set(names).count == names.count)
  }

  /// The journal remembers what was taken back: after a crash in between, those points are missing and nothing else.
  @Test func retractedPointsAreMissingAfterACrash() throws {
    let folder = try ScanFolder()
    let scan = try folder.scan()
    let whole = try folder.wholeScan(scan)
    do {
      let writer = try scan.create(folder.path("out.h5"))
      try folder.execution(scan).run(into: FileSink(writer), work: scan.work(after: writer))
      try writer.retract(section: scan.plan.passes.count - 1, points: RangeSet(7..<20))
    }
    let writer = try #require(try folder.resume(scan, folder.path("out.h5")))
    let work = scan.work(after: writer)
    #expect(work.missing.last == RangeSet(7..<20))
    try folder.execution(scan).run(into: FileSink(writer), work: work)
    try writer.publish()
    #expect(try folder.contents("out.h5") == whole)
  }
}

/// Remembers what was retracted, and fails where told to.
private struct RecordingSink: ScanSink {
  let base: FileSink
  /// Given a pass that is to be stored, and whether anything has been retracted.
  var failure: @Sendable (Int, Bool) -> (any Error)? = { _, _ in nil }
  private let log: Log

  private final class Log: Sendable {
    let retracted: Mutex<[RangeSet<Int>]>

    init(passes: Int) { retracted = Mutex(Array(repeating: RangeSet(), count: passes)) }
  }

  init(base: FileSink, passes: Int) {
    self.base = base
    log = Log(passes: passes)
  }

  /// By pass.
  var retracted: [RangeSet<Int>] { log.retracted.withLock { $0 } }

  func store(_ points: Range<Int>, ofPass pass: Int, columns: [UnsafeRawBufferPointer]) throws {
    if let error = failure(pass, retracted.contains { !$0.isEmpty }) { throw error }
    try base.store(points, ofPass: pass, columns: columns)
  }

  func retract(_ points: RangeSet<Int>, ofPass pass: Int) throws {
    log.retracted.withLock { $0[pass].formUnion(points) }
    try base.retract(points, ofPass: pass)
  }
}

/// Begins with programs of more than one chunk when the signal has come.
private struct PatientDevice: Device {
  let base: any Device
  let bytesOfOneChunk: Int
  let signal: DispatchSemaphore

  let pointsAtATime = 64
  var identity: DeviceIdentity { base.identity }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    if byteCount(program) > bytesOfOneChunk {
      signal.wait()
      signal.signal()
    }
    return try base.prepare(program)
  }
}
