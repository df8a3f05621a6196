import ArgumentParser
import ComputeDevices
import Foundation
import LeptonicPortal
import ScanStore
import Scanning

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Write the batch files that compute a scan in shards on a cluster and merge them.",
    usage: """
      leptoscan submit <CARD.yaml> --slurm|--htcondor --shards <N> --output <OUT.h5> [--time <HH:MM:SS>] [--cores <N>] \
      [--force]
      """,
    discussion: """
      Nothing is submitted: the files are written beside OUT.h5 for you to look at, and the command that submits them is \
      printed. Every shard is told to stop before its time limit, goes back into the queue and resumes; what is cancelled \
      (scancel) stays so, with what it computed on the disk. The file system must be shared between the machines.

        leptoscan submit CARD.yaml --slurm -n 100 -o OUT.h5 --time 01:00:00
        leptoscan submit CARD.yaml --htcondor -n 100 -o OUT.h5
      """)

  enum System: String, EnumerableFlag { case slurm, htcondor }

  @Argument(help: ArgumentHelp("The run card.", valueName: "CARD.yaml")) var card: String
  @Flag(help: "The batch system.") var system: System
  @Option(name: [.customShort("n"), .customLong("shards")], help: ArgumentHelp("Number of shards.", valueName: "N"))
  var shards: Int
  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write in the end.", valueName: "OUT.h5"))
  var output: String
  @Option(help: ArgumentHelp("Time limit of one job.", valueName: "HH:MM:SS")) var time = "01:00:00"
  @Option(help: ArgumentHelp("Cores of one job.", valueName: "N")) var cores = 4
  @Flag(help: "Replace existing batch files.") var force = false

  func validate() throws {
    guard (2...Shard.mostShards).contains(shards) else {
      throw ValidationError("-n is \(shards); give 2 to \(Shard.mostShards) shards (one machine needs scan only).")
    }
    guard cores > 0 else { throw ValidationError("--cores is \(cores); give 1 or more.") }
    guard BatchJob.seconds(time) != nil else { throw ValidationError("--time is '\(time)'; write HH:MM:SS.") }
  }

  func run() throws {
    let cardFile = try RunCardFile(contentsOf: self.card, knownObservables: Model.observableNames)
    try OutputPath.check(output, overwrite: true, inputs: cardFile.inputs)
    var card = cardFile.card
    let list = try card.readList(besideCard: self.card)
    guard let seconds = BatchJob.seconds(time) else { return }
    let job = BatchJob(
      program: BatchJob.ownPath, card: absolutePath(self.card), output: absolutePath(output), shards: shards,
      seconds: seconds, cores: cores, memoryMiB: try memoryMiB(card, list))
    if let problem = job.problem(of: system) {
      throw UsageError("cannot write batch files for \(output) (\(problem)) choose another name", code: .cannotCreate)
    }
    let files = system == .slurm ? job.slurmFiles : job.condorFiles
    for file in files { try OutputPath.check(file.path, overwrite: force, inputs: cardFile.inputs) }
    for file in files { try TextFile.write(file.text, to: file.path, overwrite: force) }
    try printOutput(system == .slurm ? job.slurmInstructions : job.condorInstructions)
    if system == .slurm, shards > BatchJob.slurmTasks {
      printError(
        "note: Slurm takes arrays of \(BatchJob.slurmTasks) tasks unless the cluster's MaxArraySize is larger; see "
          + "scontrol show config | grep MaxArraySize")
    }
  }

  /// What a shard takes, as the plan of the scan says; nil with `keep`, where it depends on how many points are kept.
  private func memoryMiB(_ card: RunCard, _ list: PointList?) throws -> Int? {
    let device = NativeDevice(threads: cores)
    let plan = try ScanPlan(job: card.job(list: list), device: device)
    if card.keep != .all { return nil }
    let provenance = Provenance(source: leptoscanSource, device: device.identity)
    let execution = ScanExecution(plan: plan, devices: [device])
    let forecast = ScanForecast(ScanOutput(plan: plan, provenance: provenance), on: execution, path: output)
    return BatchJob.memoryMiB(planned: forecast.memoryBytes + (list?.byteCount ?? 0))
  }

  private func absolutePath(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
