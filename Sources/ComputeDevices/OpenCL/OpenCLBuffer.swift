import COpenCL

/// Memory of a device.
final class OpenCLBuffer {
  let context: OpenCLContext
  let handle: cl_mem
  let byteCount: Int

  /// - Parameter hostVisible: memory that the host maps: pinned on a GPU, the very memory on a CPU.
  init(context: OpenCLContext, byteCount: Int, hostVisible: Bool = false) throws {
    self.context = context
    self.byteCount = max(8, byteCount)
    let size = self.byteCount
    let flags = cl_mem_flags(CL_MEM_READ_WRITE) | (hostVisible ? cl_mem_flags(CL_MEM_ALLOC_HOST_PTR) : 0)
    handle = try context.created("clCreateBuffer") {
      context.library.calls.clCreateBuffer(context.handle, flags, size, nil, $0)
    }
  }

  deinit { _ = context.library.calls.clReleaseMemObject(handle) }
}

/// Pinned host memory: a host-visible buffer that stays mapped.
final class OpenCLStaging {
  let pointer: UnsafeMutableRawPointer
  private let buffer: OpenCLBuffer
  private let queue: OpenCLQueue

  init(queue: OpenCLQueue, byteCount: Int) throws {
    self.queue = queue
    buffer = try OpenCLBuffer(context: queue.context, byteCount: byteCount, hostVisible: true)
    let mapping = try queue.map(buffer, byteCount: buffer.byteCount, after: nil)
    try mapping.event.wait()
    pointer = mapping.pointer
  }

  deinit { _ = try? queue.unmap(buffer, pointer) }
}
