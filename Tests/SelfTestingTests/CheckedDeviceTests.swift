import ComputeDevices
import LeptonicPortal
import SelfTesting
import Synchronization
import Testing

/// Devices that programs are evaluated on outside scans.
struct CheckedDeviceTests {
  private let test = SelfTest(reference: NativeDevice(threads: 1), points: 16)

  private func program(_ kernel: String) throws -> Program {
    let kernel = try #require(Kernel.all.first { $0.name == kernel })
    return Program(kernel, at: [(0..<1000).map { 0.01 * Double($0) }])
  }

  @Test func aDeviceThatAgreesGivesItsResults() throws {
    let device = CheckedDevice(NativeDevice(threads: 2), test: test)
    let program = try program("exponential")
    #expect(try device.evaluateAll(program) == NativeDevice(threads: 1).evaluateAll(program))
  }

  /// Only what a program needs is looked at, and that before anything is evaluated.
  @Test func wrongKernelsAreRefused() throws {
    let device = CheckedDevice(
      FaultyDevice { kernel, _, point, value in kernel == "exponential" && point == 3 ? value.nextUp : value },
      test: test)
    _ = try device.prepare(program("logarithm"))
    let failure = try #require(throws: SharedExecutor.DeviceFailure.self) { try device.prepare(program("exponential")) }
    #expect(failure.description.hasPrefix("opencl:7 Faulty is left out: its bits differ from"), "\(failure)")
    #expect(failure.description.contains("(bits of exponential: 1 of "), "\(failure)")
  }

  @Test func resultsThatBecomeWrongLaterAreRefused() throws {
    let isWrong = Mutex(false)
    let device = CheckedDevice(
      FaultyDevice { _, _, _, value in isWrong.withLock(\.self) ? value.nextUp : value }, test: test)
    let program = try program("exponential")
    _ = try device.evaluateAll(program)
    isWrong.withLock { $0 = true }
    let failure = try #require(throws: SharedExecutor.DeviceFailure.self) { try device.evaluateAll(program) }
    #expect(failure.description.contains("wrong results among points 0..<1000"), "\(failure)")
  }
}
