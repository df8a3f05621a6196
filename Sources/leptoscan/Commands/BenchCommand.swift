import ArgumentParser
import Benchmarking
import ComputeDevices
import Foundation
import ScanStore

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast the devices of this machine are, and how near to their limits.",
    discussion: """
      For every kernel: points per second in the kernel, until its outputs are in the host's memory, and until they are \
      in a complete HDF5 file; for a grid of all observables: points per second computed, and written to a file. In the same run the limits of the \
      device: double-precision multiply-adds, memory bandwidth, copies. Medians of the repeats; JSON has the lowest and \
      the highest too. Takes some minutes per device.
      """)

  @OptionGroup var selection: DeviceSelection<EveryDevice>
  @Option(help: "The most points of a measurement (default: 4194304; on a GPU more, too many for its cache).")
  var points: Int?
  @Option(help: "Measurements that a median is taken of.") var repeats = 5
  @Option(help: ArgumentHelp("Where files are written, and removed again.", valueName: "folder"))
  var directory = FileManager.default.temporaryDirectory.path
  @Option(
    help: ArgumentHelp(
      "What to record as git_revision in the JSON (default: the commit of the build).", valueName: "text"))
  var revision: String?
  @Flag(help: "Print JSON.") var json = false
  @Option(name: .shortAndLong, help: ArgumentHelp("A file to write the JSON to.", valueName: "FILE"))
  var output: String?
  @Option(help: .hidden) var printInputs: Int?

  func validate() throws {
    guard (1...1 << 28).contains(points ?? 1) else { throw ValidationError("--points must be from 1 to 268435456.") }
    guard (1...1000).contains(repeats) else { throw ValidationError("--repeats must be from 1 to 1000.") }
  }

  func run() throws {
    // For Benchmarks/operations, which counts what the kernels do with these inputs.
    if let printInputs { return try printOutput(JSON.text(benchmarkInputs(points: max(1, printInputs)))) }

    let claim = try output.map { try OutputClaim($0, overwrite: true) }
    let devices = try selection.devices().compactMap { $0 as? any MeasurableDevice }
    let system = SystemDescription(
      version: leptoscanVersion, revision: revision ?? (builtCommit.isEmpty ? nil : builtCommit))
    let benchmark = DeviceBenchmark(points: points, repeats: repeats, directory: directory)
    let results = try devices.map { device in
      let result = benchmark.measure(device)
      if !json { try printOutput(result.text) }
      return result
    }
    let text = try JSON.text(BenchmarkReport(system: system, repeats: repeats, devices: results))
    if json { try printOutput(text) }
    if let claim {
      let file = try TextFile(claim)
      try file.append(text + "\n")
      try file.publish()
    }
    try reportFailures(results)
  }

  private func reportFailures(_ results: [DeviceResult]) throws {
    let failures = results.flatMap { result in result.failures.map { "\(result.device): \($0)" } }
    if !failures.isEmpty { throw UsageError(failures.joined(separator: "\n"), code: .inputOutput) }
  }
}
