import Foundation

/// The points still to be done, shared by the threads of a run: a cursor, and the chunks that failed devices gave back.
final class WorkQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private var rest: Range<Int>
  private var returned: [Range<Int>] = []
  private var inFlight = 0
  private var isStopped = false

  init(_ range: Range<Int>) { rest = range }

  /// The next points, at most `count`; nil when everything is done. Waits while all that is left is in other devices'
  /// hands, for a failing one gives its chunk back.
  func take(_ count: Int) -> Range<Int>? {
    condition.withLock {
      while true {
        if isStopped { return nil }
        if let chunk = next(max(1, count)) {
          inFlight += 1
          return chunk
        }
        if inFlight == 0 { return nil }
        condition.wait()
      }
    }
  }

  /// A chunk was delivered.
  func finish() { update { inFlight -= 1 } }

  /// A chunk that was taken, and others that were delivered, must be done by another device.
  func giveBack(_ chunks: [Range<Int>]) {
    update {
      inFlight -= 1
      returned += chunks
    }
  }

  /// Nothing more is handed out.
  func stop() { update { isStopped = true } }

  /// Whether every point was delivered.
  var isDone: Bool { condition.withLock { rest.isEmpty && returned.isEmpty && inFlight == 0 } }

  private func next(_ count: Int) -> Range<Int>? {
    if let chunk = returned.popLast() {
      // What a fast device gives back may be much for a slow one.
      let part = chunk.prefix(count)
      if part.count < chunk.count { returned.append(part.upperBound..<chunk.upperBound) }
      return part
    }
    guard !rest.isEmpty else { return nil }
    let chunk = rest.prefix(count)
    rest = chunk.upperBound..<rest.upperBound
    return chunk
  }

  private func update(_ body: () -> Void) {
    condition.withLock {
      body()
      condition.broadcast()
    }
  }
}
