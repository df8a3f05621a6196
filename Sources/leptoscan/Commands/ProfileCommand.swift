import ArgumentParser
import LeptonicPortal
import ScanStore
import Scanning

struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Reduce a scan to the plane of m_phi and h_mue, or to other axes: profile likelihood, allowed region.",
    discussion: """
      By default log_likelihood becomes its largest value over the other axes, with the m_psi and g where it is, and \
      excluded becomes 1 where every m_psi and g is excluded. Other variables are named, with their reduction: max, min, \
      all, any; without, relic_density by its minimum, all others by their maximum.

        leptoscan profile scan.h5 -o profile.h5
        leptoscan profile scan.h5 -o profile.h5 \\
          --variable relic_density:min --keep m_phi

      The file also has the best point, best_m_phi, best_h_mue, ... The scan is read in pieces, \
      which are compared with their checksums, and never held in memory.
      """)

  @Argument(help: ArgumentHelp("The scan.", valueName: "SCAN.h5")) var file: String
  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "PROFILE.h5")) var output: String
  @Option(
    name: .customLong("variable"),
    help: ArgumentHelp("What to reduce; may be given again.", valueName: "name:reduction"))
  var variables: [ReducedVariable] = []
  @Option(help: ArgumentHelp("The axes that are kept, separated by commas.", valueName: "axes")) var keep =
    "m_phi,h_mue"
  @Flag(help: "Replace an existing output.") var force = false

  func run() throws {
    let claim = try OutputClaim(output, overwrite: force, inputs: [file])
    let scan = try ScanFile.openComplete(file)
    try scan.checkIsNoShard()
    let kept = keep.split(separator: ",").map(String.init)
    for axis in kept { try check(axis, of: scan) }
    let profiles = try chosen(in: scan).map { choice in
      try Profile(of: choice.name, in: scan, keeping: kept, by: choice.reduction)
    }
    let schema = try FileSchema(profiles: profiles, of: scan)
    try ScanFileWriter.create(claim, schema: schema).publish()
    for profile in profiles { printNote(line(for: profile)) }
    printNote("-> \(output)")
  }

  private func check(_ axis: String, of scan: ScanFile) throws {
    let names = scan.dimensions.map(\.name)
    if names.contains(axis) { return }
    if names.contains(Parameters.point.name) {
      throw UsageError(
        "\(file) holds points that are no grid (a profile is along its axes) scan a grid, or export the points",
        code: .badInput)
    }
    throw UsageError(
      "\(file) has no axis \(axis) (its axes: \(names.joined(separator: ", "))) choose with --keep", code: .badInput)
  }

  private func chosen(in scan: ScanFile) throws -> [ReducedVariable] {
    if !variables.isEmpty { return variables }
    let natural = ["log_likelihood", "excluded"].compactMap { name in
      scan.variables.contains { $0.name == name }
        ? Reduction.natural(for: name).map { ReducedVariable(name: name, reduction: $0) } : nil
    }
    if !natural.isEmpty { return natural }
    throw UsageError(
      "\(file) has neither log_likelihood nor excluded (they come with constraints in the run card) name a variable"
        + (example(in: scan).map { ", for instance --variable \($0)" } ?? " with --variable"), code: .badInput)
  }

  /// A reduction that the file has a variable for: the relic density, or the one with the most axes.
  private func example(in scan: ScanFile) -> String? {
    if scan.variables.contains(where: { $0.name == RelicObservables.density.name }) { return "relic_density:min" }
    return scan.variables.max { $0.dimensions.count < $1.dimensions.count }.map { "\($0.name):max" }
  }

  private func line(for profile: Profile) -> String {
    let axes = profile.dimensions.joined(separator: " x ")
    let name = "\(profile.variable.name): \(profile.reduction.rawValue) along \(axes)"
    switch profile.reduction {
    case .max, .min: return "\(name), best \(profile.best?.value.readable ?? "nan")"
    case .all, .any: return "\(name), 1 at \(profile.values.count { $0 == 1 }) of \(profile.values.count) points"
    }
  }
}

/// A variable and how it is reduced, as `NAME:REDUCTION`; without reduction the natural one.
struct ReducedVariable: ExpressibleByArgument {
  var name: String
  var reduction: Reduction

  init(name: String, reduction: Reduction) {
    self.name = name
    self.reduction = reduction
  }

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return nil }
    let reduction = parts.count == 2 ? Reduction(rawValue: parts[1]) : Reduction.natural(for: name) ?? .max
    guard let reduction else { return nil }
    self.init(name: name, reduction: reduction)
  }
}
