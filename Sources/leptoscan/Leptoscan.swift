import ArgumentParser
import Foundation
import HostResources

@main
struct Leptoscan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leptoscan",
    abstract: "Scan the leptonic scalar portal: a scalar phi that turns e into mu.",
    discussion: """
      For every point (m_phi, h_mue, m_psi, g) leptoscan computes the contributions of phi to (g-2) of the muon and \
      the electron, its widths, the relic density of dark matter and the rates of rare decays, exactly at one loop and \
      tree level, on all cores and on OpenCL devices, with the same bits. Energies and masses are in GeV. Model: \
      Gninenko, Krasnikov, arXiv:2202.04410.

      Begin with:
        leptoscan evaluate --m-phi 0.317 --h-mue 3.3e-3 --m-psi 0.1057 --g 0.08
        leptoscan scan Examples/first-light.yaml -o first-light.h5
        leptoscan show first-light.h5

      Exit codes: 0 success, 64 wrong usage, 65 bad input data, 73 cannot create the output, 74 input/output error or a \
      device that fails its self-test, 75 stopped and resumable.
      """,
    version: leptoscanSource,
    subcommands: [
      ScanCommand.self,
      EvaluateCommand.self,
      CrossSectionCommand.self,
      EventsCommand.self,
      YieldCommand.self,
      LimitsCommand.self,
      PlotCommand.self,
      ShowCommand.self,
      VerifyCommand.self,
      MergeCommand.self,
      SubmitCommand.self,
      DevicesCommand.self,
      DoctorCommand.self,
      SelfTestCommand.self,
      BenchCommand.self,
      ProfileCommand.self,
      ExportCommand.self,
      RepackCommand.self,
      CiteCommand.self,
      ProbeCommand.self,
    ])

  static func main() {
    StandardStreams.prepare()
    StopSignals.block()
    AddressSpace.shareHeapIfLimited()
    OwnThread.giveLibrariesLargeStacks()
    do {
      // The main thread waits for signals; its stack may be small (ulimit -s), the command's is not.
      try OwnThread.detached(stackBytes: OwnThread.largeStackBytes) { runAndExit() }
      StopSignals.serve()
    } catch {
      StopSignals.serveByHandlers()
      runAndExit()
    }
  }

  private static func runAndExit() -> Never {
    let words = CommandWords(Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try words.parsed()
      if !(command is ProbeCommand) { ProbeCommand.probe.install() }
      try command.run()
      try StandardStreams.finish()
    } catch {
      Failure(error).exit()
    }
    Foundation.exit(0)
  }
}
