import Foundation

/// What can be said of the folder of a ``ProgramCache``, which itself never complains.
public struct ProgramCacheState: Sendable, Hashable, Encodable, CustomStringConvertible {
  /// nil if nothing is cached.
  public var directory: String?
  /// Compiled programs in it.
  public var files = 0
  /// Why nothing can be written to it; nil if something can.
  public var problem: String?

  public var description: String {
    guard let directory else { return "none (\(problem ?? "switched off")), kernels are compiled by every process" }
    let count = "\(files) compiled \(files == 1 ? "program" : "programs")"
    guard let problem else { return "\(directory) (\(count))" }
    return "\(directory) cannot be written (\(problem)) set LEPTOSCAN_CACHE_DIR to a folder that can"
  }
}

extension ProgramCache {
  /// Looks at the folder, and makes it and writes a file to it as a scan would.
  public func state() -> ProgramCacheState {
    guard let directory else { return ProgramCacheState(problem: "LEPTOSCAN_CACHE_DIR is empty, or HOME is not set") }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return ProgramCacheState(
      directory: directory.path, files: files.count { $0.hasSuffix(".\(Self.fileExtension)") },
      problem: writingProblem(directory))
  }

  private func writingProblem(_ directory: URL) -> String? {
    let file = directory.appendingPathComponent("doctor-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try Data().write(to: file)
      try FileManager.default.removeItem(at: file)
      return nil
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
      guard let code = (cause as? POSIXError)?.code else { return error.localizedDescription }
      return String(cString: strerror(code.rawValue))
    }
  }
}
