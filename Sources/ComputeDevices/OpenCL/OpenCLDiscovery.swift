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
  /// All devices of all drivers. A driver that fails is left out; if nothing is left, says why.
  public static func all() throws(OpenCLUnavailable) -> [OpenCLDeviceDescription] {
    let library = try OpenCLLibrary.load()
    var failure: OpenCLError?
    var devices: [OpenCLDeviceDescription] = []
    for platform in try platforms(library) {
      do throws(OpenCLError) {
        for id in try deviceIDs(of: platform, library) {
          devices.append(
            try OpenCLDeviceDescription(index: devices.count, id: id, platform: platform, library: library))
        }
      } catch {
        failure = error
      }
    }
    if devices.isEmpty { throw failure.map(OpenCLUnavailable.failing) ?? .noPlatform }
    return devices
  }

  private static func platforms(_ library: OpenCLLibrary) throws(OpenCLUnavailable) -> [cl_platform_id] {
    var count: cl_uint = 0
    let code = library.calls.clGetPlatformIDs(0, nil, &count)
    if code == -1001 || (code == CL_SUCCESS && count == 0) { throw .noPlatform }
    var platforms = [cl_platform_id?](repeating: nil, count: Int(count))
    guard code == CL_SUCCESS, library.calls.clGetPlatformIDs(count, &platforms, nil) == CL_SUCCESS else {
      throw .failing(OpenCLError(call: "clGetPlatformIDs", code: code, device: "this machine"))
    }
    return platforms.compactMap { $0 }
  }

  private static func deviceIDs(
    of platform: cl_platform_id, _ library: OpenCLLibrary
  ) throws(OpenCLError) -> [cl_device_id] {
    var count: cl_uint = 0
    let all = cl_device_type(0xFFFF_FFFF)
    let code = library.calls.clGetDeviceIDs(platform, all, 0, nil, &count)
    if code == CL_DEVICE_NOT_FOUND || count == 0 { return [] }
    try check(code, "clGetDeviceIDs", on: "a platform")
    var devices = [cl_device_id?](repeating: nil, count: Int(count))
    try check(library.calls.clGetDeviceIDs(platform, all, count, &devices, nil), "clGetDeviceIDs", on: "a platform")
    return devices.compactMap { $0 }
  }

  private init(
    index: Int, id: cl_device_id, platform: cl_platform_id, library: OpenCLLibrary
  ) throws(OpenCLError) {
    let info = DeviceInfo(library: library, id: id)
    let type = try info.number(CL_DEVICE_TYPE)
    let required = UInt64(CL_FP_FMA | CL_FP_ROUND_TO_NEAREST | CL_FP_INF_NAN | CL_FP_DENORM)
    // Devices without double precision may not know the question.
    let doubles = (try? info.number(CL_DEVICE_DOUBLE_FP_CONFIG)) ?? 0
    let hasCompiler = try info.number(CL_DEVICE_COMPILER_AVAILABLE) != 0
    self.init(
      index: index, name: try info.text(CL_DEVICE_NAME), vendor: try info.text(CL_DEVICE_VENDOR),
      platform: info.platformName(platform), version: try info.text(CL_DEVICE_VERSION),
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

  /// A number of up to eight bytes.
  func number(_ key: Int32) throws(OpenCLError) -> UInt64 {
    var value: UInt64 = 0
    try check(library.calls.clGetDeviceInfo(id, cl_device_info(key), 8, &value, nil), "clGetDeviceInfo", on: "a device")
    return value
  }

  func text(_ key: Int32) throws(OpenCLError) -> String {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let code = library.calls.clGetDeviceInfo(id, cl_device_info(key), bytes.count, &bytes, nil)
    try check(code, "clGetDeviceInfo", on: "a device")
    return trimmed(bytes)
  }

  func platformName(_ platform: cl_platform_id) -> String {
    var bytes = [UInt8](repeating: 0, count: 1024)
    let code = library.calls.clGetPlatformInfo(platform, cl_platform_info(CL_PLATFORM_NAME), bytes.count, &bytes, nil)
    return code == CL_SUCCESS ? trimmed(bytes) : "unknown platform"
  }

  private func trimmed(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      .split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }
}
