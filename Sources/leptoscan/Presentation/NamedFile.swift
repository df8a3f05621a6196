import Foundation
import ScanStore
import Scanning

extension ScanFile {
  /// Opens a file that the user names. Where it is not there and another stage of the same scan is, the error names that.
  /// - Throws: ``UsageError``, errors of the file.
  static func openNamed(_ path: String) throws -> ScanFile {
    do {
      return try open(path)
    } catch let error as ScanStoreError where error.kind == .noSuchFile {
      let output = path.hasSuffix(".part") ? String(path.dropLast(".part".count)) : path
      let selection = SelectedScan.selectionPath(of: output)
      let stages = [
        (output, "complete"), (ScanFileWriter.partialPath(of: output), "of a scan that is not complete"),
        (selection, "between the stages of a scan with keep"),
        (ScanFileWriter.partialPath(of: selection), "the first stage of a scan with keep"),
      ]
      let found = stages.first { $0.0 != path && FileManager.default.fileExists(atPath: $0.0) }
      guard let (other, what) = found else { throw error }
      throw UsageError("\(path) is not there (\(other) is, \(what)) look at leptoscan show \(other)", code: .badInput)
    }
  }
}
