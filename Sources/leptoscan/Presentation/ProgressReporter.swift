import ArgumentParser
import ComputeDevices
import Foundation
import Scanning
import Synchronization

/// How `scan` reports how far it is.
enum ProgressStyle: String, CaseIterable, ExpressibleByArgument {
  case auto, plain, json, none
}

/// One live line on a terminal, sparse lines in a log, or a JSON object per line; always on standard error.
final class ProgressReporter: Sendable {
  private enum Style { case live, plain, json, silent }

  private let style: Style
  private let start = ContinuousClock.now
  private let lastReport: Mutex<ContinuousClock.Instant?> = Mutex(nil)

  init(style: ProgressStyle) {
    self.style =
      switch style {
      case .auto: isatty(STDERR_FILENO) == 1 ? .live : .plain
      case .plain: .plain
      case .json: .json
      case .none: .silent
      }
  }

  /// Reports at most as often as suits the style; the end of a scan always.
  func report(_ progress: ScanExecution.Progress) {
    let now = ContinuousClock.now
    let finished = progress.bytesDone >= progress.bytesTotal
    let due = lastReport.withLock { last in
      if now - (last ?? firstReference) < interval, !finished { return false }
      last = now
      return true
    }
    guard due, let line = line(for: progress, elapsed: (now - start).seconds, finished: finished) else { return }
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// In JSON, what the devices did, passes added up; called at the end.
  func reportTimes(_ reports: [SharedExecutor.Report]) {
    guard style == .json else { return }
    let devices = Set(reports.flatMap(\.times.keys)).sorted()
    for device in devices {
      let times = reports.compactMap { $0.times[device] }
      func sum(_ part: (SharedExecutor.DeviceTimes) -> Double) -> Double { times.reduce(0) { $0 + part($1) } }
      let line = String(
        format:
          "{\"device\": \"%@\", \"evaluating_s\": %.3f, \"waiting_s\": %.3f, \"delivering_s\": %.3f, "
          + "\"points_rechecked\": %d}\n",
        device, sum(\.evaluating), sum(\.waiting), sum(\.delivering),
        reports.reduce(0) { $0 + ($1.pointsRechecked[device] ?? 0) })
      FileHandle.standardError.write(Data(line.utf8))
    }
  }

  /// In a log the first line comes after the first interval, so that short scans print one line only.
  private var firstReference: ContinuousClock.Instant { style == .plain ? start : start - interval }

  private var interval: Duration {
    switch style {
    case .live: .milliseconds(100)
    case .json: .seconds(1)
    case .plain, .silent: .seconds(10)
    }
  }

  private func line(for progress: ScanExecution.Progress, elapsed: Double, finished: Bool) -> String? {
    let points = progress.fraction * Double(progress.pointsTotal)
    let rate = elapsed > 0 ? progress.fractionOfThisRun * Double(progress.pointsTotal) / elapsed : 0
    let remaining = rate > 0 ? (Double(progress.pointsTotal) - points) / rate : .infinity
    let percent = String(format: "%5.1f %%", 100 * progress.fraction)
    let text = "\(percent)  \(scaled(points)) of \(scaled(Double(progress.pointsTotal))) points  \(scaled(rate))/s"
    switch style {
    case .live: return "\r\(text)  \(finished ? "done     \n" : "ETA \(clock(remaining)) ")"
    case .plain: return "\(text)  \(finished ? "done" : "ETA \(clock(remaining))")\n"
    case .json:
      return String(
        format: "{\"points_done\": %.0f, \"points_total\": %d, \"points_per_second\": %.6g, \"elapsed_s\": %.3f}\n",
        points, progress.pointsTotal, rate, elapsed)
    case .silent: return nil
    }
  }
}

/// Minutes and seconds, with hours where there are any.
func clock(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e8 else { return "unknown" }
  let whole = Int(seconds.rounded(.up))
  return whole < 3600
    ? String(format: "%d:%02d", whole / 60, whole % 60)
    : String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

/// A count with a decimal prefix: 4.19 M.
func scaled(_ value: Double) -> String {
  for (factor, prefix) in [(1e12, " T"), (1e9, " G"), (1e6, " M"), (1e3, " k")] where value >= factor {
    return String(format: "%.2f%@", value / factor, prefix)
  }
  return String(format: "%.0f", value)
}

/// A number of bytes with a binary prefix: 32.0 MiB.
func bytes(_ count: Int) -> String {
  var value = Double(count)
  for unit in ["B", "KiB", "MiB", "GiB", "TiB"] {
    if value < 1024 { return String(format: unit == "B" ? "%.0f %@" : "%.1f %@", value, unit) }
    value /= 1024
  }
  return String(format: "%.1f PiB", value)
}
