import Foundation
import PortalKernels

/// The `system` block of a result file: what the numbers were measured on.
public struct SystemDescription: Sendable, Hashable, Codable {
  public var cpu: String
  public var cores: Int
  /// The one-minute load average before the measurement; nil where the system does not tell.
  public var loadAverage: Double?
  public var os: String
  /// The compilers of this executable, by name.
  public var compilers: [String: String]
  public var leptoscan: String
  public var gitRevision: String?

  enum CodingKeys: String, CodingKey {
    case cpu, cores, os, compilers, leptoscan
    case loadAverage = "load_average_before"
    case gitRevision = "git_revision"
  }

  /// - Parameters:
  ///   - version: of leptoscan.
  ///   - revision: of the checkout it was built from, where that is known.
  public init(version: String, revision: String?) {
    cpu = SystemDescription.processor()
    cores = ProcessInfo.processInfo.activeProcessorCount
    var average = 0.0
    loadAverage = getloadavg(&average, 1) == 1 ? average : nil
    os = ProcessInfo.processInfo.operatingSystemVersionString + " " + SystemDescription.kernelRelease()
    compilers = ["clang": String(cString: portal_compiler_version())]
    leptoscan = version
    gitRevision = revision
  }

  /// Model name, family and model as /proc/cpuinfo gives them, since virtual machines shorten the name.
  private static func processor() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count == 2 { fields[parts[0]] = parts[1] }
    }
    guard let name = fields["model name"] else { return "unknown processor" }
    guard let family = fields["cpu family"], let model = fields["model"] else { return name }
    return "\(name) family \(family) model \(model)"
  }

  private static func kernelRelease() -> String {
    let release = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    return release?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }
}
