import ArgumentParser
import Foundation
import ScanStore
import Scanning

struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw an output file: Figure 3 of the paper, or the plane of m_phi and h_mue of a scan.",
    discussion: """
      A file of limits gives the exclusion plot, with excluded regions hatched, projections dashed, the couplings that \
      explain the muon's anomalous magnetic moment, and the relic density:
        leptoscan limits Examples/figure3.yaml -o limits.h5
        leptoscan plot limits.h5 -o figure3.pdf

      Of a scan the plane of m_phi and h_mue is drawn, profiled over the other axes: what some m_psi and g allow, the \
      largest likelihood, the smallest relic density; or the variable given. --select takes one value of an axis \
      instead, the nearest, which is said, where the axis does not have it:
        leptoscan plot scan.h5 -o plane.png --variable relic_density --select g=0.08

      Files of limits and profiles are compared with their checksums first; scans are not, of which Python reads what it \
      draws: verify them, or draw their profile.

      The ending of FIGURE says in which format: png, pdf, svg. Drawing is done by the Python package in python/, with \
      matplotlib and xarray; LEPTOSCAN_PYTHON names the interpreter.
      """)

  @Argument(help: ArgumentHelp("A file of limits, scan or profile.", valueName: "FILE.h5")) var file: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The figure to write.", valueName: "FIGURE")) var output: String
  @Option(help: ArgumentHelp("The variable of a scan to show.", valueName: "name")) var variable: String?
  @Option(help: ArgumentHelp("Take one value of an axis; may be given again.", valueName: "axis=value"))
  var select: [String] = []

  func run() throws {
    let claim = try OutputClaim(output, overwrite: true, inputs: [file])
    var arguments = ["--output", output]
    if let variable { arguments += ["--variable", variable] }
    for selection in select { arguments += ["--select", selection] }
    let python = try PythonInterpreter.find()
    let drawn = try ScanFile.openComplete(file)
    // Python does not look at checksums. It draws the whole of a small file; what it needs of a scan it chooses itself.
    if drawn.attributes[fileKindName] != nil { try drawn.checkContent() }
    let status = try withExtendedLifetime(claim) { try python.runPackage(arguments + ["--", file]) }
    if status == 0 { return printNote("\(file) -> \(output)") }
    // Python has said what is wrong.
    Foundation.exit(Failure.Code(rawValue: status) == nil ? Failure.Code.inputOutput.rawValue : status)
  }
}
