import ArgumentParser
import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning
import SelfTesting

struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Evaluate the grid or the points of a run card and write an HDF5 file.",
    discussion: """
      The card (YAML) names the axes, the observables and the precision; see docs/run-card.md and Examples/. The output \
      opens as netCDF-4, for instance with xarray.open_dataset. An observable is stored along the axes that it depends \
      on: delta_a_mu along m_phi and h_mue, br_invisible along all four. Instead of a grid a card may have points drawn \
      from ranges (points: { method: sobol, count: 1000000 }) or a list (points: { file: list.csv }); everything then \
      lies along the dimension point.

      While a scan runs the file is called OUT.h5.part; it gets its name when it is complete. An existing file is never \
      replaced without --force. A scan that was stopped or killed goes on with --resume, and gives the same file as if \
      it had not been; SIGTERM, SIGINT and SIGUSR1 stop it with exit code 75. See docs/scans.md.

      Many machines without a coordinator, then one file:
        leptoscan scan CARD.yaml -o part-1.h5 --shard 1/3
        leptoscan scan CARD.yaml -o part-2.h5 --shard 2/3
        leptoscan scan CARD.yaml -o part-3.h5 --shard 3/3
        leptoscan merge OUT.h5 part-1.h5 part-2.h5 part-3.h5
      """)

  @Argument(help: ArgumentHelp("The run card.", valueName: "CARD.yaml")) var card: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "OUT.h5")) var output: String
  @OptionGroup var devices: DeviceOption
  @Option(help: "How progress is reported on standard error: auto, plain, json or none.")
  var progress: ProgressStyle = .auto
  @Option(help: ArgumentHelp("Compute and store one of n equal parts only.", valueName: "i/n"))
  var shard: Shard = .whole
  @Flag(help: "Go on with a scan that was interrupted; begin it if nothing is there.") var resume = false
  @Flag(help: "Replace an existing output.") var force = false
  @Flag(help: "Print what the scan will compute and take, and stop.") var dryRun = false

  func run() throws {
    StopSignals.endBeforeWriting()
    let file = try RunCardFile(contentsOf: self.card, knownObservables: Model.observableNames)
    var card = file.card
    try checkOutput(isSelected: card.keep != .all, inputs: file.inputs)
    if try isCompleteWithoutList(card) { return printNote("\(output) is complete already") }
    let native = devices.native
    let chosen = try devices.executor()
    let list = try card.readList(besideCard: self.card)
    let plan = try ScanPlan(job: card.job(list: list), device: native)
    var (executor, deviation) = try chosen.leavingOutWrong(in: plan.kernels, storing: plan.elementTypes)
    let identity = DeviceIdentity(of: executor.devices)
    printNote(plan.summary(device: identity, parameters: card.parameterRanges(list: list)))
    for note in card.notes(list: list) { printNote("note: \(note)") }
    if let list { printNote("the list of points takes \(bytes(list.byteCount)) of memory") }

    let provenance = Provenance(
      source: leptoscanSource, device: identity, deviation: deviation, seed: card.seed,
      resolvedCard: card.resolved)
    let whole = ScanOutput(plan: plan, provenance: provenance, shard: shard)
    let selected = try SelectedScan(
      card: card, list: list, provenance: provenance, shard: shard, device: native)
    if selected != nil { describeKept(whole, list, executor) }
    if dryRun { return try describe(whole, selected, executor) }
    let start = ContinuousClock.now
    var selectedBy: Set<String> = []
    let scan = if let selected { try select(selected, &executor, &selectedBy) } else { whole }
    let stage: ScanStage = selected == nil ? .scan : .kept
    guard let scan, try write(scan, to: output, as: stage, &executor, selectedBy: selectedBy) != nil else {
      printNote("\(output) is complete already")
      return
    }
    if selected != nil { SelectedScan.removeSelection(of: output) }
    let seconds = (ContinuousClock.now - start).seconds
    let part = shard == .whole ? "" : "shard \(shard) of "
    printNote("\(part)\(scaled(Double(plan.pointCount))) points in \(String(format: "%.2f", seconds)) s -> \(output)")
  }

  /// Says before anything is planned what the scan would be refused for later. Unfinished scans are looked at where they are
  /// resumed.
  private func checkOutput(isSelected: Bool, inputs: [String]) throws {
    for path in [output] + (isSelected ? [SelectedScan.selectionPath(of: output)] : []) {
      try OutputPath.check(path, overwrite: true, inputs: inputs)
      try JournaledWriter.checkFree(path)
    }
    if resume || force { return }
    try isSelected ? SelectedScan.checkAbsent(output) : JournaledWriter.checkAbsent(output)
  }

  /// A complete scan is asked for no list of points; what a crash left beside it is removed.
  private func isCompleteWithoutList(_ card: RunCard) throws -> Bool {
    guard resume, let list = card.listPath(besideCard: self.card), !FileManager.default.fileExists(atPath: list),
      try card.isCompleteWithoutList(output, shard: shard)
    else { return false }
    try JournaledWriter.removeJournal(ofComplete: output)
    SelectedScan.removeSelection(of: output)
    return true
  }

  /// Runs the first stage of a scan that keeps some of its points; nil if the output is complete already.
  /// - Parameters:
  ///   - executor: of both stages, without the devices that failed in the first one from then on.
  ///   - selectedBy: gets the devices that computed it, by selector.
  private func select(
    _ scan: SelectedScan, _ executor: inout SharedExecutor, _ selectedBy: inout Set<String>
  ) throws -> ScanOutput? {
    if resume, try scan.selection.isSettled(output) {
      SelectedScan.removeSelection(of: output)
      return nil
    }
    // What stands in the way of the second stage is found out before the first.
    if !force { try resume ? scan.selection.checkSame(output) : SelectedScan.checkAbsent(output) }
    let reports = try write(
      scan.selection, to: SelectedScan.selectionPath(of: output), as: .selection, &executor)
    selectedBy = Set((reports ?? []).flatMap(\.delivered.keys))
    StopSignals.endAtOnce(saying: StoppedError.betweenStages(of: output))
    let kept = try scan.output(of: output)
    printNote("\(kept.plan.pointCount) points are kept, \(bytes(kept.plan.byteCount)) to store")
    return kept
  }

  /// Says before the first stage of a scan that keeps some of its points what the second may take.
  private func describeKept(_ whole: ScanOutput, _ list: PointList?, _ executor: SharedExecutor) {
    printNote("of which the points are stored that keep chooses, in a second stage after the selection")
    let execution = ScanExecution(plan: whole.plan, executor: executor)
    printNote(ScanForecast(keepingAllOf: whole, list: list, on: execution, path: output).textIfAllAreKept)
  }

  /// Prints what a scan takes, and computes only enough of it to say how long it would last.
  /// - Parameter selected: its two stages, where it keeps some of its points.
  private func describe(_ whole: ScanOutput, _ selected: SelectedScan?, _ executor: SharedExecutor) throws {
    let scan = selected?.selection ?? whole
    let path = selected == nil ? output : SelectedScan.selectionPath(of: output)
    let execution = ScanExecution(plan: scan.plan, executor: executor)
    let forecast = ScanForecast(scan, on: execution, path: path, reusesPart: resume || force)
    printNote(forecast.text)
    try forecast.disk.check(needed: forecast.diskBytes, path: path)
    try forecast.checkMemory()
    printNote(try ScanCalibration(execution, work: ScanWork(of: scan)).text)
    if selected == nil { return }
    let second = ScanExecution(plan: whole.plan, executor: executor)
    printNote("if all points are kept, then \(try ScanCalibration(second, work: ScanWork(of: whole)).text)")
  }

  /// Runs a scan into a file.
  /// - Parameters:
  ///   - executor: loses the devices that fail.
  ///   - selectedBy: the devices that chose the points, by selector.
  /// - Returns: nil if the file is complete already.
  private func write(
    _ scan: ScanOutput, to path: String, as stage: ScanStage, _ executor: inout SharedExecutor,
    selectedBy: Set<String> = []
  ) throws -> [SharedExecutor.Report]? {
    // A complete scan asks nothing of the disk any more.
    if resume, try scan.isSettled(path) { return nil }
    let execution = ScanExecution(plan: scan.plan, executor: executor)
    let forecast = ScanForecast(scan, on: execution, path: path, reusesPart: resume || force)
    printNote(forecast.text)
    try forecast.disk.check(needed: forecast.diskBytes, path: path)
    try forecast.checkMemory()
    guard let writer = try resume ? scan.resume(path, overwrite: force) : scan.create(path, overwrite: force) else {
      return nil
    }
    writer.reportDamage()
    let request = StopSignals.endOnRequest()
    do {
      let work = scan.work(after: writer)
      printNote(try ScanCalibration(execution, work: work, shouldStop: { request.signalName != nil }).text)
      let reports = try execution.run(
        into: writer, of: scan, stoppingAt: request, reporter: ProgressReporter(style: progress, stage: stage))
      if let failure = reports.firstWrongDevice(among: selectedBy) {
        SelectedScan.removeSelection(of: output)
        throw SharedExecutor.DeviceFailure(device: failure.device, reason: WrongSelection(reason: failure.reason))
      }
      try writer.publish()
      executor.leaveOut(failedIn: reports)
      return reports
    } catch is ScanStopped {
      try writer.checkpoint()
      throw StoppedError(
        signal: request.signalName ?? "signal", output: writer.path, percent: 100 * scan.fractionDone(of: writer))
    }
  }
}

