import Dispatch
import Foundation
import Synchronization

/// The wish to stop, and the signal that it came with.
final class StopRequest: Sendable {
  private let received = Mutex<(name: String, time: ContinuousClock.Instant)?>(nil)

  /// The name of the first signal; nil while none has come.
  var signalName: String? { received.withLock { $0?.name } }

  /// Notes the first signal; false for every further one, but for those that come with the first: GNU timeout sends two.
  fileprivate func receive(_ name: String) -> Bool {
    received.withLock { received in
      let now = ContinuousClock.now
      if let received { return now - received.time < .seconds(1) }
      received = (name, now)
      return true
    }
  }
}

/// Turns SIGTERM, SIGINT and SIGUSR1 (which batch systems send before the time limit) into a request to stop.
///
/// Another signal, a second later or more, ends the process at once; even then nothing that was recorded is lost. Make it before any thread:
/// the signals are blocked, which threads inherit, because OpenCL drivers with LLVM inside set handlers of their own.
final class StopSignals {
  private static let handled = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGUSR1, "SIGUSR1")]

  let request: StopRequest
  private let sources: [any DispatchSourceSignal]

  init() {
    // A queue of its own, since the shared ones are busy computing.
    let queue = DispatchQueue(label: "leptoscan.signals")
    let request = StopRequest()
    self.request = request
    changeMask(SIG_BLOCK, StopSignals.handled.map(\.0))
    sources = StopSignals.handled.map { number, name in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if request.receive(name) { return }
        signal(number, SIG_DFL)
        changeMask(SIG_UNBLOCK, [number])
        raise(number)
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }
}

/// Blocks or unblocks signals for this thread and those that it starts.
private func changeMask(_ change: CInt, _ signals: [CInt]) {
  var set = sigset_t()
  sigemptyset(&set)
  for number in signals { sigaddset(&set, number) }
  pthread_sigmask(change, &set, nil)
}
