#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A lock with which threads wait until something has changed.
public final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  public init() {
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  public func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Within ``withLock(_:)``: lets others in until one of them calls ``wakeAll()``, or without cause.
  public func wait() { pthread_cond_wait(condition, mutex) }

  public func wakeAll() { pthread_cond_broadcast(condition) }
}

/// So many places, each taken by one thread at a time.
public final class Places: @unchecked Sendable {
  private let monitor = Monitor()
  private var free: Int

  public init(_ count: Int) { free = count }

  /// Runs `body` in a place, waiting for one that is free.
  public func withPlace<Result>(_ body: () throws -> Result) rethrows -> Result {
    monitor.withLock {
      while free == 0 { monitor.wait() }
      free -= 1
    }
    defer {
      monitor.withLock {
        free += 1
        monitor.wakeAll()
      }
    }
    return try body()
  }
}
