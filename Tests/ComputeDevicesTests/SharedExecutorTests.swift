import ComputeDevices
import Foundation
import LeptonicPortal
import Synchronization
import Testing

/// Sharing points among devices: every point is delivered with the right bits, whatever fails.
struct SharedExecutorTests {
  static let pointCount = 300_001
  private let native = NativeDevice(threads: 1)
  private let program: Program
  private let expected: [UInt64]

  init() throws {
    let masses = (0..<Self.pointCount).map { 0.106 + Double($0) * 1e-5 }
    program = pointsProgram(Kernel(named: "visible_width"), inputs: [masses])
    expected = try evaluate(program, on: NativeDevice())[0].map(\.bitPattern)
  }

  /// Where delivered values are put, with the number of times each was delivered.
  private final class Collector: Sendable {
    let values = Mutex((bits: [UInt64](repeating: 0, count: pointCount), times: [Int](repeating: 0, count: pointCount)))

    @Sendable func deliver(_ chunk: SharedExecutor.Chunk) {
      let bits = Array(chunk.results[0].bindMemory(to: UInt64.self))
      values.withLock { state in
        for (i, value) in zip(chunk.range, bits) {
          state.bits[i] = value
          state.times[i] += 1
        }
      }
    }
  }

  private func executor(_ devices: [any Device], recheck: Int = 0) -> SharedExecutor {
    var executor = SharedExecutor(devices: devices)
    executor.pointsRecheckedPerChunk = recheck
    // Short chunks, so that every device gets some.
    executor.mostChunkBytes = 8 * 4096
    return executor
  }

  private func faulty(_ fault: FaultyDevice.Fault, _ number: Int = 0) -> FaultyDevice {
    FaultyDevice(base: native, fault: fault, number: number)
  }

  @Test func everyPointIsDeliveredOnce() throws {
    var devices: [any Device] = [native, NativeDevice(threads: 1)]
    if let device = openCLTestDevices.first { devices.append(device) }
    let collector = Collector()
    let report = try executor(devices, recheck: 10).run(program, over: [0..<program.count], deliver: collector.deliver)
    collector.values.withLock { #expect($0.bits == expected && $0.times.allSatisfy { $0 == 1 }) }
    #expect(report.points.values.reduce(0, +) == program.count)
    #expect(report.failures.isEmpty && report.mismatches == 0)
  }

  @Test(arguments: [FaultyDevice.Fault.inPrepare, .inEvaluation(1), .inEvaluation(3), .wrongBits(1), .wrongBitsInside])
  func failingDeviceIsReportedAndReplaced(fault: FaultyDevice.Fault) throws {
    let collector = Collector()
    let failed = Mutex<[String]>([])
    let report = try executor([faulty(fault), native], recheck: 64).run(
      program, over: [0..<program.count], deliver: collector.deliver,
      deviceFailed: { failure in failed.withLock { $0.append(failure.device.selector) } })
    collector.values.withLock { #expect($0.bits == expected && $0.times.allSatisfy { $0 == 1 }) }
    // A fast native device may have finished before the other one came to its third chunk.
    #expect(failed.withLock { $0 } == report.failures.map(\.device.selector))
    #expect(report.failures.count <= 1)
    #expect(report.points.values.reduce(0, +) == program.count)
  }

  /// The only device fails, so the failure is certain.
  @Test(arguments: [FaultyDevice.Fault.inPrepare, .inEvaluation(1), .inEvaluation(3), .wrongBits(4), .wrongBitsInside])
  func lastFailureIsThrown(fault: FaultyDevice.Fault) throws {
    let error = #expect(throws: SharedExecutor.DeviceFailure.self) {
      try executor([faulty(fault)], recheck: 64).run(program, over: [0..<program.count], deliver: Collector().deliver)
    }
    #expect(error?.device.selector == "faulty:0")
    let computesWrongly = [.wrongBits(4), .wrongBitsInside].contains(fault)
    #expect((error?.reason is SharedExecutor.WrongBits) == computesWrongly)
  }

  /// As many as asked for, all of a shorter chunk, and never those of the native device.
  @Test(arguments: [(64, "faulty:0"), (2, "faulty:0"), (1, "faulty:0"), (0, "faulty:0"), (64, "native")])
  func someOfEveryChunkIsRechecked(points: Int, selector: String) throws {
    let device: any Device = selector == "native" ? native : faulty(.none)
    let lengths = Mutex<[Int]>([])
    let report = try executor([device], recheck: points).run(
      program, over: [0..<program.count - 3, program.count - 3..<program.count],
      deliver: { chunk in lengths.withLock { $0.append(chunk.range.count) } })
    let expected = lengths.withLock { $0.reduce(0) { $0 + min($1, points) } }
    #expect(report.pointsRechecked == (selector == "native" || points == 0 ? [:] : [selector: expected]))
    #expect(report.mismatches == 0)
  }

  @Test func allDevicesFailingIsThrown() {
    let devices = (0..<3).map { faulty(.inEvaluation($0 + 1), $0) }
    #expect(throws: SharedExecutor.DeviceFailure.self) {
      try executor(devices).run(program, over: [0..<program.count], deliver: Collector().deliver)
    }
  }

