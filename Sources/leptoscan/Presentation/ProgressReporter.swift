import ArgumentParser
import ComputeDevices
import Foundation
import Scanning
import Synchronization

/// How `scan` reports how far it is.
enum ProgressStyle: String, CaseIterable, ExpressibleByArgument {
  case auto, plain, json, none
}

/// What of a scan is under way: all of it, or one of the two stages of a scan that keeps some of its points.
enum ScanStage: String {
  case scan, selection, kept

  /// Before the numbers of a line for people.
  fileprivate var heading: String {
    switch self {
    case .scan: ""
    case .selection: "selecting "
    case .kept: "kept points "
    }
  }
}

/// One live line on a terminal, sparse lines in a log, or a JSON object per line; always on standard error.
final class ProgressReporter: Sendable {
  private enum Style { case live, plain, json, silent }

  private let style: Style
  private let stage: ScanStage
  private let start = ContinuousClock.now
  private let lastReport: Mutex<ContinuousClock.Instant?> = Mutex(nil)

  init(style: ProgressStyle, stage: ScanStage) {
    self.stage = stage
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
    if style == .live {
      StandardStreams.reportLive(fitted(line), isLast: finished)
    } else {
      StandardStreams.report("\(line)\n")
    }
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
          "{\"device\": \"%@\", \"evaluating_s\": %.3f, \"waiting_s\": %.3f, \"rechecking_s\": %.3f, "
          + "\"delivering_s\": %.3f, \"points_rechecked\": %d}\n",
        device, sum(\.evaluating), sum(\.waiting), sum(\.rechecking), sum(\.delivering),
        reports.reduce(0) { $0 + ($1.pointsRechecked[device] ?? 0) })
      StandardStreams.report(line)
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
    let shares = progress.deviceShares.sorted { $0.key < $1.key }
    switch style {
    case .live, .plain:
      let percent = String(format: "%5.1f %%", 100 * progress.fraction)
      let counted = "\(scaled(points)) of \(scaled(Double(progress.pointsTotal))) points  \(scaled(rate))/s"
      let text = "\(stage.heading)\(percent)  \(counted)  \(finished ? "done" : "ETA \(clock(remaining))")"
      let devices = shares.count < 2 ? "" : shares.map { "  \($0.key) \(percentText($0.value))" }.joined()
      return text + devices
    case .json:
      let devices = shares.map { String(format: "\"%@\": %.4f", $0.key, $0.value) }.joined(separator: ", ")
      return String(
        format: "{\"stage\": \"%@\", \"points_done\": %.0f, \"points_total\": %d, \"points_per_second\": %.6g, "
          + "\"elapsed_s\": %.3f, \"eta_s\": %@, \"devices\": {%@}}",
        stage.rawValue, points, progress.pointsTotal, rate, elapsed,
        remaining.isFinite ? String(format: "%.3f", finished ? 0 : remaining) : "null", devices)
    case .silent: return nil
    }
  }

  private func percentText(_ part: Double) -> String { String(format: "%.0f %%", 100 * part) }

  /// A live line, over all of the last one and no longer than the terminal is wide: a broken one could not be rewritten.
  private func fitted(_ text: String) -> String {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
    let width = isKnown ? Int(size.ws_col) - 1 : 79
    return text.padding(toLength: width, withPad: " ", startingAt: 0)
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
