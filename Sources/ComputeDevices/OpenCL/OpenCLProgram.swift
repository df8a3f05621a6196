import COpenCL
import HostResources

/// A program compiled for one device.
final class OpenCLProgram: @unchecked Sendable {
  let context: OpenCLContext
  /// How messages name it.
  let name: String
  let handle: cl_program
  /// What compiling took; nil if it was loaded.
  private(set) var buildSeconds: Double?

  /// Compiles; the error of a failed build has the build log.
  init(_ source: KernelSource, in context: OpenCLContext) throws {
    self.context = context
    name = source.name
    handle = try source.text.withCString { text in
      var text: UnsafePointer<CChar>? = text
      return try context.created("clCreateProgramWithSource", of: source.name) {
        context.library.calls.clCreateProgramWithSource(context.handle, 1, &text, nil, $0)
      }
    }
    let watch = Stopwatch()
    try build(source.options)
    buildSeconds = watch.seconds
  }

  /// Loads what ``binary()`` gave earlier for the same source, device and driver.
  init(_ source: KernelSource, binary: [UInt8], in context: OpenCLContext) throws {
    self.context = context
    name = source.name
    handle = try binary.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      var count = bytes.count
      var id: cl_device_id? = context.device.id
      var status = cl_int(CL_SUCCESS)
      let handle = try context.created("clCreateProgramWithBinary", of: source.name) {
        context.library.calls.clCreateProgramWithBinary(context.handle, 1, &id, &count, &start, &status, $0)
      }
      return handle
    }
    try build(source.options)
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
      throw OpenCLError(call: "clBuildProgram", code: code, device: context.device.name, kernel: name, log: buildLog())
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
