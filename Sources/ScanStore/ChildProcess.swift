import Foundation

/// A program that is run to its end, or to the end of its time, without input and output.
enum ChildProcess {
  /// How a process ended.
  struct End {
    /// Of an exit; 0 where a signal ended it.
    var code: Int32
    var signal: Int32?
  }

  /// - Returns: nil where it took too long and was killed.
  /// - Throws: ``ScanStoreError`` of kind `system` where it cannot be run.
  static func run(_ command: [String], seconds: Double) throws -> End? {
    let process = try start(command)
    let deadline = ContinuousClock.now + .seconds(seconds)
    var (status, wait): (Int32, UInt32) = (0, 500)
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return end(status) }
      if ended < 0, errno != EINTR {
        throw ScanStoreError.system("waitpid", code: errno, action: "run", path: command[0])
      }
      if ContinuousClock.now >= deadline {
        kill(process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return nil
      }
      usleep(wait)
      wait = min(2 * wait, 20_000)
    }
  }

  private static func start(_ command: [String]) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    // Signals that this thread has blocked would stay blocked there.
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawn(&process, command[0], &actions, &attributes, &arguments, environ)
    if code != 0 { throw ScanStoreError.system("posix_spawn", code: code, action: "run", path: command[0]) }
    return process
  }

  private static func end(_ status: Int32) -> End {
    let signal = status & 0x7f
    return signal == 0 ? End(code: status >> 8 & 0xff, signal: nil) : End(code: 0, signal: signal)
  }
}
