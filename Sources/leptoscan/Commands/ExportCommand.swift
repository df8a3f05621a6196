import ArgumentParser
import ScanStore
import Scanning

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write an output file as a CSV table.",
    discussion: """
      One row for every point of the axes that the variables span together, coordinates first; numbers in the shortest \
      form that reads back to the same bits. Every number is checked on the way. Files of any size are passed through in pieces.

        leptoscan export limits.h5 -o limits.csv
        leptoscan export scan.h5 -o moments.csv --variables delta_a_mu,delta_a_e
        leptoscan export points.h5 -o - | head
      """)

  @Argument(help: ArgumentHelp("A scan, points, limits or profile.", valueName: "FILE.h5")) var file: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The table to write; - is standard output.", valueName: "OUT.csv"))
  var output: String
  @Option(help: ArgumentHelp("The variables to write, separated by commas (default: all).", valueName: "names"))
  var variables: String?
  @Flag(help: "Replace an existing output.") var force = false

  func run() throws {
    let claim = try output == "-" ? nil : OutputClaim(output, overwrite: force, inputs: [file])
    let names = variables?.split(separator: ",").map(String.init)
    let table = try TableExport(of: ScanFile.openComplete(file), variables: names)
    guard let claim else { return try table.csv(StandardStreams.output) }
    let text = try TextFile(claim)
    try table.csv(text.append)
    try text.publish()
    printNote("\(table.rowCount) rows of \(table.columns.count) columns -> \(output)")
  }
}
