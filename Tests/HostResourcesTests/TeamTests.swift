import HostResources
import Synchronization
import Testing

/// Threads of our own: every index is done once, however many threads there are.
@Suite struct TeamTests {
  @Test(arguments: [1, 2, 3, 4, 7, 16, 100])
  func everyIndexIsDoneOnce(threads: Int) {
    let counts = Mutex([Int](repeating: 0, count: 1000))
    forEachIndex(below: 1000, threads: threads) { index in counts.withLock { $0[index] += 1 } }
    #expect(counts.withLock { $0.allSatisfy { $0 == 1 } })
  }

  @Test func nothingToDoMakesNoThread() {
    forEachIndex(below: 0, threads: 8) { _ in Issue.record("there is no index") }
    let calls = Atomic(0)
    onThreads(8, while: { false }) { _ = calls.wrappingAdd(1, ordering: .relaxed) }
    #expect(calls.load(ordering: .relaxed) == 1, "this thread always works")
  }

  /// All of them at the same time: each waits for the last.
  @Test(arguments: [2, 3, 8, 33])
  func soManyThreadsWork(threads: Int) {
    let monitor = Monitor()
    nonisolated(unsafe) var present = 0
    onThreads(threads, while: { true }) {
      monitor.withLock {
        present += 1
        monitor.wakeAll()
        while present < threads { monitor.wait() }
      }
    }
    #expect(present == threads)
  }

  @Test func placesBoundWhatRunsAtATime() {
    let places = Places(3)
    let now = Atomic(0)
    let most = Atomic(0)
    forEachIndex(below: 200, threads: 12) { _ in
      places.withPlace {
        let here = now.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
        most.max(here, ordering: .sequentiallyConsistent)
        now.wrappingSubtract(1, ordering: .sequentiallyConsistent)
      }
    }
    #expect((1...3).contains(most.load(ordering: .sequentiallyConsistent)))
  }

  @Test func whatCannotBeHadIsAnError() throws {
    let memory = #expect(throws: ResourceError.self) { try HostBuffer(byteCount: 1 << 60) }
    #expect(memory?.call == "posix_memalign")
    // More than any address space.
    let thread = #expect(throws: ResourceError.self) { try OwnThread(stackBytes: 1 << 60) {} }
    #expect(thread?.call == "pthread_create" && thread?.description.contains("ulimit -u") == true)
    let buffer = try HostBuffer(byteCount: 100)
    #expect(Int(bitPattern: buffer.start) % HostBuffer.usualAlignment == 0)
  }
}
