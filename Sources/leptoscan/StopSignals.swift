import Dispatch
import Foundation
import Synchronization

/// The wish to stop, and the signal that it came with.
final class StopRequest: Sendable {
  private let received = Mutex<String?>(nil)

  /// The name of the first signal; nil while none has come.
  var signalName: String? { received.withLock { $0 } }

  fileprivate func receive(_ name: String) { received.withLock { $0 = $0 ?? name } }
}

/// Turns SIGTERM, SIGINT and SIGUSR1 (which batch systems send before the time limit) into a request to stop.
///
/// The second signal ends the process at once; even then nothing that was recorded is lost.
final class StopSignals {
  private static let handled = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGUSR1, "SIGUSR1")]

  let request: StopRequest
  private let sources: [any DispatchSourceSignal]

  init() {
    // A queue of its own, since the shared ones are busy computing.
    let queue = DispatchQueue(label: "leptoscan.signals")
    let request = StopRequest()
    self.request = request
    sources = StopSignals.handled.map { number, name in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        request.receive(name)
        for (number, _) in StopSignals.handled { signal(number, SIG_DFL) }
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }
}
