import Foundation
import Synchronization

/// Standard output and standard error, which may be closed, full, or pipes that nobody reads any more. Everything that the
/// command line says goes through here: nothing that was asked for is lost without a word.
enum StandardStreams {
  /// The error of the first note that could not be written; 0 for none.
  private static let lostNote = Atomic<CInt>(0)
  /// Whether a live line is on the terminal that nothing has ended yet.
  private static let isLineOpen = Atomic<Bool>(false)

  /// Call it before anything else.
  static func prepare() {
    // A write to a pipe without reader fails then instead of ending the process: a scan goes on without its log. So does one
    // beyond a limit on the size of files, which is reported as a full disk is.
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    // The next file would take the place of a closed stream, and messages would be written into it. The wrong direction
    // makes them fail instead.
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// A message on standard error, on a line of its own. Where it cannot be written there is nobody to be told.
  static func report(_ text: String) {
    _ = writeAll(lineBreak + text, to: STDERR_FILENO)
  }

  /// A line on a terminal's standard error over the last one.
  /// - Parameter isLast: whether the next thing said begins a new line without being told.
  static func reportLive(_ text: String, isLast: Bool) {
    isLineOpen.store(!isLast, ordering: .relaxed)
    _ = writeAll("\r" + text + (isLast ? "\n" : ""), to: STDERR_FILENO)
  }

  /// Takes a live line away.
  static func clearLive() {
    isLineOpen.store(false, ordering: .relaxed)
    _ = writeAll("\r\u{1B}[K", to: STDERR_FILENO)
  }

  /// Begins a new line where a live one is open; may be called in a signal handler.
  static func endLiveLine() {
    if isLineOpen.exchange(false, ordering: .relaxed) { _ = write(STDERR_FILENO, "\n", 1) }
  }

  /// What ends the live line, if there is one.
  private static var lineBreak: String { isLineOpen.exchange(false, ordering: .relaxed) ? "\n" : "" }

  /// Output that somebody asked for. Where the reader of a pipe has gone away, the process ends as programs do then.
  /// - Throws: ``UsageError`` where it cannot be written.
  static func output(_ text: String) throws {
    let code = writeAll(text, to: STDOUT_FILENO)
    if code == 0 { return }
    if code == EPIPE { endWithoutReader() }
    throw unwritable(code)
  }

  /// What a command says that writes a file. It goes on where this cannot be written, and ``finish()`` says so; a stream
  /// that was closed, or has lost its reader, wants no notes.
  static func note(_ text: String) {
    if isLineOpen.load(ordering: .relaxed) { report("") }
    let code = writeAll(text, to: STDOUT_FILENO)
    if code == 0 || code == EPIPE || code == EBADF { return }
    _ = lostNote.compareExchange(expected: 0, desired: code, ordering: .relaxed)
  }

  /// Call it at the end of a command.
  /// - Throws: ``UsageError`` where a note could not be written.
  static func finish() throws {
    let code = lostNote.load(ordering: .relaxed)
    if code != 0 { throw unwritable(code) }
  }

  private static func endWithoutReader() {
    signal(SIGPIPE, SIG_DFL)
    StopSignals.unblock(SIGPIPE)
    raise(SIGPIPE)
  }

  private static func unwritable(_ code: CInt) -> UsageError {
    UsageError(
      "standard output cannot be written (write: \(String(cString: strerror(code)))) free some space or redirect it elsewhere",
      code: .inputOutput)
  }

  /// The error of the call that failed; 0 if none did.
  private static func writeAll(_ text: String, to stream: CInt) -> CInt {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = write(stream, rest.baseAddress, rest.count)
        if written < 0 && errno != EINTR { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, written)))
      }
      return 0
    }
  }
}

/// A line on standard error.
func printError(_ line: String) { StandardStreams.report("\(line)\n") }

/// A line of what somebody asked for, on standard output.
func printOutput(_ line: String) throws { try StandardStreams.output("\(line)\n") }

/// A line on standard output of a command that writes a file.
func printNote(_ line: String) { StandardStreams.note("\(line)\n") }

/// Swift's own notices nothing where it cannot be written.
@available(*, unavailable, message: "use printOutput, printNote or printError")
func print(_ items: Any..., separator: String = " ", terminator: String = "\n") {}
