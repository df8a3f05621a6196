import ComputeDevices
import Foundation
import LeptonicPortal
import SelfTesting
import Synchronization
import Testing

private struct BrokenDevice: Device {
  struct BuildFailure: Error, CustomStringConvertible { let description = "clBuildProgram failed\nlog" }
  let pointsAtATime = 64
  let identity = DeviceIdentity(selector: "opencl:8", name: "Broken", driver: "1.0", computeUnits: 1)
  func prepare(_ program: Program) throws -> any PreparedProgram { throw BuildFailure() }
}

struct SelfTestTests {
  private let test = SelfTest(points: 256)

  @Test(arguments: NativeDevice.InstructionSet.available)
  func nativeDevicesPass(instructionSet: NativeDevice.InstructionSet) {
    let report = test.run(on: NativeDevice(threads: 2, instructionSet: instructionSet))
    #expect(report.passed, "\(report.deviation ?? "")")
    #expect(report.deviation == nil)
    #expect(report.checks.allSatisfy { $0.points > 0 && $0.failures == 0 && $0.finding.isEmpty })
    let names = Set(report.checks.map(\.name))
    #expect(names.count == report.checks.count)
    for kernel in Kernel.all { #expect(names.contains("bits of \(kernel.name)")) }
  }

  @Test func everyComparisonIsReported() {
    let stages = Mutex<[SelfTest.Stage]>([])
    _ = SelfTest(points: 2).run(on: NativeDevice(threads: 1)) { stage in stages.withLock { $0.append(stage) } }
    let count = Kernel.all.count
    #expect(stages.withLock(\.self) == (1...count).map { .comparing($0, of: count) })
  }

  @Test func oneBitInOneFunctionIsFound() throws {
    let device = FaultyDevice { kernel, _, point, value in
      kernel == "exponential" && point % 100 == 3 && value.isFinite && value > 0 ? value.nextUp.nextUp : value
    }
    let report = test.run(on: device)
    let check = try #require(report.checks.first { $0.name == "bits of exponential" })
    #expect(!check.passed && !report.passed)
    #expect(check.largestError == 2)
    #expect(check.unit == .ulp)
    #expect(check.failures >= 1 && check.failures <= 3)
    let sentence = try #require(report.deviation)
    #expect(sentence.contains("bits of exponential: \(check.failures) of \(check.points) values off by up to 2 ulp"))
    #expect(report.checks.filter { $0.name.hasPrefix("bits of") && !$0.passed }.count == 1)
  }

  @Test func aScansKernelsAreComparedAlone() throws {
    let device = FaultyDevice { kernel, _, point, value in
      kernel == "exponential" && point == 3 ? value.nextUp.nextUp : value
    }
    let exponential = try #require(Kernel.all.first { $0.name == "exponential" })
    let logarithm = try #require(Kernel.all.first { $0.name == "logarithm" })
    #expect(test.objection(to: device, in: [logarithm]) == nil)
    #expect(
      test.objection(to: device, in: [logarithm, exponential])?.description
        == "its bits differ from those of --device native (bits of exponential: 1 of 271 values off by up to 2 ulp) "
        + "update its driver")
    // That it builds nothing says nothing of its bits.
    let broken = test.objection(to: BrokenDevice(), in: [logarithm, exponential])
    #expect(broken?.description == "it cannot compute logarithm: clBuildProgram failed")
  }

  @Test func zerosOfTheOtherSignAndNaNsAreFound() throws {
    let signs = test.run(
      on: FaultyDevice { kernel, _, _, value in kernel == "status_scalars" && value == 0 ? -0.0 : value })
    #expect(signs.checks.first { $0.name == "bits of status_scalars" }?.passed == false)
    let nans = test.run(
      on: FaultyDevice { kernel, _, point, value in kernel == "logarithm" && point == 5 ? .nan : value })
    let check = try #require(nans.checks.first { $0.name == "bits of logarithm" })
    #expect(check.failures == 1 && check.largestError == nil)
    #expect(nans.deviation?.contains("off by more than any number") == true)
  }

