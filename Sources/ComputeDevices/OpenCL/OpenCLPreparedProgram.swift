import HostResources

/// Seconds a device spent, from its own clock.
public struct DeviceTimings: Sendable, Hashable {
  /// In kernels.
  public var kernel = 0.0
  /// In copies to the host.
  public var transfer = 0.0
}

/// A prepared program that measures itself, for benchmarks.
public protocol TimedProgram: PreparedProgram {
  /// Sums over all calls of `evaluate` so far.
  var timings: DeviceTimings { get }
}

/// A program on an OpenCL device. A range is cut into pieces that fit the device; while one piece is copied back, the
/// next is computed.
final class OpenCLPreparedProgram: TimedProgram {
  private(set) var timings = DeviceTimings()
  private let program: Program
  private let lanes: Int
  private let capacity: Int
  private let compute: OpenCLQueue
  private let transfer: OpenCLQueue
  private let tables: OpenCLTables
  private let steps: [(kernel: OpenCLKernel, layout: OpenCLBuffer)]
  private let stores: [OpenCLKernel]
  private let slots: [Slot]

  init(_ program: Program, on device: OpenCLDevice) throws {
    let context = try device.context()
    let pieces = Pieces(program, on: device.description)
    let compute = try OpenCLQueue(context: context)
    let transfer = try OpenCLQueue(context: context)
    let tables = try device.tables(of: program)
    steps = try program.steps.map { step in
      let layout = StepLayout(step, shape: program.shape, tableOffsets: tables.offsets, streamCapacity: pieces.length)
      let buffer = try OpenCLBuffer(context: context, byteCount: layout.words.count * MemoryLayout<UInt64>.size)
      try layout.words.withUnsafeBytes { try compute.write($0, to: buffer) }
      return (try device.entryPoint(of: step.kernel), buffer)
    }
    stores = try program.results.map { try device.storeKernel(for: $0.type) }
    slots = try (0..<pieces.slotCount).map { _ in try Slot(program, capacity: pieces.length, queue: transfer) }
    self.tables = tables
    self.program = program
    self.lanes = device.lanes
    capacity = pieces.length
    self.compute = compute
    self.transfer = transfer
  }

  func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws {
    do {
      var previous: Piece?
      for (number, start) in stride(from: range.lowerBound, to: range.upperBound, by: capacity).enumerated() {
        let points = start..<min(start + capacity, range.upperBound)
        let piece = try submit(points, in: slots[number % slots.count])
        if let previous { try collect(previous, offset: previous.range.lowerBound - range.lowerBound, into: results) }
        previous = piece
      }
      if let previous { try collect(previous, offset: previous.range.lowerBound - range.lowerBound, into: results) }
    } catch {
      // Nothing may still be writing when the caller frees its memory.
      compute.drain()
      transfer.drain()
      throw error
    }
  }

  /// A piece on its way.
  private struct Piece {
    let range: Range<Int>
    let slot: Slot
    let kernels: [OpenCLEvent]
    let arrivals: [Slot.Arrival]
  }

  private func submit(_ range: Range<Int>, in slot: Slot) throws -> Piece {
    let count = UInt64(range.count)
    var events: [OpenCLEvent] = []
    for step in steps {
      try step.kernel.set(
        .word(UInt64(range.lowerBound)), .word(count), .buffer(tables.buffer), .buffer(slot.streams),
        .buffer(step.layout))
      events.append(try compute.run(step.kernel, workItems: (range.count + lanes - 1) / lanes))
    }
    var arrivals: [Slot.Arrival] = []
    for (k, result) in program.results.enumerated() {
      try stores[k].set(
        .word(count), .buffer(slot.streams), .word(UInt64(result.stream * capacity)), .buffer(slot.outputs[k].buffer))
      let stored = try compute.run(stores[k], workItems: range.count)
      try compute.flush()
      events.append(stored)
      arrivals.append(try slot.fetch(k, byteCount: range.count * result.type.size, after: stored, on: transfer))
    }
    try transfer.flush()
    return Piece(range: range, slot: slot, kernels: events, arrivals: arrivals)
  }

  private func collect(_ piece: Piece, offset: Int, into results: [UnsafeMutableRawPointer]) throws {
    // The kernels first: Intel's runtime keeps a processor busy while it waits for a mapping whose kernel still runs.
    for event in piece.kernels {
      try event.wait()
      timings.kernel += event.seconds
    }
    for (k, arrival) in piece.arrivals.enumerated() {
      try arrival.event.wait()
      let size = program.results[k].type.size
      copy(arrival.pointer, to: results[k] + offset * size, byteCount: piece.range.count * size)
      // On the compute queue, so that the next piece in this slot comes after it.
      try piece.slot.release(k, arrival, on: compute)
      timings.transfer += arrival.event.seconds
    }
  }
}

private let copyingThreads = NativeDevice.usableCores

/// Copies with several threads where one thread would be slower than the bus.
private func copy(_ source: UnsafeMutableRawPointer, to target: UnsafeMutableRawPointer, byteCount: Int) {
  let block = 1 << 19
  let blocks = (byteCount + block - 1) / block
  if blocks <= 1 { return target.copyMemory(from: source, byteCount: byteCount) }
  nonisolated(unsafe) let (source, target) = (source, target)
  forEachIndex(below: blocks, threads: copyingThreads) { i in
    let start = i * block
    (target + start).copyMemory(from: source + start, byteCount: min(block, byteCount - start))
  }
}
