import HostResources
import Synchronization

/// One run of a ``SharedExecutor``: what its threads share.
final class SharedRun: Sendable {
  private let executor: SharedExecutor
  private let program: Program
  private let queue: WorkQueue
  private let deliver: @Sendable (SharedExecutor.Chunk) throws -> Void
  private let withdraw: @Sendable (DeviceIdentity, [Range<Int>]) throws -> Void
  private let deviceFailed: @Sendable (SharedExecutor.DeviceFailure) -> Void
  private let state = Mutex(State())

  private struct State {
    var report = SharedExecutor.Report()
    var deliveryError: (any Error)?
    var clocks: [String: DeviceClock] = [:]
    /// What each device delivered, by selector.
    var delivered: [String: [Range<Int>]] = [:]
    /// The devices that are left out, by selector.
    var failed: Set<String> = []
    /// Those among them that gave wrong bits.
    var distrusted: Set<String> = []
  }

  init(
    executor: SharedExecutor, program: Program, ranges: [Range<Int>],
    deliver: @escaping @Sendable (SharedExecutor.Chunk) throws -> Void,
    withdraw: @escaping @Sendable (DeviceIdentity, [Range<Int>]) throws -> Void,
    deviceFailed: @escaping @Sendable (SharedExecutor.DeviceFailure) -> Void
  ) {
    self.executor = executor
    self.program = program
    queue = WorkQueue(ranges)
    self.deliver = deliver
    self.withdraw = withdraw
    self.deviceFailed = deviceFailed
  }

  /// Lets the workers of some devices take chunks until nothing is left for them.
  func work(on devices: [any Device], workersPerDevice: Int) {
    // The first worker of every device before the second of any: threads may run short.
    let threads = (0..<workersPerDevice).flatMap { _ in
      devices.compactMap { device in
        try? OwnThread(stackBytes: OwnThread.largeStackBytes) { self.work(on: device) }
      }
    }
    if threads.isEmpty { for device in devices { work(on: device) } }
    for thread in threads { thread.join() }
  }

  /// Whether points are left that the devices could not do.
  var isUnfinished: Bool { !queue.isDone && state.withLock { $0.deliveryError == nil } }

  /// What a thread of a device does.
  private func work(on device: any Device) {
    do {
      takeChunks(on: try Worker(device, program: program, executor: executor))
    } catch {
      leaveOut(device.identity, error)
    }
  }

  private func takeChunks(on worker: Worker) {
    let selector = worker.identity.selector
    while !isLeftOut(selector), let chunk = queue.take(worker.chunkLength) {
      // The device may have failed in its other worker's hands while this one waited.
      if isLeftOut(selector) { return queue.giveBack([chunk]) }
      do {
        guard try process(chunk, on: worker) else { return }
      } catch {
        leaveOut(worker.identity, error)
        // A device that gives wrong bits cannot be trusted with what it delivered before.
        return queue.giveBack([chunk] + (error is SharedExecutor.WrongBits ? withdrawAll(of: worker.identity) : []))
      }
    }
  }

  /// The device takes no more chunks.
  private func leaveOut(_ device: DeviceIdentity, _ error: any Error) {
    let failure = SharedExecutor.DeviceFailure(device: device, reason: error)
    let isFirst = state.withLock { state in
      guard state.failed.insert(device.selector).inserted else { return false }
      state.report.failures.append(failure)
      return true
    }
    if isFirst && !executor.hasOneDevice { deviceFailed(failure) }
  }

  private func isLeftOut(_ selector: String) -> Bool {
    state.withLock { $0.failed.contains(selector) || $0.distrusted.contains(selector) }
  }

  /// Everything that a device delivered; it no longer counts.
  private func withdrawAll(of device: DeviceIdentity) -> [Range<Int>] {
    let ranges = state.withLock { state in
      state.distrusted.insert(device.selector)
      state.report.points[device.selector] = 0
      return state.delivered.removeValue(forKey: device.selector) ?? []
    }
    return withdrawn(ranges, of: device) ? ranges : []
  }

  /// Tells the receiver; false if it cannot take ranges back, which ends the run.
  private func withdrawn(_ ranges: [Range<Int>], of device: DeviceIdentity) -> Bool {
    do {
      try withdraw(device, ranges)
      return true
    } catch {
      state.withLock { $0.deliveryError = $0.deliveryError ?? error }
      queue.stop()
      return false
    }
  }

