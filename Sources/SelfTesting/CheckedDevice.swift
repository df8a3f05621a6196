import ComputeDevices
import LeptonicPortal
import Synchronization

/// A device that is believed only as far as the native device agrees with it, for programs that no ``SharedExecutor`` runs.
///
/// Before a kernel runs, or a type is stored, for the first time its bits are compared as before a scan; and some points of
/// everything that is evaluated are computed again natively.
public final class CheckedDevice: Device {
  private let device: any Device
  private let test: SelfTest
  private let agreed = Mutex((kernels: Set<Kernel>(), types: Set<ElementType>()))

  /// - Parameter test: what is compared beforehand, as before a scan by default.
  public init(_ device: any Device, test: SelfTest = .beforeUse) {
    self.device = device
    self.test = test
  }

  public var pointsAtATime: Int { device.pointsAtATime }
  public var identity: DeviceIdentity { device.identity }

  public func hostBytes(for program: Program, tableBytes: Int, workers: Int) -> Int {
    device.hostBytes(for: program, tableBytes: tableBytes, workers: workers)
  }

  /// - Throws: `SharedExecutor.DeviceFailure` with the ``DeviceObjection``; the prepared program throws one with the range in
  ///   which results are wrong.
  public func prepare(_ program: Program) throws -> any PreparedProgram {
    try agreed.withLock { agreed in
      let kernels = Set(program.steps.map(\.kernel)).subtracting(agreed.kernels)
      let types = Set(program.results.map(\.type)).subtracting(agreed.types)
      if let objection = test.objection(
        to: device, in: Kernel.all.filter(kernels.contains), storing: ElementType.allCases.filter(types.contains))
      {
        throw SharedExecutor.DeviceFailure(device: identity, reason: objection)
      }
      agreed.kernels.formUnion(kernels)
      agreed.types.formUnion(types)
    }
    return RecheckedProgram(try device.prepare(program), of: program, on: identity)
  }
}
