import COpenCL

/// An in-order queue of commands, with profiling.
final class OpenCLQueue {
  let context: OpenCLContext
  private let handle: cl_command_queue
  /// The last kernel enqueued, for the next one to name it if it fails.
  private var lastKernel: OpenCLEvent?
  private var calls: opencl_calls { context.library.calls }
  private var device: String { context.device.name }

  init(context: OpenCLContext) throws {
    self.context = context
    let profiling = cl_command_queue_properties(CL_QUEUE_PROFILING_ENABLE)
    handle = try context.created("clCreateCommandQueue") {
      context.library.calls.clCreateCommandQueue(context.handle, context.device.id, profiling, $0)
    }
  }

  deinit {
    _ = calls.clFinish(handle)
    _ = calls.clReleaseCommandQueue(handle)
  }

  /// Runs a kernel on at least `workItems` work items; kernels let the surplus return.
  func run(_ kernel: OpenCLKernel, workItems: Int) throws -> OpenCLEvent {
    var local = kernel.workGroupSize
    var global = (workItems + local - 1) / local * local
    // The order of the queue makes it wait for the last one.
    let event = try enqueue("clEnqueueNDRangeKernel", of: kernel, after: lastKernel) {
      calls.clEnqueueNDRangeKernel(handle, kernel.handle, 1, nil, &global, &local, 0, nil, $2)
    }
    lastKernel = event
    return event
  }

  /// Copies from the device. `pointer` must stay valid until the event is complete.
  func read(
    _ buffer: OpenCLBuffer, byteCount: Int, into pointer: UnsafeMutableRawPointer, after event: OpenCLEvent
  ) throws -> OpenCLEvent {
    try enqueue("clEnqueueReadBuffer", after: event) {
      calls.clEnqueueReadBuffer(handle, buffer.handle, cl_bool(CL_FALSE), 0, byteCount, pointer, $0, $1, $2)
    }
  }

  /// Copies to the device before it returns.
  func write(_ bytes: UnsafeRawBufferPointer, to buffer: OpenCLBuffer, at offset: Int = 0) throws {
    _ = try timedWrite(bytes, to: buffer, at: offset)
  }

  /// Copies to the device before it returns; the event has the time it took, nil if there was nothing to copy.
  func timedWrite(
    _ bytes: UnsafeRawBufferPointer, to buffer: OpenCLBuffer, at offset: Int = 0
  ) throws -> OpenCLEvent? {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return nil }
    return try enqueue("clEnqueueWriteBuffer", after: nil) {
      calls.clEnqueueWriteBuffer(handle, buffer.handle, cl_bool(CL_TRUE), offset, bytes.count, base, $0, $1, $2)
    }
  }

  /// Makes a host-visible buffer readable at the pointer once the event is complete.
  func map(
    _ buffer: OpenCLBuffer, byteCount: Int, after event: OpenCLEvent?
  ) throws -> (pointer: UnsafeMutableRawPointer, event: OpenCLEvent) {
    var pointer: UnsafeMutableRawPointer?
    let flags = cl_map_flags(CL_MAP_READ) | cl_map_flags(CL_MAP_WRITE)
    let mapped = try enqueue("clEnqueueMapBuffer", after: event) {
      var code = cl_int(CL_SUCCESS)
      pointer = calls.clEnqueueMapBuffer(
        handle, buffer.handle, cl_bool(CL_FALSE), flags, 0, byteCount, $0, $1, $2, &code)
      return code
    }
    guard let pointer else { throw OpenCLError(call: "clEnqueueMapBuffer", code: CL_MAP_FAILURE, device: device) }
    return (pointer, mapped)
  }

  func unmap(_ buffer: OpenCLBuffer, _ pointer: UnsafeMutableRawPointer) throws {
    _ = try enqueue("clEnqueueUnmapMemObject", after: nil) {
      calls.clEnqueueUnmapMemObject(handle, buffer.handle, pointer, $0, $1, $2)
    }
  }

  /// Starts what was enqueued.
  func flush() throws { try check(calls.clFlush(handle), "clFlush", on: device) }

  /// Waits for everything, whatever became of it.
  func drain() { _ = calls.clFinish(handle) }

  private typealias Events = UnsafePointer<cl_event?>
  private func enqueue(
    _ call: String, of kernel: OpenCLKernel? = nil, after event: OpenCLEvent?,
    _ body: (cl_uint, Events?, UnsafeMutablePointer<cl_event?>) -> cl_int
  ) throws -> OpenCLEvent {
    var done: cl_event?
    var awaited = event?.handle
    let code = awaited == nil ? body(0, nil, &done) : withUnsafePointer(to: &awaited) { body(1, $0, &done) }
    let kernel = kernel?.label
    try check(code, call, of: kernel, on: device)
    guard let done else {
      throw OpenCLError(call: call, code: CL_INVALID_EVENT, device: device, kernel: kernel)
    }
    return OpenCLEvent(context: context, handle: done, call: call, kernel: kernel, after: event)
  }
}
