import ArgumentParser
import Foundation
import ScanStore
import Scanning

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what is in an output file: axes, variables, how it was made.",
    discussion: """
      Works on complete files and on the .part file of a running scan.

      With --counts also how many points are allowed, and how many each constraint excludes.
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "OUT.h5")) var file: String
  @Flag(help: "Print the run card, all defaults included, and nothing else.") var card = false
  @Flag(help: "Count allowed and excluded points, which reads the whole variable excluded.") var counts = false
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    // Numbers that are not there yet would count as points that nothing excludes.
    let file = try counts ? ScanFile.openComplete(file) : ScanFile.openNamed(file)
    if card {
      try StandardStreams.output(file.readText("resolved_card"))
    } else {
      var description = try FileDescription(file)
      if counts { description.exclusion = try ExclusionDescription(of: file) }
      try printOutput(json ? JSON.text(description) : description.text)
    }
  }
}
