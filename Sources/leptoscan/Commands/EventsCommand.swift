import ArgumentParser
import ComputeDevices
import Events
import LeptonicPortal
import ScanStore
import Scanning

struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Generate unweighted events of l N -> l' N phi.",
    discussion: """
      The card says what is produced, and how many events of every m_phi are wanted:

        production: { channel: e-mu, target: Pb, energy: 100 GeV, recoil_min: 10 GeV }
        events: { count: 10000 }
        seed: 1

      m_phi may have several values; the energy and h_mue have one. The events are distributed as the exact tree-level \
      cross section says, in the laboratory frame with the beam along z; the same seed gives the same events.

        leptoscan events Examples/events.yaml -o events.h5
        leptoscan events Examples/events.yaml -o events.lhe

      In Python: xr.open_dataset("events.h5").p_phi.sel(component="E"). The other one is a Les Houches event file 3.0, in \
      which phi is particle 9000006.

      The file has the cross section for h_mue = 1 and for the card's h_mue. See docs/production.md.
      """)

  @Argument(help: ArgumentHelp("The run card.", valueName: "CARD.yaml")) var card: String
  @Option(
    name: .shortAndLong, help: ArgumentHelp("HDF5 by a name in .h5, else by .lhe.", valueName: "OUT.h5|OUT.lhe"))
  var output: String
  @OptionGroup var devices: DeviceOption
  @Flag(help: "Replace an existing output.") var force = false

  func validate() throws {
    guard isHDF5 || output.hasSuffix(".lhe") else {
      throw ValidationError("The name of the output must end in .h5 or .lhe; it is \(output).")
    }
  }

  private var isHDF5: Bool { output.hasSuffix(".h5") || output.hasSuffix(".nc") }

  func run() throws {
    let file = try RunCardFile(contentsOf: card, knownObservables: Model.observableNames)
    let claim = try OutputClaim(output, overwrite: force, inputs: file.inputs)
    let card = file.card
    let device = try devices.device()
    let run = try EventRun(card: card, device: device)
    let provenance = Provenance(
      source: leptoscanSource, device: device.identity, seed: card.seed, resolvedCard: card.resolved)
    if isHDF5 {
      try run.writeHDF5(to: claim, provenance: provenance)
    } else {
      try run.writeLesHouches(to: claim, provenance: provenance)
    }
    printNote(run.summary(output))
  }
}

extension EventRun {
  /// A line per m_phi.
  fileprivate func summary(_ output: String) -> String {
    var table = TextTable(rightAligned: [0, 1, 2, 3, 4])
    table.add("m_phi [GeV]", "events", "sigma [pb] for h = 1", "for h = \(hMue.readable)", "kept")
    for sample in samples {
      let sigma = sample.crossSection.value
      table.add(
        sample.mPhi.readable, "\(count)", sigma.compact, (hMue * hMue * sigma).compact,
        "\((100 * sample.events.efficiency).rounded().readable) %")
    }
    return "\(table.text)\n\(count * samples.count) events -> \(output)"
  }
}
