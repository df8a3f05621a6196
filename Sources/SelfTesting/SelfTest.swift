import ComputeDevices
import LeptonicPortal

/// Finds out in seconds whether a device computes what it should.
///
/// Every kernel's bits are compared with the native device working on one number at a time, at random and at special
/// inputs; and, since that would not find an error which both have, the arithmetic itself, exp, log, Philox, the loop
/// integral and the widths are compared with values from elsewhere.
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

  /// Never throws: what a device cannot do is a failed check.
  public func run(on device: any Device) -> SelfTestReport {
    let subject = Subject(device: device)
    let checks = [
      arithmeticChecks(subject), elementaryChecks(subject), philoxChecks(subject), loopIntegralChecks(subject),
      widthChecks(subject), Kernel.all.compactMap { sameBits(of: $0, on: subject) },
    ]
    return SelfTestReport(device: device.identity, checks: checks.flatMap(\.self))
  }

  /// Compares the bits of some kernels only.
  ///
  /// - Returns: one sentence that names the devices, kernels and distances that differ, for the `device_deviation`
  ///   attribute of an output file; nil if all bits agree. The native device is not compared.
  public func deviation(of devices: [any Device], in kernels: [Kernel]) -> String? {
    let findings = devices.filter { $0.identity.selector != "native" }.compactMap { device in
      let failed = kernels.compactMap { sameBits(of: $0, on: Subject(device: device)) }.filter { !$0.passed }
      // Without build logs.
      let sentences = failed.compactMap { $0.finding.split(separator: "\n").first.map(String.init) }
      let name = "\(device.identity.selector) \(device.identity.name)"
      return sentences.isEmpty ? nil : "\(name): \(sentences.joined(separator: "; "))"
    }
    return findings.isEmpty ? nil : findings.joined(separator: "; ")
  }

  private func sameBits(of kernel: Kernel, on subject: Subject) -> SelfTestCheck? {
    guard let domain = kernelDomains[kernel.name] else { return nil }
    return check("bits of \(kernel.name)", limit: 0, unit: .ulp) {
      let inputs = domain.samplesWithSpecialValues(points, seed: UInt64(kernel.rawValue.rawValue))
      let program = Program(kernel, at: inputs, auxiliary: domain.auxiliary)
      let (values, expected) = (try subject.device.evaluateAll(program), try reference.evaluateAll(program))
      return zip(values, expected).flatMap { zip($0, $1).map(ulpDistance) }
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
