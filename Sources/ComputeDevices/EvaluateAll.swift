extension Device {
  /// Evaluates a program whose results are all float64 at every point, in memory. One array per result.
  public func evaluateAll(_ program: Program) throws -> [[Double]] {
    let prepared = try prepare(program)
    let count = program.count
    let buffers = program.results.map { _ in UnsafeMutablePointer<Double>.allocate(capacity: count) }
    defer { for buffer in buffers { buffer.deallocate() } }
    try prepared.evaluate(0..<count, into: buffers.map(UnsafeMutableRawPointer.init))
    return buffers.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
  }
}
