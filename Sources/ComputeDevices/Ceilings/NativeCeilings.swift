import HostResources
import LeptonicPortal
import PortalKernels

extension NativeDevice: MeasurableDevice {
  /// On all threads together.
  public func measureCeilings(repeats: Int) throws -> DeviceCeilings {
    DeviceCeilings(multiplyAdd: multiplyAddRate(repeats), bandwidth: try triadRate(repeats))
  }

  private func multiplyAddRate(_ repeats: Int) -> RateMeasurement {
    let (isa, threads) = (instructionSet.rawValue, threads)
    let rates = (0...repeats).map { _ in
      let (operations, seconds) = timed {
        (0..<threads).concurrentSum { _ in
          var result = 0.0
          return portal_multiply_adds(isa, 2_000_000, &result)
        }
      }
      return operations / seconds
    }
    return RateMeasurement(Array(rates.dropFirst()))
  }

  /// Three arrays of 64 MiB; each thread walks its own part.
  private func triadRate(_ repeats: Int) throws -> RateMeasurement {
    let (count, threads) = (1 << 23, threads)
    let buffers = try (0..<3).map { _ in try HostBuffer(byteCount: count * MemoryLayout<Double>.size) }
    nonisolated(unsafe) let arrays = buffers.map { $0.elements(as: Double.self) }
    defer { withExtendedLifetime(buffers) {} }
    for array in arrays { array.initialize(repeating: 1, count: count) }
    let rates = (0...repeats).map { _ in
      let (elements, seconds) = timed {
        (0..<threads).concurrentSum { part in
          let (start, end) = (count / threads * part, part + 1 == threads ? count : count / threads * (part + 1))
          portal_triad(end - start, arrays[0] + start, arrays[1] + start, arrays[2] + start)
          return Double(end - start)
        }
      }
      return 24 * elements / seconds
    }
    return RateMeasurement(Array(rates.dropFirst()))
  }
}

/// What a closure returns, and how long it took.
private func timed(_ body: () -> Double) -> (value: Double, seconds: Double) {
  let watch = Stopwatch()
  let value = body()
  return (value, watch.seconds)
}

extension Range<Int> {
  /// The sum of `body` over the range, one thread each.
  fileprivate func concurrentSum(_ body: @Sendable (Int) -> Double) -> Double {
    let count = count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { parts in
      nonisolated(unsafe) let parts = parts
      forEachIndex(below: count, threads: count) { parts[$0] = body($0) }
      return parts.reduce(0, +)
    }
  }
}
