#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Memory for numbers, freed with its owner. Swift's own allocation ends the process where there is none.
public final class HostBuffer {
  public let start: UnsafeMutableRawPointer
  public let byteCount: Int

  /// Pages.
  public static let usualAlignment = 4096

  /// - Throws: ``ResourceError`` where the system has not so much.
  public init(byteCount: Int, alignment: Int = usualAlignment) throws(ResourceError) {
    var memory: UnsafeMutableRawPointer?
    let code = posix_memalign(&memory, alignment, max(1, byteCount))
    guard code == 0, let memory else { throw ResourceError.memory(byteCount, code: code) }
    start = memory
    self.byteCount = byteCount
  }

  deinit { free(start) }

  /// All of it. Swift may free a buffer after its last mention: keep it with `withExtendedLifetime`.
  public var bytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: start, count: byteCount) }

  /// As elements of a type; their content is arbitrary.
  public func elements<Element: BitwiseCopyable>(as type: Element.Type) -> UnsafeMutablePointer<Element> {
    start.bindMemory(to: type, capacity: byteCount / MemoryLayout<Element>.stride)
  }
}