  /// Evaluates, rechecks and delivers one chunk; throws what is the device's fault. False if delivery failed.
  private func process(_ chunk: Range<Int>, on worker: Worker) throws -> Bool {
    let selector = worker.identity.selector
    state.withLock { $0.clocks[selector, default: DeviceClock()].beginEvaluation() }
    do {
      defer { state.withLock { $0.clocks[selector]?.endEvaluation() } }
      try worker.evaluate(chunk)
    }
    try recheck(chunk, on: worker)
    do {
      state.withLock { $0.clocks[selector]?.beginDelivery() }
      defer { state.withLock { $0.clocks[selector]?.endDelivery() } }
      try deliver(.init(range: chunk, results: worker.results(chunk.count), device: worker.identity))
    } catch {
      state.withLock { $0.deliveryError = $0.deliveryError ?? error }
      queue.stop()
      return false
    }
    let counts = state.withLock { state in
      // Meanwhile the device's other worker may have given wrong bits.
      if state.distrusted.contains(selector) { return false }
      state.report.points[selector, default: 0] += chunk.count
      state.delivered[selector, default: []].append(chunk)
      return true
    }
    if !counts { return withdrawn([chunk], of: worker.identity) ? giveBack(chunk) : false }
    queue.finish()
    return true
  }

  private func giveBack(_ chunk: Range<Int>) -> Bool {
    queue.giveBack([chunk])
    return true
  }

  private func recheck(_ chunk: Range<Int>, on worker: Worker) throws {
    guard let recheck = worker.recheck else { return }
    let points = recheck.points(of: chunk)
    state.withLock { $0.clocks[worker.identity.selector]?.beginRecheck() }
    let isRight = try recheck.agrees(with: worker.results(chunk.count), of: chunk, at: points)
    state.withLock {
      $0.clocks[worker.identity.selector]?.endRecheck()
      $0.report.pointsRechecked[worker.identity.selector, default: 0] += points.count
      if !isRight { $0.report.mismatches += 1 }
    }
    if !isRight { throw SharedExecutor.WrongBits(range: chunk) }
  }

  /// After all threads ended.
  func outcome() throws -> SharedExecutor.Report {
    let state = self.state.withLock { $0 }
    if let error = state.deliveryError { throw error }
    var report = state.report
    report.times = state.clocks.mapValues(\.times)
    report.delivered = state.delivered.mapValues { RangeSet($0) }
    if !queue.isDone, let failure = report.failures.last { throw failure }
    return report
  }
}

/// A prepared program with the memory for one chunk, and how long a chunk should be. Used by one thread.
private final class Worker {
  let identity: DeviceIdentity
  /// nil for the native device, and where nothing is to be rechecked.
  let recheck: Recheck?
  private(set) var chunkLength: Int
  private let prepared: any PreparedProgram
  private let program: Program
  /// Points of the first chunk, whose time tells how long the next ones should be, and of the shortest. A point may take a
  /// second (Monte Carlo with many samples), and a scan stops between chunks.
  private let least: Int
  private let most: Int
  private let targetTime: Double
  private var capacity = 0
  private var buffers: [HostBuffer] = []

  /// Chunk by chunk, so that one wrong measurement does little harm.
  private static let mostGrowth = 8.0

  init(_ device: any Device, program: Program, executor: SharedExecutor) throws {
    identity = device.identity
    recheck =
      identity.selector == "native" ? nil : Recheck(program, pointsPerChunk: executor.pointsRecheckedPerChunk)
    prepared = try device.prepare(program)
    self.program = program
    targetTime = executor.targetTime
    most = max(1, executor.mostChunkBytes / max(1, program.results.map(\.type.size).reduce(0, +)))
    least = min(max(1, device.pointsAtATime), most)
    chunkLength = least
  }

  func evaluate(_ range: Range<Int>) throws {
    try reserve(range.count)
    let watch = Stopwatch()
    try prepared.evaluate(range, into: buffers.map(\.start))
    adapt(points: range.count, seconds: watch.seconds)
  }

  func results(_ count: Int) -> [UnsafeRawBufferPointer] {
    zip(buffers, program.results).map { UnsafeRawBufferPointer(start: $0.start, count: count * $1.type.size) }
  }

  private func adapt(points: Int, seconds: Double) {
    let wanted = Int(Double(points) * min(Self.mostGrowth, targetTime / max(seconds, 1e-9)))
    chunkLength = min(most, max(least, wanted / least * least))
  }

  private func reserve(_ count: Int) throws {
    guard count > capacity else { return }
    (buffers, capacity) = ([], 0)
    buffers = try program.results.map { try HostBuffer(byteCount: count * $0.type.size) }
    capacity = count
  }
}
