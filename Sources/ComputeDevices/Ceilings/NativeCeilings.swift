import Dispatch
import LeptonicPortal
import PortalKernels

extension NativeDevice: MeasurableDevice {
  /// On all threads together.
  public func measureCeilings(repeats: Int) throws -> DeviceCeilings {
    DeviceCeilings(multiplyAdd: multiplyAddRate(repeats), bandwidth: triadRate(repeats))
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
  private func triadRate(_ repeats: Int) -> RateMeasurement {
    let (count, threads) = (1 << 23, threads)
    nonisolated(unsafe) let arrays = (0..<3).map { _ in UnsafeMutablePointer<Double>.allocate(capacity: count) }
    defer { arrays.forEach { $0.deallocate() } }
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
  let start = DispatchTime.now().uptimeNanoseconds
  let value = body()
  return (value, Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
}

extension Range<Int> {
  /// The sum of `body` over the range, one thread each.
  fileprivate func concurrentSum(_ body: @Sendable (Int) -> Double) -> Double {
    let count = count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { parts in
      nonisolated(unsafe) let parts = parts
      DispatchQueue.concurrentPerform(iterations: count) { parts[$0] = body($0) }
      return parts.reduce(0, +)
    }
  }
}
