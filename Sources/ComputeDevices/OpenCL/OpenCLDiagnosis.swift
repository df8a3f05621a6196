import COpenCL
import Foundation

/// What stands between this machine and an OpenCL device, for `doctor`, and for who computes without one.
public struct OpenCLDiagnosis: Sendable, CustomStringConvertible {
  public enum Finding: Sendable, Hashable {
    case usable(devices: [String])
    case unavailable(OpenCLUnavailable)
    /// An `.icd` file or a variable names a library that is absent or no driver; `directory` has one of that name.
    case driverDoesNotLoad(AnnouncedDriver, reason: String, directory: String?)
    /// A library that loads, but of which the loader knows nothing.
    case driverIgnored(AnnouncedDriver)
    /// Containers often mount NVIDIA's driver without the file that announces it.
    case driverNotAnnounced(library: String)
    /// No file announces a driver.
    case noDriverFile(directory: String)
    case noDoublePrecision(device: String)
    case deviceNotAvailable(device: String)
    /// A small kernel did not compile, did not run or gave wrong numbers.
    case deviceFails(device: String, reason: String)
  }

  public let findings: [Finding]

  /// Whether at least one device can run the kernels.
  public var isUsable: Bool {
    findings.contains { if case .usable = $0 { true } else { false } }
  }

  /// Everything but what works.
  public var problems: [Finding] {
    findings.filter { if case .usable = $0 { false } else { true } }
  }

  /// - Parameters:
  ///   - vendors: the directory of `.icd` files; `OCL_ICD_VENDORS` if it is set, else the system's.
  ///   - libraryDirectories: where a driver is looked for that no file announces or that does not load.
  ///   - runningKernels: whether to compile and run a small kernel on every device; takes about a second each.
  public init(
    catalog: DeviceCatalog, vendors: String? = nil,
    libraryDirectories: [String] = OpenCLDiagnosis.libraryDirectories,
    environment: [String: String] = ProcessInfo.processInfo.environment, runningKernels: Bool = false
  ) {
    let failing = runningKernels ? catalog.usableOpenCL.compactMap(Self.trialFinding) : []
    let failed = failing.map(\.device)
    let usable = catalog.usableOpenCL.map(Self.title).filter { !failed.contains($0) }
    var findings: [Finding] = usable.isEmpty ? [] : [.usable(devices: usable)]
    findings += failing.map { .deviceFails(device: $0.device, reason: $0.reason) }
    #if os(macOS)
      let drivers: [Finding] = []
    #else
      let vendors = vendors ?? AnnouncedDriver.vendors(environment)
      let announced = AnnouncedDriver.all(vendors: vendors, environment: environment)
      let drivers = Self.driverFindings(catalog, announced: announced, vendors, libraryDirectories)
    #endif
    // That there is no platform is said better by what is wrong with the drivers.
    let failures = catalog.openCLFailures.filter { drivers.isEmpty || $0 != .noPlatform }
    findings += failures.map { .unavailable($0) } + drivers
    findings += catalog.openCL.filter { !$0.hasFP64 }.map { .noDoublePrecision(device: Self.title($0)) }
    findings += catalog.openCL.filter { !$0.isAvailable }.map { .deviceNotAvailable(device: Self.title($0)) }
    self.findings = findings
  }

  /// Directories where drivers are found, beyond those the dynamic linker knows.
  public static let libraryDirectories = [
    "/usr/local/nvidia/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
    "/usr/lib/wsl/lib", "/run/opengl-driver/lib",
  ]

  private static let nvidiaName = "libnvidia-opencl.so.1"

  private static func title(_ device: OpenCLDeviceDescription) -> String { "\(device.selector) \(device.name)" }

  private static func trialFinding(_ device: OpenCLDeviceDescription) -> (device: String, reason: String)? {
    do {
      // What a cache has says nothing about the compiler.
      try OpenCLDevice(device, cache: ProgramCache(directory: nil)).tryOut()
      return nil
    } catch {
      return (title(device), "\(error)")
    }
  }

  private static func driverFindings(
    _ catalog: DeviceCatalog, announced: [AnnouncedDriver], _ vendors: String, _ directories: [String]
  ) -> [Finding] {
    var findings = announced.compactMap { driver in
      driver.loadFailure().map { reason in
        // A library that the linker finds and that is no driver is not to be found elsewhere.
        let found = reason.hasPrefix("dlopen") ? directory(of: driver.library, among: directories) : nil
        return Finding.driverDoesNotLoad(driver, reason: reason, directory: found)
      }
    }
    if findings.isEmpty, catalog.openCLFailures == [.noPlatform] { findings = announced.map { .driverIgnored($0) } }
    if announced.isEmpty, catalog.openCL.isEmpty { findings.append(.noDriverFile(directory: vendors)) }
    let hasNVIDIA =
      announced.contains { $0.library.contains("nvidia") } || catalog.openCL.contains { $0.vendor.contains("NVIDIA") }
    if !hasNVIDIA, let library = nvidiaLibrary(in: directories) {
      findings.append(.driverNotAnnounced(library: library))
    }
    return findings
  }

  /// The directory where a library lies that is announced by its name only.
  private static func directory(of library: String, among directories: [String]) -> String? {
    guard !library.isEmpty, !library.contains("/") else { return nil }
    return directories.first { FileManager.default.fileExists(atPath: "\($0)/\(library)") }
  }

  private static func nvidiaLibrary(in directories: [String]) -> String? {
    if let directory = directory(of: nvidiaName, among: directories) { return "\(directory)/\(nvidiaName)" }
    var reason: CChar = 0
    return opencl_driver_loads(nvidiaName, &reason, 1) ? nvidiaName : nil
  }

  public var description: String { findings.map(\.description).joined(separator: "\n") }
}

extension OpenCLDiagnosis.Finding: CustomStringConvertible {
  public var description: String {
    switch self {
    case .usable(let devices): "OpenCL works: \(devices.joined(separator: ", "))"
    case .unavailable(let reason): "\(reason)"
    case .driverDoesNotLoad(let driver, let reason, let directory):
      "\(driver.source) names \(driver.library.isEmpty ? "no library" : "\(driver.library), which is not used") "
        + "(\(reason)) "
        + (directory.map { "set LD_LIBRARY_PATH=\($0)" } ?? "install that driver again, or remove what names it")
    case .driverIgnored(let driver):
      "\(driver.source) names \(driver.library), which is not used (it loads, but the OpenCL loader found no platform) "
        + "set \(variables(driver.library))"
    case .driverNotAnnounced(let library):
      "\(library) is not used (no .icd file announces NVIDIA's driver) set \(variables(library))"
    case .noDriverFile(let directory):
      "no OpenCL driver (no .icd file in \(directory), where drivers announce themselves) "
        + "install pocl-opencl-icd or the GPU's driver"
    case .noDoublePrecision(let device):
      "\(device) cannot be used (it has no IEEE double precision) use --device native"
    case .deviceNotAvailable(let device):
      "\(device) cannot be used (its driver has no compiler or is not available) update the driver"
    case .deviceFails(let device, let reason): "\(device) does not compute: \(reason)"
    }
  }

  /// Debian's loader reads the one, Khronos's the other.
  private func variables(_ library: String) -> String {
    "OCL_ICD_VENDORS=\(library) for the loader ocl-icd, OCL_ICD_FILENAMES=\(library) for Khronos's"
  }
}
