import ArgumentParser
import ComputeDevices
import Foundation
import ScanStore
import Scanning

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the shards of a scan together into one file.",
    discussion: """
      The shards (scan --shard i/n) may be given in any order. They must come from one card and from builds of leptoscan \
      with the same numerics, overlap nowhere and leave nothing out; every number is checked while it is copied. The result is the file that \
      the scan without shards writes. The shards are left as they are; none of them can \
      be the output.

      With --virtual the file takes no space: it shows the numbers of the shards, which must stay where they are seen from \
      it (HDF5's virtual datasets; read by HDF5 1.10 and newer).
      """)

  @Argument(help: ArgumentHelp("The file to write.", valueName: "OUT.h5")) var output: String
  @Argument(help: ArgumentHelp("The files of the shards.", valueName: "SHARD")) var shards: [String]
  @Flag(help: "Go on with a merge that was interrupted; begin it if nothing is there.") var resume = false
  @Flag(help: "Replace an existing output.") var force = false
  @Flag(help: "Refer to the shards instead of copying them.") var virtual = false

  func validate() throws {
    if virtual && resume { throw ValidationError("--virtual copies nothing that could be resumed; drop --resume.") }
  }

  func run() throws {
    StopSignals.endBeforeWriting()
    // What is there already is looked at by those who know whether it can be resumed.
    try OutputPath.check(output, overwrite: true, inputs: shards)
    let claim = try virtual ? OutputClaim(output, overwrite: force, inputs: shards) : nil
    let merge = try ShardMerge(shards, device: NativeDevice())
    let scan = merge.output
    let request = StopSignals.endOnRequest()
    if let claim {
      try link(merge, to: claim, stoppingAt: request)
      return printNote("\(shards.count) shards, \(bytes(scan.plan.byteCount)) in place -> \(output)")
    }
    guard let writer = try resume ? scan.resume(output, overwrite: force) : scan.create(output, overwrite: force) else {
      printNote("\(output) is complete already")
      return
    }
    writer.reportDamage()
    do {
      try merge.run(into: writer, shouldStop: { request.signalName != nil })
    } catch is ScanStopped {
      try writer.checkpoint()
      throw StoppedError(
        signal: request.signalName ?? "signal", output: output, percent: 100 * scan.fractionDone(of: writer))
    } catch {
      try? writer.checkpoint()
      throw error
    }
    try writer.publish()
    printNote("\(shards.count) shards, \(bytes(scan.plan.byteCount)) -> \(output)")
  }
}

extension MergeCommand {
  private func link(_ merge: ShardMerge, to claim: OutputClaim, stoppingAt request: StopRequest) throws {
    do {
      try merge.link(to: claim, shouldStop: { request.signalName != nil })
    } catch is ScanStopped {
      throw UsageError.nothingWritten(request)
    }
  }
}

extension JournaledWriter {
  /// Says where what an earlier run stored was altered since: the points are computed, or copied, again.
  func reportDamage() {
    guard let first = damagedBlocks.first else { return }
    let count = damagedBlocks.count
    let others = count > 1 ? " and \(count - 1) more" : ""
    printError(
      "note: block \(first.block) of \(first.variable)\(others) in \(path).part did not have the checksum in the journal "
        + "and \(count > 1 ? "are" : "is") made again; look after the disk")
  }
}

extension ScanOutput {
  /// The stored part of the file's bytes.
  func fractionDone(of writer: JournaledWriter) -> Double {
    let work = work(after: writer)
    return 1 - Double(work.missingByteCount(of: plan)) / Double(max(1, work.byteCount(of: plan)))
  }
}
