import Synchronization

/// Runs `body` on this thread and on up to `most - 1` others at the same time, and returns when all have returned.
///
/// A thread makes two others before it begins, while work is left: a small task is done before many are made, and many are
/// made as fast as few. Where the system makes no thread there are fewer; so `body` takes its work from something shared.
/// - Parameter isWorkLeft: asked before each thread is made.
public func onThreads(
  _ most: Int, stackBytes: Int = OwnThread.usualStackBytes, while isWorkLeft: @Sendable () -> Bool,
  _ body: @Sendable () -> Void
) {
  if most <= 1 { return body() }
  withoutActuallyEscaping(isWorkLeft) { isWorkLeft in
    withoutActuallyEscaping(body) { body in
      Team(most: most, stackBytes: stackBytes, isWorkLeft: isWorkLeft, body: body).work(as: 0)
    }
  }
}

/// Calls `body` for every index below `count`, each once, on up to `threads` threads, this one included.
public func forEachIndex(
  below count: Int, threads: Int, stackBytes: Int = OwnThread.usualStackBytes, _ body: @Sendable (Int) -> Void
) {
  let next = Atomic(0)
  onThreads(min(threads, count), stackBytes: stackBytes, while: { next.load(ordering: .relaxed) < count }) {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index)
    }
  }
}

/// The threads of one call, as a binary tree.
private final class Team: Sendable {
  private let most: Int
  private let stackBytes: Int
  private let isWorkLeft: @Sendable () -> Bool
  private let body: @Sendable () -> Void

  init(
    most: Int, stackBytes: Int, isWorkLeft: @escaping @Sendable () -> Bool, body: @escaping @Sendable () -> Void
  ) {
    (self.most, self.stackBytes, self.isWorkLeft, self.body) = (most, stackBytes, isWorkLeft, body)
  }

  func work(as number: Int) {
    let first = helper(2 * number + 1)
    let second = first == nil ? nil : helper(2 * number + 2)
    body()
    first?.join()
    second?.join()
  }

  private func helper(_ number: Int) -> OwnThread? {
    guard number < most, isWorkLeft() else { return nil }
    return try? OwnThread(stackBytes: stackBytes) { self.work(as: number) }
  }
}
