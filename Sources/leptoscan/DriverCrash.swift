import Foundation

/// Says what happened, and what to do, where an OpenCL driver crashes the process while it is loaded.
enum DriverCrash {
  private static let signals = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]
  private typealias Handler = @convention(c) (Int32) -> Void

  /// Nothing but calls that a signal handler may make. The process then ends as it would have.
  private static let handler: Handler = { number in
    let message: StaticString =
      "leptoscan: an OpenCL driver crashed while it was loaded; --device native does without, OCL_ICD_VENDORS chooses drivers\n"
    _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
    signal(number, SIG_DFL)
  }

  /// Runs what loads drivers.
  static func reported<Value>(_ body: () throws -> Value) rethrows -> Value {
    let previous = signals.map { signal($0, handler) }
    defer {
      for (number, old) in zip(signals, previous) {
        // A handler that a driver installed for itself stays.
        let current = signal(number, old)
        if address(current) != address(handler) { signal(number, current) }
      }
    }
    return try body()
  }

  private static func address(_ handler: Handler?) -> Int { unsafeBitCast(handler, to: Int.self) }
}