/// A device was found to compute wrongly after it had chosen some of the points.
private struct WrongSelection: Error, CustomStringConvertible {
  let reason: any Error
  var description: String { "\(reason); it had chosen points: begin anew with --force, without this device" }
}

extension [SharedExecutor.Report] {
  /// The first failure of a device that gave wrong bits.
  fileprivate func firstWrongDevice(among selectors: Set<String>) -> SharedExecutor.DeviceFailure? {
    lazy.flatMap(\.failures).first { selectors.contains($0.device.selector) && $0.reason is SharedExecutor.WrongBits }
  }
}

extension ScanExecution {
  /// Fills the file. Whatever happens, what is computed stays in it.
  fileprivate func run(
    into writer: JournaledWriter, of scan: ScanOutput, stoppingAt request: StopRequest, reporter: ProgressReporter
  ) throws -> [SharedExecutor.Report] {
    let reports: [SharedExecutor.Report]
    do {
      reports = try run(
        into: FileSink(writer), work: scan.work(after: writer), shouldStop: { request.signalName != nil },
        deviceFailed: { printError("leptoscan: \($0)") }, progress: reporter.report)
    } catch  where !(error is ScanStopped) {
      try? writer.checkpoint()
      throw error
    }
    reporter.reportTimes(reports)
    return reports
  }
}

