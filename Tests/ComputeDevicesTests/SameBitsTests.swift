import ComputeDevices
import LeptonicPortal
import Testing

/// Bits depend neither on the device, nor on the number of threads, nor on how a range is cut.
struct SameBitsTests {
  static let pointCount = 100_000

  private func program(_ kernel: Kernel) throws -> Program {
    let domain = try #require(kernelDomains[kernel.name])
    let inputs = domain.samples(domain.count ?? Self.pointCount, seed: UInt64(kernel.rawValue.rawValue) + 100)
    return pointsProgram(kernel, inputs: inputs, auxiliary: domain.auxiliary)
  }

  @Test func everyKernelHasADomain() {
    #expect(Set(Kernel.all.map(\.name)).subtracting(kernelDomains.keys) == [])
    for kernel in Kernel.all { #expect(kernelDomains[kernel.name]?.inputs.count == kernel.inputCount) }
  }

  @Test(arguments: testDevices, Kernel.all.map(\.name).filter { kernelDomains[$0] != nil })
  func sameOnEveryDevice(device: TestDevice, kernelName: String) throws {
    let program = try program(try #require(Kernel.all.first { $0.name == kernelName }))
    let expected = try evaluateBytes(program, on: referenceDevice)
    #expect(try evaluateBytes(program, on: device.device) == expected)
  }

  @Test(arguments: NativeDevice.InstructionSet.available, [1, 2, 3, 7])
  func sameForEveryThreadCount(instructionSet: NativeDevice.InstructionSet, threads: Int) throws {
    let program = try program(try #require(Kernel.all.first { $0.name == "anomalous_moments" }))
    let expected = try evaluateBytes(program, on: referenceDevice)
    let device = NativeDevice(threads: threads, instructionSet: instructionSet)
    #expect(try evaluateBytes(program, on: device) == expected)
  }

  @Test(arguments: testDevices)
  func sameForEveryCut(device: TestDevice) throws {
    let program = try program(try #require(Kernel.all.first { $0.name == "anomalous_moments" }))
    let whole = try evaluate(program, on: referenceDevice)
    for cuts in [[0, 1, 2, 514, 1027], [0, 511, 513, 1025, 1039], [0, 7, 7, 4099, 50_001, Self.pointCount]] {
      for (start, end) in zip(cuts, cuts.dropFirst()) {
        let part = try evaluate(program, range: start..<end, on: device.device)
        #expect(part.map { $0.map(\.bitPattern) } == whole.map { $0[start..<end].map(\.bitPattern) })
      }
    }
  }
}