  /// What a device delivered before it was found to give wrong bits is done again: it starts alone (the other device
  /// waits for its first delivery of wrong bits), and its first chunk is right.
  @Test func deliveriesOfAWrongDeviceAreWithdrawn() throws {
    let collector = Collector()
    let gate = Mutex(false)
    let late = LateDevice(base: native, isOpen: { gate.withLock { $0 } })
    let report = try executor([faulty(.wrongBits(2)), late], recheck: 5).run(
      program, over: [0..<program.count], deliver: collector.deliver,
      deviceFailed: { _ in gate.withLock { $0 = true } })
    collector.values.withLock { #expect($0.bits == expected && $0.times.allSatisfy { (1...2).contains($0) }) }
    // Either of the device's two workers may find it, or both.
    #expect(report.mismatches >= 1 && report.failures.first?.reason is SharedExecutor.WrongBits)
    #expect(report.points["faulty:0"] == 0)
    #expect(report.points["late"] == program.count)
  }

  /// The reserve computes what the last device left, and nothing before; a failed device is not used again.
  @Test(arguments: [FaultyDevice.Fault.inPrepare, .inEvaluation(4), .wrongBits(3), .none])
  func reserveGoesOnAlone(fault: FaultyDevice.Fault) throws {
    let collector = Collector()
    var executor = executor([faulty(fault)], recheck: 64)
    executor.reserve = native
    let report = try executor.run(program, over: [0..<program.count], deliver: collector.deliver)
    collector.values.withLock { #expect($0.bits == expected) }
    #expect(report.failures.count == (fault == .none ? 0 : 1))
    let points = report.points["native"] ?? 0
    switch fault {
    case .none: #expect(points == 0)
    case .inEvaluation: #expect(0 < points && points < program.count)
    default: #expect(points == program.count)
    }
    let goesOn = executor.leaveOut(report.failures.map(\.device.selector))
    #expect(goesOn && executor.devices.map(\.identity.selector) == [fault == .none ? "faulty:0" : "native"])
    // The reserve is used up where it took over.
    let goesOnWithoutBoth = executor.leaveOut(["faulty:0", "native"])
    #expect(goesOnWithoutBoth == (fault == .none))
  }

  /// Nobody takes over where storing failed.
  @Test func reserveStaysIdleWhenDeliveryFails() {
    struct DiskFull: Error {}
    let deliveries = Mutex(0)
    var executor = executor([faulty(.none)])
    executor.workersPerDevice = 1
    executor.reserve = native
    #expect(throws: DiskFull.self) {
      try executor.run(program, over: [0..<program.count]) { _ in
        deliveries.withLock { $0 += 1 }
        throw DiskFull()
      }
    }
    #expect(deliveries.withLock { $0 } == 1)
  }

  @Test func failingDeliveryEndsTheRun() {
    struct DiskFull: Error {}
    #expect(throws: DiskFull.self) {
      try executor([native, NativeDevice(threads: 1)]).run(
        program, over: [0..<program.count], deliver: { _ in throw DiskFull() })
    }
  }

  @Test func emptyRangeDeliversNothing() throws {
    let report = try executor([native]).run(program, over: [7..<7], deliver: Collector().deliver)
    #expect(report.points.isEmpty)
  }
}

/// A device whose preparation waits until something has happened.
private struct LateDevice: Device {
  let base: any Device
  let isOpen: @Sendable () -> Bool

  let pointsAtATime = 64
  var identity: DeviceIdentity { DeviceIdentity(selector: "late", name: "late", driver: "test", computeUnits: 1) }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    while !isOpen() { Thread.sleep(forTimeInterval: 0.001) }
    return try base.prepare(program)
  }
}
