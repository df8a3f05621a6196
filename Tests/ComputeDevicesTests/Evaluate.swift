import ComputeDevices
import LeptonicPortal

/// The raw bytes of each result of a program on a range of its points (all of them by default).
func evaluateBytes(_ program: Program, range: Range<Int>? = nil, on device: any Device) throws -> [[UInt8]] {
  let range = range ?? 0..<program.count
  let buffers = program.results.map {
    UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, range.count * $0.type.size), alignment: 64)
  }
  defer { buffers.forEach { $0.deallocate() } }
  // A pattern no result has, so that an element that was never written shows.
  for buffer in buffers { buffer.initializeMemory(as: UInt8.self, repeating: 0xA5) }
  try device.prepare(program).evaluate(range, into: buffers.compactMap(\.baseAddress))
  return zip(buffers, program.results).map { buffer, result in Array(buffer.prefix(range.count * result.type.size)) }
}

/// The float64 results of a program.
func evaluate(_ program: Program, range: Range<Int>? = nil, on device: any Device) throws -> [[Double]] {
  try evaluateBytes(program, range: range, on: device).map { elements($0, as: Double.self) }
}

/// One kernel at many points: `inputs[j][i]` is input j of point i, and likewise the outputs.
func evaluate(_ kernel: Kernel, inputs: [[Double]], on device: any Device) throws -> [[Double]] {
  try evaluate(pointsProgram(kernel, inputs: inputs), on: device)
}

/// The program that evaluates one kernel at a list of points.
func pointsProgram(_ kernel: Kernel, inputs: [[Double]], auxiliary: [Double]? = nil) -> Program {
  let step = Program.Step(
    kernel: kernel, inputs: inputs.indices.map { .table($0, strides: [1]) }, outputs: Array(0..<kernel.outputCount),
    auxiliary: auxiliary == nil ? nil : inputs.count)
  return Program(
    shape: [inputs.first?.count ?? 0], tables: inputs + (auxiliary.map { [$0] } ?? []), steps: [step],
    streamCount: kernel.outputCount, results: step.outputs.map { Program.Result(stream: $0, type: .float64) })
}

/// Bytes as elements of a plain type.
func elements<Element: BitwiseCopyable>(_ bytes: [UInt8], as type: Element.Type) -> [Element] {
  bytes.withUnsafeBytes { raw in
    (0..<raw.count / MemoryLayout<Element>.stride).map {
      raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Element>.stride, as: type)
    }
  }
}

/// |value / expected - 1|; 0 where both are 0, infinite or NaN where one is out of bounds.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  value == expected ? 0 : abs(value - expected) / abs(expected)
}
