#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Seconds since it was made, by a clock that nobody sets.
public struct Stopwatch: Sendable {
  private let start: Double

  public init() { start = Stopwatch.now }

  public var seconds: Double { Stopwatch.now - start }

  /// Seconds since some time in the past.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
