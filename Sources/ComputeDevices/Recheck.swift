import Foundation

/// Computes some points of a device's chunks again on the native device, and compares them bit for bit. Used by one
/// thread.
final class Recheck {
  private let program: NativeProgram
  private let sizes: [Int]
  private var pointsPerChunk: Int
  private let expected: [UnsafeMutableRawPointer]

  /// Where that many seconds of processor time do not suffice, fewer points are compared, but two: otherwise slow points
  /// (Monte Carlo with many samples) would make a fast device wait for the native one.
  private static let mostSeconds = 0.05
  private static let fewestPoints = 2

  /// nil if no points are to be compared.
  init?(_ program: Program, pointsPerChunk: Int) {
    guard pointsPerChunk > 0 else { return nil }
    self.program = NativeDevice(threads: 1).nativeProgram(program)
    self.pointsPerChunk = pointsPerChunk
    sizes = program.results.map(\.type.size)
    expected = sizes.map { .allocate(byteCount: pointsPerChunk * $0, alignment: 64) }
  }

  deinit { for buffer in expected { buffer.deallocate() } }

  /// The first point, the last one, and one in each of the stretches of equal length in between; the same ones in every
  /// run of equal cuts.
  func points(of chunk: Range<Int>) -> [Int] {
    let count = min(pointsPerChunk, chunk.count)
    return (0..<count).map { k in
      let stretch = chunk.lowerBound + chunk.count * k / count..<chunk.lowerBound + chunk.count * (k + 1) / count
      if k == 0 { return stretch.lowerBound }
      if k == count - 1 { return stretch.upperBound - 1 }
      // Multiplication by the golden ratio leaves no regular distances, which the axes of a grid could share.
      let spread = (UInt64(stretch.lowerBound) &* 0x9e37_79b9_7f4a_7c15) >> 32
      return stretch.lowerBound + Int(spread % UInt64(stretch.count))
    }
  }

  /// Whether the results of a chunk are the native device's at some of its points.
  /// - Throws: `ResourceError` where memory is short.
  func agrees(with results: [UnsafeRawBufferPointer], of chunk: Range<Int>, at points: [Int]) throws -> Bool {
    let start = threadSeconds()
    try program.evaluate(points: points, into: expected)
    let seconds = threadSeconds() - start
    if seconds > Self.mostSeconds {
      let fewer = Int(Double(points.count) * Self.mostSeconds / seconds)
      pointsPerChunk = min(pointsPerChunk, max(Self.fewestPoints, fewer))
    }
    return zip(zip(results, expected), sizes).allSatisfy { columns, size in
      guard let values = columns.0.baseAddress else { return points.isEmpty }
      return points.enumerated().allSatisfy { k, point in
        memcmp(values + (point - chunk.lowerBound) * size, columns.1 + k * size, size) == 0
      }
    }
  }
}

/// Processor time of this thread.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
