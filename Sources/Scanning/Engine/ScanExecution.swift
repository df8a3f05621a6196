import ComputeDevices
import Dispatch
import LeptonicPortal
import Synchronization

/// Where finished values go. Called in any order of ranges; ranges of concurrent calls do not overlap.
public protocol ScanSink: Sendable {
  /// Stores the values of a pass at the points `points` (linear indices in the pass's own dimensions): `columns[k]`
  /// are the bytes of its quantity k.
  func store(_ points: Range<Int>, ofPass pass: Int, columns: [UnsafeRawBufferPointer]) throws
}

/// A scan was asked to stop, and did after its chunk; everything evaluated is with the sink.
public struct ScanStopped: Error {}

/// Runs a plan: evaluates chunk after chunk while the previous one is being written.
public struct ScanExecution: Sendable {
  /// How far a scan is.
  public struct Progress: Sendable {
    /// Stored by now, by earlier runs too.
    public let bytesDone: Int
    /// Stored by earlier runs.
    public let bytesBefore: Int
    public let bytesTotal: Int
    public let pointsTotal: Int
    public var fraction: Double { bytesTotal > 0 ? Double(bytesDone) / Double(bytesTotal) : 1 }
    /// The part done by this run.
    public var fractionOfThisRun: Double {
      bytesTotal > 0 ? Double(bytesDone - bytesBefore) / Double(bytesTotal) : 1
    }
  }

  /// Bytes of a chunk's results: large enough that starting it costs nothing, small enough for the last-level cache.
  static let chunkBytes = 8 << 20

  public let plan: ScanPlan
  public let device: any Device

  public init(plan: ScanPlan, device: any Device) {
    self.plan = plan
    self.device = device
  }

  /// - Parameters:
  ///   - work: the points to evaluate; all of them by default.
  ///   - shouldStop: asked before each chunk.
  ///   - progress: called from a background thread after each chunk.
  /// - Throws: ``ScanStopped`` where `shouldStop` said so, and the errors of the device and the sink.
  public func run(
    into sink: any ScanSink, work: ScanWork? = nil, shouldStop: @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws {
    let work = work ?? ScanWork(all: plan)
    let (before, total) = (work.byteCount(of: plan) - work.missingByteCount(of: plan), work.byteCount(of: plan))
    let points = work.pointCount(of: plan)
    var bytesDone = before
    for (index, missing) in work.missing.enumerated() where !missing.isEmpty {
      let offset = bytesDone
      try run(index, missing, into: sink, shouldStop: shouldStop) { bytes in
        progress(
          Progress(bytesDone: offset + bytes, bytesBefore: before, bytesTotal: total, pointsTotal: points))
      }
      bytesDone += missing.count * plan.passes[index].bytesPerPoint
    }
  }

  private func run(
    _ index: Int, _ missing: RangeSet<Int>, into sink: any ScanSink, shouldStop: () -> Bool,
    done: @escaping @Sendable (Int) -> Void
  ) throws {
    let pass = plan.passes[index]
    let prepared = try device.prepare(pass.program)
    let chunk = max(1, ScanExecution.chunkBytes / pass.bytesPerPoint)
    let writer = ChunkWriter(pass: pass, index: index, sink: sink, chunk: chunk, done: done)
    do {
      for range in missing.chunks(of: chunk) {
        if shouldStop() { throw ScanStopped() }
        let buffers = try writer.freeBuffers()
        try prepared.evaluate(range, into: buffers.pointers)
        writer.write(range, from: buffers)
      }
    } catch {
      try writer.finish()
      throw error
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
  private let index: Int
  private let sink: any ScanSink
  private let done: @Sendable (Int) -> Void
  private let queue = DispatchQueue(label: "leptoscan.writer")
  /// Counts free buffers. It starts at 0 and is signalled up, since libdispatch traps on a semaphore that is destroyed
  /// below its initial value.
  private let available = DispatchSemaphore(value: 0)
  private let all: [Buffers]
  private let state: Mutex<(free: [Buffers], bytesDone: Int, error: (any Error)?)>

  init(pass: ScanPass, index: Int, sink: any ScanSink, chunk: Int, done: @escaping @Sendable (Int) -> Void) {
    self.pass = pass
    self.index = index
    self.sink = sink
    self.done = done
    let length = min(chunk, pass.program.count)
    all = (0..<2).map { _ in
      Buffers(
        pointers: pass.program.results.map { .allocate(byteCount: length * $0.type.size, alignment: 4096) })
    }
    state = Mutex((all, 0, nil))
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
        let columns = zip(pass.program.results, buffers.pointers).map { result, pointer in
          UnsafeRawBufferPointer(start: pointer, count: range.count * result.type.size)
        }
        try sink.store(range, ofPass: index, columns: columns)
        done(
          state.withLock { state in
            state.bytesDone += range.count * pass.bytesPerPoint
            return state.bytesDone
          })
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
