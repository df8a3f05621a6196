import COpenCL

/// A context of one device. Everything made in it keeps it alive.
final class OpenCLContext: @unchecked Sendable {
  let library: OpenCLLibrary
  let device: OpenCLDeviceDescription
  let handle: cl_context

  init(device: OpenCLDeviceDescription) throws {
    library = try OpenCLLibrary.load()
    self.device = device
    var code = cl_int(CL_SUCCESS)
    var id: cl_device_id? = device.id
    let handle = library.calls.clCreateContext(nil, 1, &id, nil, nil, &code)
    try check(code, "clCreateContext", on: device.name)
    guard let handle else { throw OpenCLError(call: "clCreateContext", code: CL_INVALID_VALUE, device: device.name) }
    self.handle = handle
  }

  deinit { _ = library.calls.clReleaseContext(handle) }

  /// The result of a call that creates something.
  func created<Handle>(_ call: String, _ create: (UnsafeMutablePointer<cl_int>) -> Handle?) throws -> Handle {
    var code = cl_int(CL_SUCCESS)
    let handle = create(&code)
    try check(code, call, on: device.name)
    guard let handle else { throw OpenCLError(call: call, code: CL_INVALID_VALUE, device: device.name) }
    return handle
  }
}

/// The end of a command, with the time it took.
final class OpenCLEvent {
  private let context: OpenCLContext
  let handle: cl_event

  init(context: OpenCLContext, handle: cl_event) {
    self.context = context
    self.handle = handle
  }

  deinit { _ = context.library.calls.clReleaseEvent(handle) }

  /// Waits until the command is done; throws if it failed.
  func wait() throws {
    var event: cl_event? = handle
    try check(context.library.calls.clWaitForEvents(1, &event), "clWaitForEvents", on: context.device.name)
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
