import Foundation

extension NativeDevice {
  /// Cores that this process may use: those of the machine, or fewer where it was tied to some of them (`taskset`, a batch
  /// system).
  public static var usableCores: Int {
    let all = ProcessInfo.processInfo.activeProcessorCount
    return max(1, min(all, allowedCores ?? all))
  }

  /// As Linux tells it, a bit per core: `Cpus_allowed: ff,ffffffff`. Nil elsewhere.
  private static var allowedCores: Int? {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
    return line?.drop { $0 != ":" }.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
  }
}
