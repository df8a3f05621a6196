import ArgumentParser
import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning

struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Evaluate the grid of a run card and write an HDF5 file.",
    discussion: """
      The card (YAML) names the axes, the observables and the precision; see docs/run-card.md and Examples/. The output \
      opens as netCDF-4, for instance with xarray.open_dataset. An observable is stored along the axes that it depends \
      on: delta_a_mu along m_phi and h_mue, br_invisible along all four.

      While a scan runs the file is called OUT.h5.part; it gets its name when it is complete. An existing file is never \
      replaced without --force.
      """)

  @Argument(help: ArgumentHelp("The run card.", valueName: "CARD.yaml")) var card: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "OUT.h5")) var output: String
  @Option(help: "How progress is reported on standard error: auto, plain, json or none.")
  var progress: ProgressStyle = .auto
  @Flag(help: "Replace an existing output.") var force = false

  func run() throws {
    let card = try RunCard(contentsOf: card, knownObservables: Model.observableNames)
    let device = NativeDevice()
    let plan = try ScanPlan(job: card.job(), device: device)
    print(plan.summary(device: device.identity))
    fflush(nil)  // before progress, also where standard output is no terminal

    let provenance = Provenance(
      source: "leptoscan \(leptoscanVersion)", device: device.identity, seed: card.seed, resolvedCard: card.resolved)
    let schema = FileSchema(plan: plan, provenance: provenance)
    let writer = try ScanFileWriter.create(output, schema: schema, overwrite: force)
    let reporter = ProgressReporter(style: progress)
    let start = ContinuousClock.now
    try ScanExecution(plan: plan, device: device).run(into: FileSink(writer), progress: reporter.report)
    try writer.publish()
    let seconds = (ContinuousClock.now - start).seconds
    print("\(scaled(Double(plan.pointCount))) points in \(String(format: "%.2f", seconds)) s -> \(output)")
  }
}

extension ScanPlan {
  /// What the scan will compute and store, printed before it starts.
  func summary(device: DeviceIdentity) -> String {
    var table = TextTable(rightAligned: [2, 3])
    for pass in passes {
      let dimensions = pass.dimensions.map { job.space.dimensions[$0].name }.joined(separator: " x ")
      for (quantity, result) in zip(pass.quantities, pass.program.results) {
        table.add(quantity.name, dimensions, "\(pass.program.count)", bytes(pass.program.count * result.type.size))
      }
    }
    let sizes = job.space.dimensions.map { "\($0.size)" }.joined(separator: " x ")
    let shape = sizes.isEmpty ? "" : " (\(sizes))"
    return """
      \(pointCount) points\(shape), \(bytes(byteCount)) to store, on \(device.name) \
      (\(device.computeUnits) threads, \(device.driver))
      \(table.text)
      """
  }
}