  /// An error that the reference shares shows against values from elsewhere.
  @Test(arguments: [
    ("exponential", "exp against 60 digits"), ("logarithm", "log against 60 digits"),
    ("philox", "Philox4x32-10 known answers"), ("anomalous_moments", "loop integral against quadrature"),
    ("invisible_width_scalars", "widths of massless daughters"),
    ("invisible_branching_ratio", "branching ratios add up to 1"),
  ])
  func errorsOfTheReferenceAreFound(kernel: String, check: String) {
    let device = FaultyDevice { name, _, _, value in name == kernel ? value * (1 + 0x1p-42) : value }
    let report = SelfTest(reference: device, points: 64).run(on: device)
    let failed = report.checks.filter { !$0.passed }.map(\.name)
    #expect(failed.contains(check))
    #expect(!failed.contains { $0.hasPrefix("bits of") })
  }

  /// What a compiler that contracts, flushes subnormals or rounds division badly would give.
  @Test(arguments: [
    (0, "a*b + c rounded twice (not contracted)"), (1, "fused multiply-add rounded once"),
    (2, "division rounded correctly"), (3, "square root rounded correctly"),
  ])
  func wrongRoundingIsNamed(output: Int, check: String) {
    let device = FaultyDevice { kernel, k, _, value in
      kernel == "arithmetic" && k == output ? value.nextUp : value
    }
    #expect(test.run(on: device).checks.first { $0.name == check }?.passed == false)
  }

  @Test func flushedSubnormalsAreNamed() {
    let device = FaultyDevice { _, _, _, value in value.isSubnormal ? 0 : value }
    let failed = test.run(on: device).checks.filter { !$0.passed }.map(\.name)
    #expect(failed.contains("subnormal products kept") && failed.contains("subnormal quotients kept"))
    #expect(!failed.contains("division rounded correctly"))
  }

  /// What a device without subnormal numbers in single precision gives, which OpenCL allows; and conversions through signed
  /// integers.
  @Test(arguments: [
    ("store_float32", "stored as float32", ElementType.float32), ("store_uint8", "stored as uint8", .uint8),
    ("store_uint32", "stored as uint32", .uint32),
  ])
  func wrongStorageIsNamed(kernel: String, check: String, type: ElementType) throws {
    let device = FaultyDevice { name, _, _, value in
      switch name {
      case kernel where type == .float32: abs(value) < Double(Float.leastNormalMagnitude) ? 0 : value
      case kernel: min(value, type == .uint8 ? 127 : 0x1p31 - 1)
      default: value
      }
    }
    let failed = test.run(on: device).checks.filter { !$0.passed }.map(\.name)
    #expect(failed == [check])
    let product = try #require(Kernel.all.first { $0.name == "product" })
    let objection = try #require(test.objection(to: device, in: [product], storing: [.float64, type]))
    #expect(objection.description.contains("native (\(check): "), "\(objection)")
    #expect(test.objection(to: device, in: [product], storing: ElementType.allCases.filter { $0 != type }) == nil)
  }

  @Test func aDeviceThatFailsIsReported() {
    let report = test.run(on: BrokenDevice())
    #expect(!report.passed)
    #expect(report.checks.allSatisfy { !$0.passed && $0.finding.contains("clBuildProgram failed") })
  }

  @Test func jsonHasOneObjectPerCheck() throws {
    let report = test.run(on: FaultyDevice { kernel, _, _, value in kernel == "product" ? .nan : value })
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report))
    let fields = try #require(object as? [String: Any])
    #expect(fields["device"] as? String == "opencl:7" && fields["passed"] as? Bool == false)
    #expect((fields["deviation"] as? String)?.contains("bits of product") == true)
    let checks = try #require(fields["checks"] as? [[String: Any]])
    #expect(checks.count == report.checks.count)
    #expect(checks.allSatisfy { $0["name"] is String && $0["failures"] is Int && $0["limit"] is Double })
  }
}
