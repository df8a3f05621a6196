import ComputeDevices
import Dispatch
import LeptonicPortal
import Synchronization

/// Where finished values go. Called from one thread at a time, in any order of ranges.
public protocol ScanSink: Sendable {
  /// Stores the values of `quantity` at the points from `start` on (linear index in the quantity's own dimensions).
  func store(_ quantity: Quantity, from start: Int, bytes: UnsafeRawBufferPointer) throws
}

/// Runs a plan: evaluates chunk after chunk while the previous one is being written.
public struct ScanExecution: Sendable {
  /// How far a scan is.
  public struct Progress: Sendable {
    public let bytesDone: Int
    public let bytesTotal: Int
    public let pointsTotal: Int
    public var fraction: Double { bytesTotal > 0 ? Double(bytesDone) / Double(bytesTotal) : 1 }
  }

  /// Bytes of a chunk's results: large enough that starting it costs nothing, small enough for the last-level cache.
  static let chunkBytes = 8 << 20

  public let plan: ScanPlan
  public let device: any Device

  public init(plan: ScanPlan, device: any Device) {
    self.plan = plan
    self.device = device
  }

  /// - Parameter progress: called from a background thread after each chunk.
  public func run(into sink: any ScanSink, progress: @escaping @Sendable (Progress) -> Void = { _ in }) throws {
    var bytesBefore = 0
    for pass in plan.passes {
      let (offset, total, points) = (bytesBefore, plan.byteCount, plan.pointCount)
      try run(pass, into: sink) { bytesDone in
        progress(Progress(bytesDone: offset + bytesDone, bytesTotal: total, pointsTotal: points))
      }
      bytesBefore += pass.program.count * pass.bytesPerPoint
    }
  }

  private func run(_ pass: ScanPass, into sink: any ScanSink, done: @escaping @Sendable (Int) -> Void) throws {
    let prepared = try device.prepare(pass.program)
    let chunk = max(1, ScanExecution.chunkBytes / pass.bytesPerPoint)
    let writer = ChunkWriter(pass: pass, sink: sink, chunk: chunk, done: done)
    for start in stride(from: 0, to: pass.program.count, by: chunk) {
      let buffers = try writer.freeBuffers()
      let range = start..<min(start + chunk, pass.program.count)
      try prepared.evaluate(range, into: buffers.pointers)
      writer.write(range, from: buffers)
    }
    try writer.finish()
  }
}

/// Writes chunks on a queue of its own, so that computing the next one need not wait.
private final class ChunkWriter: Sendable {
  /// The results of one chunk in memory.
  struct Buffers: @unchecked Sendable {
    let pointers: [UnsafeMutableRawPointer]
  }

  private let pass: ScanPass
  private let sink: any ScanSink
  private let done: @Sendable (Int) -> Void
  private let queue = DispatchQueue(label: "leptoscan.writer")
  /// Counts free buffers. It starts at 0 and is signalled up, since libdispatch traps on a semaphore that is destroyed
  /// below its initial value.
  private let available = DispatchSemaphore(value: 0)
  private let all: [Buffers]
  private let state: Mutex<(free: [Buffers], error: (any Error)?)>

  init(pass: ScanPass, sink: any ScanSink, chunk: Int, done: @escaping @Sendable (Int) -> Void) {
    self.pass = pass
    self.sink = sink
    self.done = done
    let length = min(chunk, pass.program.count)
    all = (0..<2).map { _ in
      Buffers(
        pointers: pass.program.results.map { .allocate(byteCount: length * $0.type.size, alignment: 4096) })
    }
    state = Mutex((all, nil))
    for _ in all { available.signal() }
  }

  deinit {
    for pointer in all.flatMap(\.pointers) { pointer.deallocate() }
  }

  /// Waits for a set of buffers that is not being written. Throws what went wrong in an earlier write.
  func freeBuffers() throws -> Buffers {
    available.wait()
    let (buffers, error) = state.withLock { ($0.free.popLast(), $0.error) }
    guard error == nil, let buffers else {
      available.signal()
      throw error ?? CancellationError()
    }
    return buffers
  }

  func write(_ range: Range<Int>, from buffers: Buffers) {
    queue.async { [self] in
      do {
        for ((quantity, result), pointer) in zip(zip(pass.quantities, pass.program.results), buffers.pointers) {
          let bytes = UnsafeRawBufferPointer(start: pointer, count: range.count * result.type.size)
          try sink.store(quantity, from: range.lowerBound, bytes: bytes)
        }
        done(range.upperBound * pass.bytesPerPoint)
      } catch {
        state.withLock { $0.error = $0.error ?? error }
      }
      state.withLock { $0.free.append(buffers) }
      available.signal()
    }
  }

  /// Waits until everything is written.
  func finish() throws {
    queue.sync {}
    if let error = state.withLock({ $0.error }) { throw error }
  }
}
