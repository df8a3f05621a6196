import HostResources

extension Device {
  /// Evaluates a program whose results are all float64 at every point, in memory. One array per result.
  /// - Throws: the device's errors, `ResourceError` where memory is short.
  public func evaluateAll(_ program: Program) throws -> [[Double]] {
    let prepared = try prepare(program)
    let count = program.count
    let buffers = try program.results.map { _ in try HostBuffer(byteCount: count * MemoryLayout<Double>.size) }
    try prepared.evaluate(0..<count, into: buffers.map(\.start))
    return buffers.map { Array(UnsafeBufferPointer(start: $0.elements(as: Double.self), count: count)) }
  }
}
