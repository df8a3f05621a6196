import CHostResources

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How much memory this process may still ask for.
public enum AddressSpace {
  /// Bytes below the limit that `ulimit -v` sets; nil where there is none.
  public static var left: Int? {
    var limit = rlimit()
    #if canImport(Darwin)
      let isKnown = getrlimit(RLIMIT_AS, &limit) == 0
    #else
      let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    #endif
    guard isKnown, let most = Int(exactly: limit.rlim_cur), let used else { return nil }
    return max(0, most - used)
  }

  /// Throws ``ResourceError`` where less is left than `byteCount`.
  public static func check(_ byteCount: Int) throws(ResourceError) {
    if let left, left < byteCount { throw ResourceError.addressSpace(needed: byteCount, left: left) }
  }

  /// Call it before any thread is made. Where memory is limited, all threads share one heap: with one each they would
  /// reserve 64 MiB of addresses or more, and find none where these are not to be had.
  public static func shareHeapIfLimited() { if left != nil { host_share_heap() } }

  /// As Linux tells it, in pages; nil elsewhere.
  private static var used: Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, CInt(line.count), file) != nil else { return nil }
    return Int(strtol(line, nil, 10)) * Int(sysconf(CInt(_SC_PAGESIZE)))
  }
}
