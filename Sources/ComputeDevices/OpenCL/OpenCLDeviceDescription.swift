import COpenCL

/// What an OpenCL device is and can do.
public struct OpenCLDeviceDescription: @unchecked Sendable {
  public enum Kind: String, Sendable {
    case gpu = "GPU"
    case cpu = "CPU"
    case other = "accelerator"
  }

  /// Position among all devices of all platforms: `opencl:index`.
  public let index: Int
  public let name: String
  public let vendor: String
  public let platform: String
  /// `CL_DEVICE_VERSION`, for instance `OpenCL 3.0 CUDA`.
  public let version: String
  public let driver: String
  public let kind: Kind
  public let computeUnits: Int
  /// Bytes.
  public let memory: Int
  /// Largest single buffer in bytes.
  public let largestAllocation: Int
  /// Whether it has IEEE double precision with fused multiply-add, subnormals, infinities and NaN.
  public let hasFP64: Bool
  /// Whether it works in the host's memory.
  public let sharesHostMemory: Bool
  /// Whether its driver has a compiler and says that it can be used.
  public let isAvailable: Bool
  /// Root devices live as long as the process.
  let id: cl_device_id

  public var selector: String { "opencl:\(index)" }
}

extension OpenCLDeviceDescription {
  /// Asks a device for all of it.
  init(
    index: Int, id: cl_device_id, platform: cl_platform_id, library: OpenCLLibrary
  ) throws(OpenCLError) {
    let info = DeviceInfo(library: library, id: id, platform: platformName(platform, library))
    let type = try info.number(CL_DEVICE_TYPE)
    let required = UInt64(CL_FP_FMA | CL_FP_ROUND_TO_NEAREST | CL_FP_INF_NAN | CL_FP_DENORM)
    // Devices without double precision may not know the question.
    let doubles = (try? info.number(CL_DEVICE_DOUBLE_FP_CONFIG)) ?? 0
    let hasCompiler = try info.number(CL_DEVICE_COMPILER_AVAILABLE) != 0
    self.init(
      index: index, name: try info.text(CL_DEVICE_NAME), vendor: try info.text(CL_DEVICE_VENDOR),
      platform: info.platform, version: try info.text(CL_DEVICE_VERSION),
      driver: try info.text(CL_DRIVER_VERSION),
      kind: type & UInt64(CL_DEVICE_TYPE_GPU) != 0 ? .gpu : type & UInt64(CL_DEVICE_TYPE_CPU) != 0 ? .cpu : .other,
      computeUnits: Int(try info.number(CL_DEVICE_MAX_COMPUTE_UNITS)),
      memory: Int(clamping: try info.number(CL_DEVICE_GLOBAL_MEM_SIZE)),
      largestAllocation: Int(clamping: try info.number(CL_DEVICE_MAX_MEM_ALLOC_SIZE)),
      hasFP64: doubles & required == required,
      sharesHostMemory: try info.number(CL_DEVICE_HOST_UNIFIED_MEMORY) != 0,
      isAvailable: try info.number(CL_DEVICE_AVAILABLE) != 0 && hasCompiler,
      id: id)
  }
}

/// Queries about one device.
private struct DeviceInfo {
  let library: OpenCLLibrary
  let id: cl_device_id
  let platform: String

  /// A number of up to eight bytes.
  func number(_ key: Int32) throws(OpenCLError) -> UInt64 {
    var value: UInt64 = 0
    let code = library.calls.clGetDeviceInfo(id, cl_device_info(key), 8, &value, nil)
    try check(code, "clGetDeviceInfo", on: "a device of \(platform)")
    return value
  }

  func text(_ key: Int32) throws(OpenCLError) -> String {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let code = library.calls.clGetDeviceInfo(id, cl_device_info(key), bytes.count, &bytes, nil)
    try check(code, "clGetDeviceInfo", on: "a device of \(platform)")
    return trimmed(bytes)
  }
}

func platformName(_ platform: cl_platform_id, _ library: OpenCLLibrary) -> String {
  var bytes = [UInt8](repeating: 0, count: 1024)
  let code = library.calls.clGetPlatformInfo(platform, cl_platform_info(CL_PLATFORM_NAME), bytes.count, &bytes, nil)
  return code == CL_SUCCESS ? trimmed(bytes) : "an unknown platform"
}

/// A name that a driver gave, without its surplus blanks.
private func trimmed(_ bytes: [UInt8]) -> String {
  String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    .split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
}
