import ArgumentParser
import ComputeDevices
import Foundation
import Limits
import ScanStore
import Scanning

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that an output file is what was written, and that its numbers can be computed again.",
    discussion: """
      Reads the whole file and compares every block of 1 MiB, and everything that is not numbers, with the checksums \
      stored when it was written. Then takes \
      points all over a scan and computes them again from the run card in it, and solves again for some of the lines of a file of \
      limits; they must agree to the last bit. Exit code 65 if anything differs.
      """)

  @Argument(help: ArgumentHelp("The file, complete or a shard.", valueName: "OUT.h5")) var file: String
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    if file.hasSuffix(".part") {
      throw UsageError(
        "\(file) is unfinished (its checksums are written at the end) complete it with scan --resume", code: .badInput)
    }
    let file = try ScanFile.open(file)
    try file.checkSources(allowingElsewhere: true)
    try file.probe(file.variables.map(\.name))
    try file.checkIsNotCut(device: NativeDevice())
    let report = VerificationReport(
      path: file.path, verification: try FileVerification(of: file), source: file.attributes["source"]?.text,
      numerics: file.numericsVersion,
      elsewhere: file.places(of: try file.sources()).filter(\.isElsewhere).map(\.name),
      recalculation: try recalculation(of: file))
    try printOutput(json ? JSON.text(report) : report.text)
    if report.checkedNothing {
      throw UsageError(
        "nothing in \(self.file) could be checked (it has no checksums and no run card) verify a file that leptoscan wrote",
        code: .badInput)
    }
    if !report.intact {
      throw UsageError(
        "\(self.file) is damaged (\(report.problem)) take it from a copy or make it anew", code: .badInput)
    }
  }
}

/// Nil for a file that cannot be computed again: one without run card, or a profile, which does not hold its scan.
private func recalculation(of file: ScanFile) throws -> Recalculation? {
  let device = NativeDevice()
  if Recalculation.isPossible(for: file) { return try Recalculation(of: file, device: device) }
  return try Recalculation(ofLimits: file, device: device)
}

/// What `verify` found, for a person or, encoded, for a machine.
struct VerificationReport: Encodable {
  struct Block: Encodable {
    var variable: String
    var block: Int
    var firstElement: Int
    var lastElement: Int

    enum CodingKeys: String, CodingKey {
      case variable, block
      case firstElement = "first_element"
      case lastElement = "last_element"
    }
  }

  struct Difference: Encodable {
    var variable: String
    var element: Int
    var stored: JSONNumber
    var recomputed: JSONNumber
  }

  var path: String
  var source: String?
  /// The numerics of the file; nil where it does not say.
  var numerics: Int32?
  /// Of a virtual file, the files whose numbers were taken from the current folder, since they are not where they belong.
  var sourcesElsewhere: [String]
  var intact: Bool
  var bytesChecked: Int
  var metadataChecked: Bool
  var variablesWithoutChecksum: [String]
  var damagedBlocks: [Block]
  var valuesRecomputed: Int
  var valuesDiffering: [Difference]

  enum CodingKeys: String, CodingKey {
    case path, source, intact
    case numerics = "numerics_version"
    case sourcesElsewhere = "sources_elsewhere"
    case bytesChecked = "bytes_checked"
    case metadataChecked = "metadata_checked"
    case variablesWithoutChecksum = "variables_without_checksum"
    case damagedBlocks = "damaged_blocks"
    case valuesRecomputed = "values_recomputed"
    case valuesDiffering = "values_differing"
  }

  /// - Parameter recalculation: nil for a file without run card.
  init(
    path: String, verification: FileVerification, source: String?, numerics: Int32?, elsewhere: [String] = [],
    recalculation: Recalculation?
  ) {
    self.path = path
    self.source = source
    self.numerics = numerics
    sourcesElsewhere = elsewhere
    bytesChecked = verification.bytesChecked
    metadataChecked = verification.hasCheckedMetadata
    variablesWithoutChecksum = verification.unchecked
    damagedBlocks = verification.damaged.map {
      Block(
        variable: $0.variable, block: $0.block, firstElement: $0.elements.lowerBound,
        lastElement: $0.elements.upperBound - 1)
    }
    valuesRecomputed = recalculation?.valuesChecked ?? 0
    valuesDiffering = (recalculation?.differences ?? []).map {
      Difference(
        variable: $0.variable, element: $0.element, stored: JSONNumber($0.stored),
        recomputed: JSONNumber($0.recomputed))
    }
    intact = damagedBlocks.isEmpty && valuesDiffering.isEmpty
  }

  /// Whether there are numbers and none of them was compared with anything.
  var checkedNothing: Bool { bytesChecked == 0 && valuesRecomputed == 0 && !variablesWithoutChecksum.isEmpty }

  /// The first thing that is wrong.
  var problem: String {
    if let block = damagedBlocks.first {
      let other =
        sourcesElsewhere.isEmpty
        ? metadataChecked ? "" : "; another program has written the file, which may have changed it"
        : "; \(sourcesElsewhere.joined(separator: ", ")) is of the current folder and may be another file"
      return "block \(block.block) of \(block.variable) does not have its checksum\(other)"
    }
    guard let value = valuesDiffering.first else { return "" }
    let difference = "element \(value.element) of \(value.variable) is not what the card gives"
    if numerics == numericsVersion { return difference }
    return difference + "; it was made with numerics \(numerics.map(String.init) ?? "unknown"), this build has "
      + "\(numericsVersion), so that may be right"
  }

  /// At most so many lines of a kind; a torn disk would fill the screen.
  private static let mostLines = 20

  var text: String {
    var lines = damagedBlocks.prefix(VerificationReport.mostLines).map {
      "\($0.variable): block \($0.block) (elements \($0.firstElement) to \($0.lastElement)) is not what was written"
    }
    lines += valuesDiffering.prefix(VerificationReport.mostLines).map {
      "\($0.variable)[\($0.element)] is \($0.stored.value), computed again \($0.recomputed.value)"
    }
    let unchecked = (metadataChecked ? [] : ["metadata"]) + variablesWithoutChecksum
    if !sourcesElsewhere.isEmpty {
      lines.append(
        "\(sourcesElsewhere.joined(separator: ", ")): of the current folder, not beside \(path), as HDF5 looks for them"
      )
    }
    if !unchecked.isEmpty { lines.append("no checksum: \(unchecked.joined(separator: ", "))") }
    lines.append(
      "\(path): \(bytes(bytesChecked)) against their checksums, \(damagedBlocks.count) damaged blocks; "
        + "\(valuesRecomputed) values computed again, \(valuesDiffering.count) differ")
    return lines.joined(separator: "\n")
  }
}
