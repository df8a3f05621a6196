import ArgumentParser
import Foundation
import ScanStore

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what is in an output file: axes, variables, how it was made.",
    discussion: "Works on complete files and on the .part file of a running scan.")

  @Argument(help: ArgumentHelp("The file.", valueName: "OUT.h5")) var file: String
  @Flag(help: "Print the run card, all defaults included, and nothing else.") var card = false
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let file = try ScanFile.open(file)
    if card {
      print(try file.readText("resolved_card"), terminator: "")
    } else {
      let description = try FileDescription(file)
      print(json ? try JSON.text(description) : description.text)
    }
  }
}
