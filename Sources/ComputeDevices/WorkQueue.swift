import HostResources

/// The points still to be done, shared by the threads of a run; chunks that failed devices gave back come next.
final class WorkQueue: @unchecked Sendable {
  private let monitor = Monitor()
  /// The last one is worked on, from its lower bound.
  private var pending: [Range<Int>]
  private var inFlight = 0
  private var isStopped = false

  /// Longer chunks end at multiples of so many points: whole pages of memory and blocks of a disk, whatever the type of the
  /// results.
  static let blockLength = 1 << 12

  init(_ ranges: [Range<Int>]) { pending = ranges.filter { !$0.isEmpty }.reversed() }

  /// The next points, at most `count`; nil when everything is done. Waits while all that is left is in other devices'
  /// hands, for a failing one gives its chunk back.
  func take(_ count: Int) -> Range<Int>? {
    monitor.withLock {
      while true {
        if isStopped { return nil }
        if let chunk = next(max(1, count)) {
          inFlight += 1
          return chunk
        }
        if inFlight == 0 { return nil }
        monitor.wait()
      }
    }
  }

  /// A chunk was delivered.
  func finish() { update { inFlight -= 1 } }

  /// A chunk that was taken, and others that were delivered, must be done by another device.
  func giveBack(_ chunks: [Range<Int>]) {
    update {
      inFlight -= 1
      pending += chunks
    }
  }

  /// Nothing more is handed out.
  func stop() { update { isStopped = true } }

  /// Whether every point was delivered.
  var isDone: Bool { monitor.withLock { pending.isEmpty && inFlight == 0 } }

  private func next(_ count: Int) -> Range<Int>? {
    guard let range = pending.popLast() else { return nil }
    var chunk = range.prefix(count)
    if count >= WorkQueue.blockLength && chunk.upperBound < range.upperBound {
      chunk = chunk.lowerBound..<chunk.upperBound / WorkQueue.blockLength * WorkQueue.blockLength
    }
    if chunk.count < range.count { pending.append(chunk.upperBound..<range.upperBound) }
    return chunk
  }

  private func update(_ body: () -> Void) {
    monitor.withLock {
      body()
      monitor.wakeAll()
    }
  }
}
