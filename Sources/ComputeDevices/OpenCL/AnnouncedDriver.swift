import COpenCL
import Foundation

/// A library that this machine names to the OpenCL loader as a driver.
public struct AnnouncedDriver: Sendable, Hashable {
  /// What names it: an `.icd` file or an environment variable.
  public var source: String
  /// A path, or a name for the dynamic linker; empty where the file names none.
  public var library: String

  /// Every driver that is announced, as ocl-icd and Khronos's loader read files and variables.
  ///
  /// - Parameter vendors: the folder of `.icd` files, one such file, or a library.
  static func all(vendors: String, environment: [String: String]) -> [AnnouncedDriver] {
    // Only Khronos's loader reads this one, besides the files.
    let named = environment["OCL_ICD_FILENAMES"]?.split(separator: ":") ?? []
    return named.map { AnnouncedDriver(source: "OCL_ICD_FILENAMES", library: String($0)) } + announced(by: vendors)
  }

  /// `OCL_ICD_VENDORS`, or where drivers announce themselves.
  static func vendors(_ environment: [String: String]) -> String {
    environment["OCL_ICD_VENDORS"].flatMap { $0.isEmpty ? nil : $0 } ?? "/etc/OpenCL/vendors"
  }

  private static func announced(by vendors: String) -> [AnnouncedDriver] {
    if vendors.hasSuffix(".so") || vendors.contains(".so.") {
      return [AnnouncedDriver(source: "OCL_ICD_VENDORS", library: vendors)]
    }
    if vendors.hasSuffix(".icd") { return [AnnouncedDriver(file: vendors)] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: vendors)) ?? []
    let folder = vendors.hasSuffix("/") ? String(vendors.dropLast()) : vendors
    return names.filter { $0.hasSuffix(".icd") }.sorted().map { AnnouncedDriver(file: "\(folder)/\($0)") }
  }

  private init(source: String, library: String) {
    self.source = source
    self.library = library
  }

  /// Its first line is the library.
  private init(file: String) {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    self.init(source: file, library: line.trimmingCharacters(in: .whitespaces))
  }

  /// Why it cannot be a driver; nil if it loads.
  func loadFailure() -> String? {
    if library.isEmpty { return "the file has no readable line" }
    var reason = [CChar](repeating: 0, count: 512)
    if opencl_driver_loads(library, &reason, reason.count) { return nil }
    return String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
