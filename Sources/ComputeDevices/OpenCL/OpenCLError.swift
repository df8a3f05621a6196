import COpenCL

/// A failed OpenCL call.
public struct OpenCLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The function that failed, for instance `clBuildProgram`.
  public var call: String
  public var code: Int32
  /// The device it was made for.
  public var device: String
  /// The kernel that was compiled or run; nil where the call concerns none.
  public var kernel: String?
  /// What the driver said beyond the code: the build log.
  public var log: String

  public init(call: String, code: Int32, device: String, kernel: String? = nil, log: String = "") {
    self.call = call
    self.code = code
    self.device = device
    self.kernel = kernel
    self.log = log
  }

  /// The code's name in the specification, for instance `CL_OUT_OF_RESOURCES`.
  public var symbol: String { symbols[code] ?? "unknown code" }

  public var description: String {
    let subject = kernel.map { " of \($0)" } ?? ""
    let text = "\(call)\(subject) failed on \(device) (\(symbol), \(code)) \(suggestion)"
    return log.isEmpty ? text : "\(text)\n\(log)"
  }

  private var suggestion: String {
    switch code {
    case CL_MEM_OBJECT_ALLOCATION_FAILURE, CL_OUT_OF_RESOURCES, CL_OUT_OF_HOST_MEMORY:
      "free memory on the device, or use --device native"
    case CL_BUILD_PROGRAM_FAILURE, CL_COMPILER_NOT_AVAILABLE:
      "update the driver, or use --device native"
    default: "use another device"
    }
  }
}

/// Throws unless `code` is `CL_SUCCESS`.
func check(_ code: cl_int, _ call: String, of kernel: String? = nil, on device: String) throws(OpenCLError) {
  guard code == CL_SUCCESS else { throw OpenCLError(call: call, code: code, device: device, kernel: kernel) }
}

private let symbols: [Int32: String] = [
  -1: "CL_DEVICE_NOT_FOUND", -2: "CL_DEVICE_NOT_AVAILABLE", -3: "CL_COMPILER_NOT_AVAILABLE",
  -4: "CL_MEM_OBJECT_ALLOCATION_FAILURE", -5: "CL_OUT_OF_RESOURCES", -6: "CL_OUT_OF_HOST_MEMORY",
  -7: "CL_PROFILING_INFO_NOT_AVAILABLE", -8: "CL_MEM_COPY_OVERLAP", -11: "CL_BUILD_PROGRAM_FAILURE",
  -12: "CL_MAP_FAILURE", -13: "CL_MISALIGNED_SUB_BUFFER_OFFSET", -14: "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST",
  -15: "CL_COMPILE_PROGRAM_FAILURE", -16: "CL_LINKER_NOT_AVAILABLE", -17: "CL_LINK_PROGRAM_FAILURE",
  -30: "CL_INVALID_VALUE", -31: "CL_INVALID_DEVICE_TYPE", -32: "CL_INVALID_PLATFORM", -33: "CL_INVALID_DEVICE",
  -34: "CL_INVALID_CONTEXT", -35: "CL_INVALID_QUEUE_PROPERTIES", -36: "CL_INVALID_COMMAND_QUEUE",
  -37: "CL_INVALID_HOST_PTR", -38: "CL_INVALID_MEM_OBJECT", -42: "CL_INVALID_BINARY", -43: "CL_INVALID_BUILD_OPTIONS",
  -44: "CL_INVALID_PROGRAM", -45: "CL_INVALID_PROGRAM_EXECUTABLE", -46: "CL_INVALID_KERNEL_NAME",
  -47: "CL_INVALID_KERNEL_DEFINITION", -48: "CL_INVALID_KERNEL", -49: "CL_INVALID_ARG_INDEX",
  -50: "CL_INVALID_ARG_VALUE", -51: "CL_INVALID_ARG_SIZE", -52: "CL_INVALID_KERNEL_ARGS",
  -53: "CL_INVALID_WORK_DIMENSION", -54: "CL_INVALID_WORK_GROUP_SIZE", -55: "CL_INVALID_WORK_ITEM_SIZE",
  -56: "CL_INVALID_GLOBAL_OFFSET", -57: "CL_INVALID_EVENT_WAIT_LIST", -58: "CL_INVALID_EVENT",
  -59: "CL_INVALID_OPERATION", -61: "CL_INVALID_BUFFER_SIZE", -63: "CL_INVALID_GLOBAL_WORK_SIZE",
  -1001: "CL_PLATFORM_NOT_FOUND_KHR", -9999: "NVIDIA: illegal memory access or launch failure",
]
