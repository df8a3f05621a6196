import COpenCL

/// libOpenCL, loaded when first asked for. A machine without it has the native device only.
final class OpenCLLibrary: Sendable {
  let calls: opencl_calls

  private init(_ calls: opencl_calls) { self.calls = calls }

  private static let loaded: Result<OpenCLLibrary, OpenCLUnavailable> = {
    let calls = UnsafeMutablePointer<opencl_calls>.allocate(capacity: 1)
    defer { calls.deallocate() }
    var reason = [CChar](repeating: 0, count: 512)
    guard opencl_load(calls, &reason, reason.count) else {
      return .failure(
        .noLibrary(String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)))
    }
    return .success(OpenCLLibrary(calls.pointee))
  }()

  static func load() throws(OpenCLUnavailable) -> OpenCLLibrary { try loaded.get() }
}

/// Why there is no OpenCL device, or none of some driver.
public enum OpenCLUnavailable: Error, Sendable, Hashable, CustomStringConvertible {
  /// The loader library is missing; what the system said.
  case noLibrary(String)
  /// The loader found no driver (ICD).
  case noPlatform
  /// A driver has no device.
  case noDevice(platform: String)
  /// The loader or a driver fails.
  case failing(OpenCLError)

  public var description: String {
    switch self {
    case .noLibrary(let reason):
      "no OpenCL library (\(reason)) install ocl-icd-libopencl1, or use --device native"
    case .noPlatform:
      "no OpenCL driver (clGetPlatformIDs found no platform) install pocl-opencl-icd or the driver of the GPU"
    case .noDevice(let platform):
      "\(platform) has no device (clGetDeviceIDs found none) check that driver, its settings and its cache folder, "
        + "or use --device native"
    case .failing(let error): "OpenCL does not start (\(error)) check the drivers, or use --device native"
    }
  }
}
