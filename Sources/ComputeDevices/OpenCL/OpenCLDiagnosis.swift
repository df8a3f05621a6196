import COpenCL
import Foundation

/// What stands between this machine and an OpenCL device, for `doctor`.
public struct OpenCLDiagnosis: Sendable, CustomStringConvertible {
  public enum Finding: Sendable, Hashable {
    case usable(devices: [String])
    case unavailable(OpenCLUnavailable)
    /// Containers often mount NVIDIA's driver without the file that announces it.
    case driverNotAnnounced(library: String)
    /// No file announces a driver.
    case noDriverFile(directory: String)
    case noDoublePrecision(device: String)
    case deviceNotAvailable(device: String)
  }

  public let findings: [Finding]

  /// Whether at least one device can run the kernels.
  public var isUsable: Bool {
    findings.contains { if case .usable = $0 { true } else { false } }
  }

  /// - Parameters:
  ///   - vendors: the directory of `.icd` files; `OCL_ICD_VENDORS` if it is set, else the system's.
  ///   - libraryDirectories: where a driver that no file announces is looked for, before the dynamic linker's own.
  public init(
    catalog: DeviceCatalog, vendors: String? = nil,
    libraryDirectories: [String] = OpenCLDiagnosis.libraryDirectories,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    var findings: [Finding] = []
    let usable = catalog.usableOpenCL
    if !usable.isEmpty { findings.append(.usable(devices: usable.map { "\($0.selector) \($0.name)" })) }
    if let reason = catalog.openCLUnavailable { findings.append(.unavailable(reason)) }
    for device in catalog.openCL where !device.hasFP64 { findings.append(.noDoublePrecision(device: device.name)) }
    for device in catalog.openCL where !device.isAvailable { findings.append(.deviceNotAvailable(device: device.name)) }
    #if !os(macOS)
      let vendors = vendors ?? environment["OCL_ICD_VENDORS"] ?? "/etc/OpenCL/vendors"
      findings += Self.driverFindings(catalog, announced: announcedLibraries(vendors), vendors, libraryDirectories)
    #endif
    self.findings = findings
  }

  /// Directories where drivers are found, beyond those the dynamic linker knows.
  public static let libraryDirectories = [
    "/usr/local/nvidia/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
    "/usr/lib/wsl/lib", "/run/opengl-driver/lib",
  ]

  private static let nvidiaName = "libnvidia-opencl.so.1"

  private static func driverFindings(
    _ catalog: DeviceCatalog, announced: [String], _ vendors: String, _ directories: [String]
  ) -> [Finding] {
    var findings: [Finding] = announced.isEmpty ? [.noDriverFile(directory: vendors)] : []
    let hasNVIDIA =
      announced.contains { $0.contains("nvidia") } || catalog.openCL.contains { $0.vendor.contains("NVIDIA") }
    if !hasNVIDIA, let library = nvidiaLibrary(in: directories) {
      findings.append(.driverNotAnnounced(library: library))
    }
    return findings
  }

  private static func nvidiaLibrary(in directories: [String]) -> String? {
    let paths = directories.map { "\($0)/\(nvidiaName)" }
    if let found = paths.first(where: FileManager.default.fileExists) { return found }
    return opencl_can_load(nvidiaName) ? nvidiaName : nil
  }

  public var description: String { findings.map(\.description).joined(separator: "\n") }
}

extension OpenCLDiagnosis.Finding: CustomStringConvertible {
  public var description: String {
    switch self {
    case .usable(let devices): "OpenCL works: \(devices.joined(separator: ", "))"
    case .unavailable(let reason): "\(reason)"
    case .driverNotAnnounced(let library):
      "\(library) is not used (no .icd file announces NVIDIA's driver) set OCL_ICD_VENDORS=\(library)"
    case .noDriverFile(let directory):
      "no .icd file in \(directory) (drivers announce themselves there) install pocl-opencl-icd or the GPU's driver"
    case .noDoublePrecision(let device):
      "\(device) cannot be used (it has no IEEE double precision) use --device native"
    case .deviceNotAvailable(let device):
      "\(device) cannot be used (its driver has no compiler or is not available) update the driver"
    }
  }
}

/// The libraries named by the `.icd` files of a directory; one `.icd` file or a library may be given instead.
private func announcedLibraries(_ vendors: String) -> [String] {
  if vendors.hasSuffix(".so") || vendors.contains(".so.") { return [vendors] }
  let names = (try? FileManager.default.contentsOfDirectory(atPath: vendors)) ?? []
  let files = vendors.hasSuffix(".icd") ? [vendors] : names.filter { $0.hasSuffix(".icd") }.map { "\(vendors)/\($0)" }
  return files.compactMap { file in
    (try? String(contentsOfFile: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
