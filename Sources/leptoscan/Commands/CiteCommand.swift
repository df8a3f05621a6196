import ArgumentParser
import LeptonicPortal
import ScanStore
import Scanning

struct CiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cite",
    abstract: "Print what stands behind the numbers of a file, as BibTeX.",
    discussion: """
      The model, the methods, the tables and the measurements that were used to make a scan, limits or a profile, in \
      the order in which the file names them; without a file everything that leptoscan knows.

        leptoscan cite limits.h5 > used.bib
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "OUT.h5")) var file: String?
  @Flag(help: "Print the keys only.") var keys = false

  func run() throws {
    let used = try file.map { try CiteCommand.keys(of: ScanFile.open($0)) } ?? Bibliography.entries.map(\.key)
    for key in used {
      guard let entry = Bibliography.entry(key) else {
        printError("leptoscan: \(key) is cited in the file and unknown here: it comes from a newer version")
        continue
      }
      try printOutput(keys ? key : entry.bibTeX)
    }
  }

  /// What the file names in its attribute and along its constraints, each once.
  private static func keys(of file: ScanFile) throws -> [String] {
    let ofConstraints =
      file.variables.contains { $0.name == citationsName && $0.content == .text }
      ? try file.readTexts(citationsName) : []
    let texts = (file.attributes[citationsName]?.text.map { [$0] } ?? []) + ofConstraints
    if texts.isEmpty {
      throw UsageError(
        "\(file.path) names no sources (it was not made by leptoscan, or by a version before this) give another file",
        code: .badInput)
    }
    var seen = Set<String>()
    return texts.flatMap { $0.split(separator: " ").map(String.init) }.filter { seen.insert($0).inserted }
  }
}
