/// The memory of one piece of a range: its streams and its results, and where the host reads them.
final class Slot {
  /// A result buffer. A device of its own memory copies it to pinned memory; one in the host's memory maps it.
  struct Output {
    let buffer: OpenCLBuffer
    let staging: OpenCLStaging?
  }

  /// Results that the host can read once the event is complete.
  struct Arrival {
    let pointer: UnsafeMutableRawPointer
    let event: OpenCLEvent
  }

  let streams: OpenCLBuffer
  let outputs: [Output]

  init(_ program: Program, capacity: Int, queue: OpenCLQueue) throws {
    let context = queue.context
    let shared = context.device.sharesHostMemory
    streams = try OpenCLBuffer(
      context: context, byteCount: program.streamCount * capacity * MemoryLayout<Double>.size)
    outputs = try program.results.map { result in
      let byteCount = capacity * result.type.size
      return Output(
        buffer: try OpenCLBuffer(context: context, byteCount: byteCount, hostVisible: shared),
        staging: shared ? nil : try OpenCLStaging(queue: queue, byteCount: byteCount))
    }
  }

  /// Makes result `k` readable by the host.
  func fetch(_ k: Int, byteCount: Int, after event: OpenCLEvent, on queue: OpenCLQueue) throws -> Arrival {
    let output = outputs[k]
    if let staging = output.staging {
      let event = try queue.read(output.buffer, byteCount: byteCount, into: staging.pointer, after: event)
      return Arrival(pointer: staging.pointer, event: event)
    }
    let mapping = try queue.map(output.buffer, byteCount: byteCount, after: event)
    return Arrival(pointer: mapping.pointer, event: mapping.event)
  }

  /// Hands the memory of result `k` back to the device.
  func release(_ k: Int, _ arrival: Arrival, on queue: OpenCLQueue) throws {
    if outputs[k].staging == nil { try queue.unmap(outputs[k].buffer, arrival.pointer) }
  }
}
