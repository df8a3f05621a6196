import ArgumentParser
import ComputeDevices
import Limits
import ScanStore
import Scanning

struct LimitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limits",
    abstract: "Find the coupling h_mue, or g, at which each constraint is met.",
    discussion: """
      For every m_phi, m_psi and g of the card, and every constraint: the h_mue on its line, found by solving, not by \
      drawing contours. Written are upper limits, projections, the couplings that explain the anomalous magnetic \
      moment of the muon, and those that give the observed density of dark matter, as h_mue_limit(constraint, m_phi, \
      ...); 0 where every coupling is beyond the line, NaN where none up to sqrt(4 pi) is or it cannot be computed; \
      h_mue_limit_status says which. The card's axis of h_mue is not used; its measurements (2025 by default), \
      experiments, constraints (some of them; all by default) and treatment are.

        leptoscan limits Examples/figure3-2025.yaml -o limits.h5
        leptoscan plot limits.h5 -o figure.pdf

      With --solve g: for every m_phi, h_mue and m_psi of the card the g that gives the observed density of dark matter, as \
      g_limit(constraint, m_phi, ...), where constraint is relic_density alone. The card's axis of g is not used.

        leptoscan limits card.yaml --solve g -o g.h5
        leptoscan export g.h5 -o g.csv

      In Python: xr.open_dataset("limits.h5").h_mue_limit.sel(constraint="k_e_nu_phi"). See docs/limits.md.
      """)

  @Argument(help: ArgumentHelp("The run card.", valueName: "CARD.yaml")) var card: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "OUT.h5")) var output: String
  @Option(
    help: ArgumentHelp(
      "The coupling to solve for: h_mue (every constraint), or g (the relic density).", valueName: "h_mue|g"))
  var solve: SoughtCoupling = .hMue
  @OptionGroup var devices: DeviceOption
  @Flag(help: "Replace an existing output.") var force = false

  func run() throws {
    let file = try RunCardFile(forLimits: card)
    let claim = try OutputClaim(output, overwrite: force, inputs: file.inputs)
    let card = file.card
    let device = try devices.device()
    let limits = try LimitCurves(of: card, seeking: solve, device: device)
    let provenance = Provenance(
      source: leptoscanSource, device: device.identity, seed: card.seed,
      resolvedCard: card.resolved)
    let schema = FileSchema(limits: limits, provenance: provenance)
    try ScanFileWriter.create(claim, schema: schema).publish()
    let lines = "\(limits.lines.count) constraint\(limits.lines.count == 1 ? "" : "s")"
    printNote("\(lines) at \(limits.space.count(limits.space.all)) points -> \(output)")
  }
}

extension SoughtCoupling: ExpressibleByArgument {}
