import CHostResources

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A thread that belongs to whoever made it and ends before its maker goes on: no pool outlives a call, and a fork between
/// calls finds none. Where the system makes no thread, that is an error; libdispatch and Foundation would wait for ever.
public struct OwnThread: @unchecked Sendable {
  private let handle: pthread_t

  /// For arithmetic.
  public static let usualStackBytes = 1 << 20
  /// Compilers in drivers, parsers and whole commands.
  public static let largeStackBytes = 8 << 20

  /// - Throws: ``ResourceError`` where the system makes none.
  public init(stackBytes: Int = usualStackBytes, _ body: @escaping @Sendable () -> Void) throws(ResourceError) {
    handle = try OwnThread.start(stackBytes, isDetached: false, body)
  }

  /// Waits until it ends; call it once.
  public func join() { pthread_join(handle, nil) }

  /// A thread that nobody waits for.
  /// - Throws: ``ResourceError`` where the system makes none.
  public static func detached(stackBytes: Int = usualStackBytes, _ body: @escaping @Sendable () -> Void)
    throws(ResourceError)
  {
    _ = try start(stackBytes, isDetached: true, body)
  }

  /// Call it before any thread is made: threads of libraries, such as compilers in drivers, get a large stack, too, whatever
  /// `ulimit -s` says.
  public static func giveLibrariesLargeStacks() { host_default_stack_at_least(largeStackBytes) }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func start(
    _ stackBytes: Int, isDetached: Bool, _ body: @escaping @Sendable () -> Void
  ) throws(ResourceError) -> pthread_t {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    if isDetached { pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED)) }
    let context = Unmanaged.passRetained(Body(body))
    let code = create(attributes, context.toOpaque())
    if let handle = code.handle { return handle }
    context.release()
    throw ResourceError.thread(code: code.error)
  }

  private static func create(
    _ attributes: pthread_attr_t, _ context: UnsafeMutableRawPointer
  ) -> (handle: pthread_t?, error: CInt) {
    var attributes = attributes
    #if canImport(Darwin)
      var handle: pthread_t?
    #else
      var handle = pthread_t()
    #endif
    let error = pthread_create(
      &handle, &attributes,
      {
        OwnThread.run($0)
        return nil
      }, context)
    return (error == 0 ? handle : nil, error)
  }

  private static func run(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
  }
}
