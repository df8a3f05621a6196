import ComputeDevices
import HostResources

/// `amount` per second, from one run to warm up and `repeats` that count. `run` returns the seconds it took.
func rate(of amount: Double, repeats: Int, _ run: () throws -> Double) rethrows -> RateMeasurement {
  _ = try run()
  return RateMeasurement(try (0..<repeats).map { _ in amount / (try run()) })
}

/// The time a closure takes, by the wall clock.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let watch = Stopwatch()
  try body()
  return max(1e-9, watch.seconds)
}
