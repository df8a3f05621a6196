import Foundation

/// Standard output and standard error, which may be closed, full, or pipes that nobody reads any more.
enum StandardStreams {
  /// Call it before anything else.
  static func prepare() {
    // A write to a pipe without reader fails then instead of ending the process: a scan goes on without its log.
    signal(SIGPIPE, SIG_IGN)
    // The next file would take the place of a closed stream, and messages would be written into it. The wrong direction
    // makes them fail instead.
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// A message on standard error. Where it cannot be written there is nobody to be told.
  static func report(_ text: String) {
    _ = writeAll(text, to: STDERR_FILENO)
  }

  /// Output that somebody asked for. Where the reader of a pipe has gone away, the process ends as programs do then.
  /// - Throws: ``UsageError`` where it cannot be written.
  static func output(_ text: String) throws {
    let code = writeAll(text, to: STDOUT_FILENO)
    if code == 0 { return }
    if code == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    throw UsageError(
      "standard output cannot be written (write: \(String(cString: strerror(code)))) choose a file with -o",
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
