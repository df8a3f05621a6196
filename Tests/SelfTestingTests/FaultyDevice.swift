import ComputeDevices

/// The native device with one thing wrong.
struct FaultyDevice: Device {
  /// Changes output `output` of point `point` of a kernel.
  let corrupt: @Sendable (_ kernel: String, _ output: Int, _ point: Int, _ value: Double) -> Double
  private let healthy = NativeDevice(threads: 1)

  init(corrupt: @escaping @Sendable (String, Int, Int, Double) -> Double) { self.corrupt = corrupt }

  let pointsAtATime = 64
  var identity: DeviceIdentity {
    DeviceIdentity(selector: "opencl:7", name: "Faulty", driver: "1.0", computeUnits: 1)
  }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    FaultyProgram(inner: try healthy.prepare(program), program: program, corrupt: corrupt)
  }
}

private struct FaultyProgram: PreparedProgram {
  let inner: any PreparedProgram
  let program: Program
  let corrupt: @Sendable (String, Int, Int, Double) -> Double

  func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws {
    try inner.evaluate(range, into: results)
    let kernel = program.steps[0].kernel.name
    for (k, result) in results.enumerated() {
      switch program.results[k].type {
      case .float64: change(result, as: Double.self, range) { corrupt(kernel, k, $0, $1) }
      case .float32: change(result, as: Float.self, range) { Float(corrupt("store_float32", k, $0, Double($1))) }
      case .uint8: change(result, as: UInt8.self, range) { UInt8(corrupt("store_uint8", k, $0, Double($1))) }
      case .uint32: change(result, as: UInt32.self, range) { UInt32(corrupt("store_uint32", k, $0, Double($1))) }
      }
    }
  }

  private func change<T>(
    _ result: UnsafeMutableRawPointer, as type: T.Type, _ range: Range<Int>, _ changed: (_ point: Int, T) -> T
  ) {
    let values = result.assumingMemoryBound(to: type)
    for i in 0..<range.count { values[i] = changed(range.lowerBound + i, values[i]) }
  }
}