extension SharedExecutor {
  /// Without the devices that do not compute what the native device computes; a line on standard error for each.
  /// - Returns: what is left, and whose bits differed, for the file.
  /// - Throws: the last one's ``DeviceFailure`` where none remains.
  fileprivate func leavingOutWrong(
    in kernels: [Kernel], storing types: [ElementType]
  ) throws -> (executor: SharedExecutor, deviation: String?) {
    let failures = devices.filter { $0.identity.selector != "native" }.compactMap { device in
      SelfTest.beforeUse.objection(to: device, in: kernels, storing: types).map {
        DeviceFailure(device: device.identity, reason: $0)
      }
    }
    var remaining = self
    if !remaining.leaveOut(failures.map(\.device.selector)), let last = failures.last {
      for failure in failures.dropLast() { printError("leptoscan: \(failure)") }
      throw last
    }
    for failure in failures { printError("leptoscan: \(failure)") }
    let deviations = failures.compactMap { failure -> String? in
      guard case .otherBits(let differences) = failure.reason as? DeviceObjection else { return nil }
      return "\(failure.device.selector) \(failure.device.name), left out: \(differences.joined(separator: "; "))"
    }
    return (remaining, deviations.isEmpty ? nil : deviations.joined(separator: "; "))
  }
}

extension Shard: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension ScanPlan {
  /// What the scan will compute and store, printed before it starts.
  func summary(device: DeviceIdentity, parameters ranges: [ParameterRange]) -> String {
    var parameters = ParameterTable()
    for range in ranges {
      parameters.add(
        range.quantity.name, count: range.count, values: [range.smallest, range.largest], units: range.quantity.units,
        longName: range.quantity.longName)
    }
    var table = TextTable(rightAligned: [2, 3])
    for pass in passes {
      let dimensions = pass.dimensions.map { job.space.dimensions[$0].name }.joined(separator: " x ")
      for (quantity, result) in zip(pass.quantities, pass.program.results) {
        table.add(quantity.name, dimensions, "\(pass.program.count)", bytes(pass.program.count * result.type.size))
      }
    }
    let sizes = job.space.dimensions.map { "\($0.size)" }
    let shape = sizes.count < 2 ? "" : " (\(sizes.joined(separator: " x ")))"
    return """
      \(pointCount) points\(shape), \(bytes(byteCount)) to store, on \(device.name) (\(device.driver))
      \(parameters.text)
      variables
      \(table.text)
      """
  }
}
