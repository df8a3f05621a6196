import ScanStore

extension ScanFile {
  /// Opens a file that is to be passed on as a whole.
  /// - Throws: ``UsageError`` for the file of a scan that is not complete, errors of the file.
  static func openComplete(_ path: String) throws -> ScanFile {
    if path.hasSuffix(".part") {
      throw UsageError("\(path) is unfinished (its numbers are not all there) complete it first", code: .badInput)
    }
    return try openNamed(path)
  }
}
