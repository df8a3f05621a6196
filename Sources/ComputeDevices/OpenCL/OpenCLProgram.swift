import COpenCL

/// A program compiled for one device.
final class OpenCLProgram: @unchecked Sendable {
  let context: OpenCLContext
  let handle: cl_program

  /// Compiles; the error of a failed build has the build log.
  init(context: OpenCLContext, source: String, options: String) throws {
    self.context = context
    handle = try source.withCString { text in
      var text: UnsafePointer<CChar>? = text
      return try context.created("clCreateProgramWithSource") {
        context.library.calls.clCreateProgramWithSource(context.handle, 1, &text, nil, $0)
      }
    }
    try build(options)
  }

  /// Loads what ``binary()`` gave earlier on the same device and driver.
  init(context: OpenCLContext, binary: [UInt8], options: String) throws {
    self.context = context
    handle = try binary.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      var count = bytes.count
      var id: cl_device_id? = context.device.id
      var status = cl_int(CL_SUCCESS)
      let handle = try context.created("clCreateProgramWithBinary") {
        context.library.calls.clCreateProgramWithBinary(context.handle, 1, &id, &count, &start, &status, $0)
      }
      return handle
    }
    try build(options)
  }

  deinit { _ = context.library.calls.clReleaseProgram(handle) }

  /// The compiled form, for ``ProgramCache``.
  func binary() throws -> [UInt8] {
    let calls = context.library.calls
    var count = 0
    try check(
      calls.clGetProgramInfo(
        handle, cl_program_info(CL_PROGRAM_BINARY_SIZES), MemoryLayout<Int>.size, &count, nil),
      "clGetProgramInfo", on: context.device.name)
    var bytes = [UInt8](repeating: 0, count: count)
    let code = bytes.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return calls.clGetProgramInfo(
        handle, cl_program_info(CL_PROGRAM_BINARIES), MemoryLayout<UnsafeMutablePointer<UInt8>?>.size, &start, nil)
    }
    try check(code, "clGetProgramInfo", on: context.device.name)
    return bytes
  }

  private func build(_ options: String) throws {
    var id: cl_device_id? = context.device.id
    let code = context.library.calls.clBuildProgram(handle, 1, &id, options, nil, nil)
    guard code == CL_SUCCESS else {
      throw OpenCLError(call: "clBuildProgram", code: code, device: context.device.name, log: buildLog())
    }
  }

  private func buildLog() -> String {
    let calls = context.library.calls
    let key = cl_program_build_info(CL_PROGRAM_BUILD_LOG)
    var count = 0
    guard calls.clGetProgramBuildInfo(handle, context.device.id, key, 0, nil, &count) == CL_SUCCESS, count > 0 else {
      return "(the driver gave no build log)"
    }
    var bytes = [UInt8](repeating: 0, count: count)
    _ = calls.clGetProgramBuildInfo(handle, context.device.id, key, count, &bytes, nil)
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
