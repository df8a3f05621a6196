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
      })
    try writer.publish()
    // In one pass; the next ones do without it.
    #expect(failures.withLock { $0 } == 1)
    #expect(try folder.contents("out.h5") == whole)
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
      ["2.h5", "1.h5"].map(folder.path), source: "leptoscan test", device: folder.device)
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
      try writer.retract(section: scan.plan.passes.count - 1, points: 7..<20)
    }
    let writer = try #require(try folder.resume(scan, folder.path("out.h5")))
    let work = scan.work(after: writer)
    #expect(work.missing.last == RangeSet(7..<20))
    try folder.execution(scan).run(into: FileSink(writer), work: work)
    try writer.publish()
    #expect(try folder.contents("out.h5") == whole)
  }
}

private struct WrongDevice: Device {
  let base: any Device

  var identity: DeviceIdentity { DeviceIdentity(selector: "wrong:0", name: "wrong", driver: "test", computeUnits: 1) }

  func prepare(_ program: Program) throws -> any PreparedProgram { WrongProgram(try base.prepare(program)) }
}

private final class WrongProgram: PreparedProgram {
  private let base: any PreparedProgram
  private var chunks = 0

  init(_ base: any PreparedProgram) { self.base = base }

  func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws {
    try base.evaluate(range, into: results)
    chunks += 1
    guard chunks > 1, let first = results.first else { return }
    let byte = first.loadUnaligned(as: UInt8.self)
    first.storeBytes(of: byte ^ 1, as: UInt8.self)
  }
}

/// Begins with programs of more than one chunk when the signal has come.
private struct PatientDevice: Device {
  let base: any Device
  let bytesOfOneChunk: Int
  let signal: DispatchSemaphore

  var identity: DeviceIdentity { base.identity }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    let bytes = program.count * program.results.map(\.type.size).reduce(0, +)
    if bytes > bytesOfOneChunk {
      signal.wait()
      signal.signal()
    }
    return try base.prepare(program)
  }
}
