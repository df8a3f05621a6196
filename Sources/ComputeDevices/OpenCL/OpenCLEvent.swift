import COpenCL

/// The end of a command, with the time it took.
final class OpenCLEvent {
  let handle: cl_event
  private let context: OpenCLContext
  private let call: String
  private let kernel: String?
  private var predecessor: OpenCLEvent?

  /// - Parameters:
  ///   - call: what enqueued the command.
  ///   - kernel: what it runs, if it runs one.
  ///   - predecessor: the command that it waits for, or that comes before it on its queue.
  init(context: OpenCLContext, handle: cl_event, call: String, kernel: String?, after predecessor: OpenCLEvent?) {
    self.context = context
    self.handle = handle
    self.call = call
    self.kernel = kernel
    self.predecessor = predecessor
  }

  deinit { _ = context.library.calls.clReleaseEvent(handle) }

  /// Waits until the command is done; throws if it failed.
  func wait() throws {
    var event: cl_event? = handle
    let code = context.library.calls.clWaitForEvents(1, &event)
    if code != CL_SUCCESS {
      throw failure
        ?? OpenCLError(call: "clWaitForEvents(\(call))", code: code, device: context.device.name, kernel: kernel)
    }
    predecessor = nil
  }

  /// Why the command failed: the first failure among it and what came before. nil if it is not known to have failed.
  ///
  /// clWaitForEvents says no more than that some command failed, and a failed kernel makes all that follow fail.
  private var failure: OpenCLError? {
    if let cause = predecessor?.failure { return cause }
    var status = cl_int(CL_COMPLETE)
    let code = context.library.calls.clGetEventInfo(
      handle, cl_event_info(CL_EVENT_COMMAND_EXECUTION_STATUS), MemoryLayout<cl_int>.size, &status, nil)
    guard code == CL_SUCCESS, status < 0 else { return nil }
    return OpenCLError(call: call, code: status, device: context.device.name, kernel: kernel)
  }

  /// Seconds from start to end on the device; 0 where the driver does not say.
  var seconds: Double {
    func time(_ key: Int32) -> UInt64? {
      var value: UInt64 = 0
      let code = context.library.calls.clGetEventProfilingInfo(handle, cl_profiling_info(key), 8, &value, nil)
      return code == CL_SUCCESS ? value : nil
    }
    guard let start = time(CL_PROFILING_COMMAND_START), let end = time(CL_PROFILING_COMMAND_END), end > start else {
      return 0
    }
    return Double(end - start) * 1e-9
  }
}
