import ArgumentParser
import Foundation
import ScanStore

struct RepackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repack",
    abstract: "Write a compressed copy of an output file for the archive.",
    discussion: """
      The copy has the same variables, attributes and checksums, with which the original is compared first; variables of 64 KiB and more are shuffled and deflated \
      (gzip) in chunks. Every HDF5 and netCDF-4 reader opens it, and verify checks it. Full-precision numbers shrink by \
      a tenth or so, float32 and masks much more.
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "IN.h5")) var input: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The copy to write.", valueName: "OUT.h5")) var output: String
  @Option(help: ArgumentHelp("How hard to compress, 1 to 9.", valueName: "level")) var level = 4
  @Flag(help: "Replace an existing output.") var force = false

  func validate() throws {
    guard ScanFile.compressionLevels.contains(level) else { throw ValidationError("--level must be from 1 to 9.") }
  }

  func run() throws {
    let claim = try OutputClaim(output, overwrite: force, inputs: [input])
    try ScanFile.openComplete(input).repack(to: claim, level: level)
    let sizes = [input, output].map { path in
      (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
    let percent = String(format: "%.0f %%", 100 * Double(sizes[1]) / Double(max(1, sizes[0])))
    printNote("\(bytes(sizes[0])) -> \(bytes(sizes[1])) (\(percent)) \(output)")
  }
}
