import ComputeDevices
import Testing

/// A device with the name under which a test run reports it.
struct TestDevice: Sendable, CustomTestStringConvertible {
  let device: any Device

  var testDescription: String { "\(device.identity.selector) (\(device.identity.driver)\(lanes))" }

  private var lanes: String {
    (device as? OpenCLDevice).map { ", as a \($0.description.kind.rawValue) with \($0.lanes) lanes" } ?? ""
  }
}

/// Every device that the test bodies run on. All must meet the same tolerances and give the same bits.
let testDevices: [TestDevice] =
  NativeDevice.InstructionSet.available.map {
    TestDevice(device: NativeDevice(threads: 2, instructionSet: $0))
  } + openCLTestDevices.map { TestDevice(device: $0) }

/// The slowest and plainest one; the others are compared with it.
let referenceDevice = NativeDevice(threads: 1, instructionSet: NativeDevice.InstructionSet.available[0])
