import ScanStore

extension ScanFile {
  /// Opens a file that is to be passed on as a whole.
  /// - Throws: ``UsageError`` for the file of a scan that is not complete, also under another name; errors of the file, and
  ///   where files are missing whose numbers it shows.
  static func openComplete(_ path: String) throws -> ScanFile {
    if path.hasSuffix(".part") {
      throw UsageError("\(path) is unfinished (its numbers are not all there) complete it first", code: .badInput)
    }
    let file = try openNamed(path)
    if try file.isUnfinishedCopy() {
      throw UsageError(
        "\(path) is unfinished (it is a copy of a .part file, which has no checksums yet) complete the scan first",
        code: .badInput)
    }
    try file.checkSources()
    try file.probe(file.variables.map(\.name))
    return file
  }
}
