import Foundation
import SelfTesting
import Synchronization

/// How far the self-test of a device is, on standard error: one live line on a terminal, in a log a line now and then.
final class SelfTestProgress: Sendable {
  private let device: String
  private let isLive = isatty(STDERR_FILENO) == 1
  private let lastReport: Mutex<ContinuousClock.Instant>

  init(device: String) {
    self.device = device
    // Short tests say nothing in a log.
    lastReport = Mutex(isLive ? .now - .seconds(1) : .now)
  }

  /// May be called from any thread.
  func report(_ stage: SelfTest.Stage) {
    lastReport.withLock { last in
      let now = ContinuousClock.now
      guard now - last > (isLive ? .milliseconds(100) : .seconds(10)) else { return }
      last = now
      let line = "\(device): \(Self.text(stage))"
      if isLive { StandardStreams.reportLive("\(line)   ", isLast: false) } else { printError(line) }
    }
  }

  /// Clears the live line.
  func end() { if isLive { StandardStreams.clearLive() } }

  private static func text(_ stage: SelfTest.Stage) -> String {
    switch stage {
    case .compiled(let count, let total): "compiled kernel \(count)/\(total)"
    case .comparing(let number, let total): "comparing kernel \(number)/\(total)"
    }
  }
}
