import ComputeDevices
import LeptonicPortal

/// Finds out whether a device computes what it should: in seconds, once its kernels are compiled.
///
/// Every kernel's bits are compared with the native device working on one number at a time, at random and at special
/// inputs; and, since that would not find an error which both have, the arithmetic itself, how results are stored, exp, log,
/// Philox, the loop integral and the widths are compared with values from elsewhere.
public struct SelfTest: Sendable {
  private let reference: any Device
  private let points: Int

  /// - Parameters:
  ///   - reference: the device whose bits are expected; by default the native one, one number at a time.
  ///   - points: random points per kernel; a kernel with long loops gets fewer.
  public init(reference: (any Device)? = nil, points: Int = 4096) {
    let plainest = NativeDevice.InstructionSet.available.first ?? .best
    self.reference = reference ?? NativeDevice(instructionSet: plainest)
    self.points = points
  }

  /// How far the test of a device is.
  public enum Stage: Sendable, Hashable {
    case compiled(Int, of: Int)
    case comparing(Int, of: Int)
  }

  /// Never throws: what a device cannot do is a failed check.
  ///
  /// - Parameter report: called as kernels are compiled and compared, from any thread.
  public func run(on device: any Device, report: @Sendable (Stage) -> Void = { _ in }) -> SelfTestReport {
    let kernels = Kernel.all
    (device as? OpenCLDevice)?.compile(kernels) { report(.compiled($0, of: kernels.count)) }
    let subject = Subject(device: device)
    let comparisons = kernels.enumerated().compactMap { number, kernel in
      report(.comparing(number + 1, of: kernels.count))
      return sameBits(of: kernel, on: subject)
    }
    let checks = [
      arithmeticChecks(subject), storageChecks(device), elementaryChecks(subject), philoxChecks(subject),
      loopIntegralChecks(subject),
      widthChecks(subject), comparisons,
    ]
    return SelfTestReport(device: device.identity, checks: checks.flatMap(\.self))
  }

  /// What is compared before a device computes something that is kept.
  public static var beforeUse: SelfTest { SelfTest(reference: NativeDevice(), points: 1024) }

  /// Compares the bits of some kernels, and how results are stored in some types, only.
  ///
  /// - Returns: what speaks against computing with the device, nil if all bits agree.
  public func objection(
    to device: any Device, in kernels: [Kernel], storing types: [ElementType] = []
  ) -> DeviceObjection? {
    var differences: [String] = []
    for kernel in kernels {
      do {
        guard let errors = try bitErrors(of: kernel, on: device) else { continue }
        let check = sameBits(of: kernel, errors)
        if !check.passed { differences.append(check.finding) }
      } catch {
        return .cannotCompute(kernel: kernel.name, reason: error)
      }
    }
    differences += storageChecks(device, of: types).filter { !$0.passed }.map(\.finding)
    return differences.isEmpty ? nil : .otherBits(differences)
  }

  private func sameBits(of kernel: Kernel, on subject: Subject) -> SelfTestCheck? {
    do {
      return try bitErrors(of: kernel, on: subject.device).map { sameBits(of: kernel, $0) }
    } catch {
      return SelfTestCheck(name: checkName(kernel), failure: error)
    }
  }

  private func sameBits(of kernel: Kernel, _ errors: [Double]) -> SelfTestCheck {
    SelfTestCheck(name: checkName(kernel), errors: .init(values: errors), limit: 0, unit: .ulp)
  }

  private func checkName(_ kernel: Kernel) -> String { "bits of \(kernel.name)" }

  /// Distances from the reference device; nil for a kernel without a domain.
  private func bitErrors(of kernel: Kernel, on device: any Device) throws -> [Double]? {
    guard let domain = kernelDomains[kernel.name] else { return nil }
    let inputs = domain.samplesWithSpecialValues(points, seed: UInt64(kernel.rawValue.rawValue))
    let program = Program(kernel, at: inputs, auxiliary: domain.auxiliary)
    let (values, expected) = (try device.evaluateAll(program), try reference.evaluateAll(program))
    return zip(values, expected).flatMap { zip($0, $1).map(ulpDistance) }
  }
}

/// Why a device should not take part in a scan.
public enum DeviceObjection: Error, Sendable, CustomStringConvertible {
  case cannotCompute(kernel: String, reason: any Error)
  /// What differs, a part of a sentence for each kernel.
  case otherBits([String])

  public var description: String {
    switch self {
    case .cannotCompute(let kernel, let reason):
      // Without the build log, which selftest prints.
      "it cannot compute \(kernel): \("\(reason)".prefix { $0 != "\n" })"
    case .otherBits(let differences):
      "its bits differ from those of --device native (\(differences.joined(separator: "; "))) update its driver"
    }
  }
}

/// The device under test.
struct Subject {
  let device: any Device

  /// One kernel at many points: `inputs[j][i]` is input j of point i, and likewise the outputs.
  func evaluate(_ kernel: Kernel, _ inputs: [[Double]]) throws -> [[Double]] {
    try device.evaluateAll(Program(kernel, at: inputs))
  }
}

/// Makes a check of the errors that `errors` returns.
func check(
  _ name: String, limit: Double, unit: SelfTestCheck.Unit, _ errors: () throws -> [Double]
) -> SelfTestCheck {
  do {
    return SelfTestCheck(name: name, errors: .init(values: try errors()), limit: limit, unit: unit)
  } catch {
    return SelfTestCheck(name: name, failure: error)
  }
}

extension Program {
  /// One kernel at a list of points; every output is a float64 result.
  package init(_ kernel: Kernel, at inputs: [[Double]], auxiliary: [Double]? = nil) {
    let outputs = Array(0..<kernel.outputCount)
    let step = Step(
      kernel: kernel, inputs: inputs.indices.map { .table($0, strides: [1]) }, outputs: outputs,
      auxiliary: auxiliary == nil ? nil : inputs.count)
    self.init(
      shape: [inputs.first?.count ?? 0], tables: inputs + (auxiliary.map { [$0] } ?? []), steps: [step],
      streamCount: outputs.count, results: outputs.map { Result(stream: $0, type: .float64) })
  }
}
