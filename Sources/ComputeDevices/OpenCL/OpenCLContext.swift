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
  func created<Handle>(
    _ call: String, of kernel: String? = nil, _ create: (UnsafeMutablePointer<cl_int>) -> Handle?
  ) throws -> Handle {
    var code = cl_int(CL_SUCCESS)
    let handle = create(&code)
    try check(code, call, of: kernel, on: device.name)
    guard let handle else {
      throw OpenCLError(call: call, code: CL_INVALID_VALUE, device: device.name, kernel: kernel)
    }
    return handle
  }
}
