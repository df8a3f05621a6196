#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The machine has no more of something. Reads `PROBLEM (WHY) SUGGESTION`.
public struct ResourceError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The call that failed, for instance `pthread_create`.
  public let call: String
  public let description: String

  static func thread(code: CInt) -> ResourceError {
    ResourceError(
      call: "pthread_create",
      description: "no thread can be made (pthread_create failed: \(String(cString: strerror(code)))) "
        + "allow more processes (ulimit -u, the limit of the container) or more memory (ulimit -v)")
  }

  static func memory(_ byteCount: Int, code: CInt) -> ResourceError {
    ResourceError(
      call: "posix_memalign",
      description:
        "\(byteCount) bytes of memory cannot be had (posix_memalign failed: "
        + "\(String(cString: strerror(code)))) "
        + "allow more memory (ulimit -v, the limit of the job or container), or compute less at a time")
  }

  /// Less room for memory is left than a computation takes.
  public static func addressSpace(needed: Int, left: Int) -> ResourceError {
    ResourceError(
      call: "getrlimit",
      description:
        "\(mebibytes(needed)) of memory are needed (the limit of this process, ulimit -v, leaves "
        + "\(mebibytes(left))) "
        + "allow more memory, or compute less")
  }

  private static func mebibytes(_ count: Int) -> String { "\((count + (1 << 20) - 1) >> 20) MiB" }
}
