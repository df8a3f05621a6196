import Foundation
import HostResources
import Synchronization

/// What the process does when SIGTERM, SIGINT or SIGUSR1 (which batch systems send before the time limit) asks it to stop.
///
/// The signals are blocked before any thread is made, which threads inherit, because OpenCL drivers with LLVM inside set
/// handlers of their own; the main thread does nothing but wait for them, so that they are heard whatever the command does.
enum StopSignals {
  private static let handled: [(number: CInt, name: StaticString)] = [
    (SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGUSR1, "SIGUSR1"),
  ]

  /// What a signal does. All that it needs can be used in a signal handler, too.
  private enum Policy: Int {
    /// What the system does with it.
    case usual
    /// The process ends at once, as resumable, with the ``lastWords``.
    case endAtOnce
    /// The wish is noted for those who ask, and they end when what they do is stored.
    case onRequest
  }

  private static let policy = Atomic(Policy.usual.rawValue)
  /// The address of what the first signal has to say, a C string that is never freed; 0 for nothing.
  private static let lastWords = Atomic<UInt>(0)
  /// The first signal that asked for the end; 0 while none has.
  private static let first = Atomic<CInt>(0)
  private static let firstTime = Atomic<UInt64>(0)
  /// Those that the process was told to ignore when it began, as a bit each: the shell does that for what runs behind it.
  private static let ignored = Atomic<UInt64>(0)

  /// Call it before any thread is made.
  static func block() {
    for (number, _) in handled {
      var action = sigaction()
      sigaction(number, nil, &action)
      if isIgnoring(action) { ignored.bitwiseOr(1 << UInt64(number), ordering: .relaxed) }
    }
    changeMask(SIG_BLOCK, handled.map(\.number))
  }

  /// Hears the signals for ever.
  static func serve() -> Never {
    var set = sigset_t()
    sigemptyset(&set)
    for (number, _) in handled { sigaddset(&set, number) }
    while true {
      var number: CInt = 0
      if sigwait(&set, &number) == 0 { receive(number) }
    }
  }

  /// Where no thread can be made that waits for them: they interrupt the only one there is.
  static func serveByHandlers() {
    for (number, _) in handled { signal(number) { StopSignals.receive($0) } }
    changeMask(SIG_UNBLOCK, handled.map(\.number))
  }

  /// From now on the first signal ends the process at once, with exit code 75: nothing of its work is lost.
  /// - Parameter words: what follows `stopped (SIGTERM`.
  static func endAtOnce(saying words: String) {
    lastWords.store(UInt(bitPattern: strdup("\(words)\n")), ordering: .releasing)
    policy.store(Policy.endAtOnce.rawValue, ordering: .releasing)
  }

  /// From now on the first signal asks for the end; another one, a second later or more, ends the process at once.
  static func endOnRequest() -> StopRequest {
    policy.store(Policy.onRequest.rawValue, ordering: .releasing)
    return StopRequest()
  }

  /// The name of the first signal that asked for the end; nil while none has.
  fileprivate static var requested: String? {
    let number = first.load(ordering: .relaxed)
    return name(of: number)?.description
  }

  private static func receive(_ number: CInt) {
    switch Policy(rawValue: policy.load(ordering: .acquiring)) {
    case .endAtOnce: end(after: number)
    case .onRequest where isFirst(number): return
    case .usual where ignored.load(ordering: .relaxed) & 1 << UInt64(number) != 0: return
    default:
      signal(number, SIG_DFL)
      unblock(number)
      raise(number)
    }
  }

  /// Notes it; false for every further one, but for those that come with the first: GNU timeout sends two.
  private static func isFirst(_ number: CInt) -> Bool {
    let now = clock_gettime_nsec()
    if first.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged {
      firstTime.store(now, ordering: .relaxed)
      return true
    }
    return now &- firstTime.load(ordering: .relaxed) < 1_000_000_000
  }

  private static func end(after number: CInt) {
    StandardStreams.endLiveLine()
    for part in ["leptoscan: stopped (", name(of: number) ?? "signal"] as [StaticString] {
      _ = write(STDERR_FILENO, part.utf8Start, part.utf8CodeUnitCount)
    }
    if let words = UnsafePointer<CChar>(bitPattern: lastWords.load(ordering: .acquiring)) {
      _ = write(STDERR_FILENO, words, strlen(words))
    }
    _exit(Failure.Code.resumable.rawValue)
  }

  private static func name(of number: CInt) -> StaticString? { handled.first { $0.number == number }?.name }

  /// Runs what starts other programs, which inherit what is blocked.
  static func unblocked<Value>(_ body: () throws -> Value) rethrows -> Value {
    changeMask(SIG_UNBLOCK, handled.map(\.number))
    defer { changeMask(SIG_BLOCK, handled.map(\.number)) }
    return try body()
  }

  static func unblock(_ number: CInt) { changeMask(SIG_UNBLOCK, [number]) }
}

/// The wish to stop, and the signal that it came with.
struct StopRequest: Sendable {
  /// The name of the first signal; nil while none has come.
  var signalName: String? { StopSignals.requested }

  fileprivate init() {}
}

private func clock_gettime_nsec() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}

private func isIgnoring(_ action: sigaction) -> Bool {
  #if canImport(Darwin)
    let handler = action.__sigaction_u.__sa_handler
  #else
    let handler = action.__sigaction_handler.sa_handler
  #endif
  return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

/// Blocks or unblocks signals for this thread and those that it starts.
private func changeMask(_ change: CInt, _ signals: [CInt]) {
  var set = sigset_t()
  sigemptyset(&set)
  for number in signals { sigaddset(&set, number) }
  pthread_sigmask(change, &set, nil)
}
