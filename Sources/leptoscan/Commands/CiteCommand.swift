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
    let opened = try file.map { try ScanFile.open($0) }
    let used = try opened.map { try CiteCommand.keys(of: $0) } ?? Bibliography.entries.map(\.key)
    if let opened, !keys { for line in try CiteCommand.evidence(in: opened) { try printOutput(line) } }
    for key in used {
      guard let entry = Bibliography.entry(key) else {
        printError("leptoscan: \(key) is cited in the file and unknown here: it comes from a newer version")
        continue
      }
      try printOutput(keys ? key : entry.bibTeX)
    }
  }

  /// What stands behind the constraints of a file, as comments of BibTeX.
  private static func evidence(in file: ScanFile) throws -> [String] {
    let lines = file.variables.first { $0.name == "constraint_evidence" }
    let ofLines =
      lines == nil
      ? [] : Array(zip(try file.readTexts("constraint"), try file.readTexts("constraint_evidence")))
    let ofBits = file.variables.filter { ["excluded", "would_exclude"].contains($0.name) }.flatMap { variable in
      let words = ["flag_meanings", "flag_evidence"].map {
        variable.attributes[$0]?.text?.split(separator: " ").map(String.init) ?? []
      }
      return Array(zip(words[0], words[1]))
    }
    return (ofLines + ofBits).filter { $0.1 != "none" }.map { "% \($0.0): \($0.1)" }
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
