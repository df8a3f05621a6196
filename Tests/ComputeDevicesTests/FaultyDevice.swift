import ComputeDevices
import Synchronization

/// A device that fails in a chosen way and otherwise does what another one does.
struct FaultyDevice: Device {
  enum Fault: Sendable, Hashable {
    case inPrepare
    /// Throws in its n-th evaluation, counted from 1, and in all later ones.
    case inEvaluation(Int)
    /// Flips a bit of the last value from its n-th evaluation on.
    case wrongBits(Int)
    /// Flips a bit of every other value, the first and the last one excepted.
    case wrongBitsInside
    case none
  }

  struct Failure: Error {}

  let base: any Device
  let fault: Fault
  let number: Int

  let pointsAtATime = 64
  var identity: DeviceIdentity {
    DeviceIdentity(selector: "faulty:\(number)", name: "faulty", driver: "test", computeUnits: 1)
  }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    if fault == .inPrepare { throw Failure() }
    return FaultyProgram(base: try base.prepare(program), fault: fault, types: program.results.map(\.type))
  }
}

private final class FaultyProgram: PreparedProgram {
  private let base: any PreparedProgram
  private let fault: FaultyDevice.Fault
  private let types: [ElementType]
  private var evaluations = 0

  init(base: any PreparedProgram, fault: FaultyDevice.Fault, types: [ElementType]) {
    self.base = base
    self.fault = fault
    self.types = types
  }

  func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws {
    evaluations += 1
    if case .inEvaluation(let n) = fault, evaluations >= n { throw FaultyDevice.Failure() }
    try base.evaluate(range, into: results)
    guard let type = types.last, let last = results.last else { return }
    for index in wrongIndices(of: range.count) {
      (last + index * type.size).assumingMemoryBound(to: UInt8.self).pointee ^= 1
    }
  }

  private func wrongIndices(of count: Int) -> [Int] {
    switch fault {
    case .wrongBits(let n) where evaluations >= n: [count - 1]
    case .wrongBitsInside: Array(stride(from: 1, to: count - 1, by: 2))
    default: []
    }
  }
}
