import COpenCL

/// What a search for OpenCL devices found, and what failed on the way.
public struct OpenCLDiscovery: Sendable {
  /// Every device of every driver, those that cannot run the kernels too.
  public private(set) var devices: [OpenCLDeviceDescription] = []
  /// Why there is no device, or what a driver lacks whose devices are left out.
  public private(set) var failures: [OpenCLUnavailable] = []

  /// Looks for devices. Never fails.
  public init() {
    do throws(OpenCLUnavailable) {
      let library = try OpenCLLibrary.load()
      for platform in try Self.platforms(library) {
        do throws(OpenCLUnavailable) { try add(platform, library) } catch { failures.append(error) }
      }
    } catch {
      failures.append(error)
    }
  }

  private mutating func add(_ platform: cl_platform_id, _ library: OpenCLLibrary) throws(OpenCLUnavailable) {
    let found = devices.count
    do throws(OpenCLError) {
      for id in try Self.deviceIDs(of: platform, library) {
        devices.append(
          try OpenCLDeviceDescription(index: devices.count, id: id, platform: platform, library: library))
      }
    } catch {
      throw .failing(error)
    }
    if devices.count == found { throw .noDevice(platform: platformName(platform, library)) }
  }

  private static func platforms(_ library: OpenCLLibrary) throws(OpenCLUnavailable) -> [cl_platform_id] {
    var count: cl_uint = 0
    let code = library.calls.clGetPlatformIDs(0, nil, &count)
    if code == -1001 || (code == CL_SUCCESS && count == 0) { throw .noPlatform }
    do throws(OpenCLError) {
      try check(code, "clGetPlatformIDs", on: "this machine")
      var platforms = [cl_platform_id?](repeating: nil, count: Int(count))
      try check(library.calls.clGetPlatformIDs(count, &platforms, nil), "clGetPlatformIDs", on: "this machine")
      return platforms.compactMap { $0 }
    } catch {
      throw .failing(error)
    }
  }

  private static func deviceIDs(
    of platform: cl_platform_id, _ library: OpenCLLibrary
  ) throws(OpenCLError) -> [cl_device_id] {
    let all = cl_device_type(0xFFFF_FFFF)
    var count: cl_uint = 0
    let code = library.calls.clGetDeviceIDs(platform, all, 0, nil, &count)
    // The count means something only where the call succeeded.
    if code == CL_DEVICE_NOT_FOUND { return [] }
    let name = platformName(platform, library)
    try check(code, "clGetDeviceIDs", on: name)
    var devices = [cl_device_id?](repeating: nil, count: Int(count))
    try check(library.calls.clGetDeviceIDs(platform, all, count, &devices, nil), "clGetDeviceIDs", on: name)
    return devices.compactMap { $0 }
  }
}
