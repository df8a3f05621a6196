import ComputeDevices

/// Computes larger programs wrongly, from the second chunk on.
struct WrongDevice: Device {
  let base: any Device
  var bytesOfRightPrograms = 0
  var isAsked: @Sendable () -> Void = {}

  let pointsAtATime = 64
  var identity: DeviceIdentity { DeviceIdentity(selector: "wrong:0", name: "wrong", driver: "test", computeUnits: 1) }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    isAsked()
    let prepared = try base.prepare(program)
    return byteCount(program) > bytesOfRightPrograms ? WrongProgram(prepared) : prepared
  }
}

/// Bytes of all results.
func byteCount(_ program: Program) -> Int {
  program.count * program.results.map(\.type.size).reduce(0, +)
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
