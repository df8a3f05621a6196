import ArgumentParser
import Foundation
import Production

/// `--channel`.
enum CrossSectionChannel: String, CaseIterable, ExpressibleByArgument {
  case electronBeam = "e-mu"
  case muonBeam = "mu-e"
  case electronPairs = "ee-e-mu"
  case annihilation = "mu-e-annihilation"

  /// nil for what does not happen on nuclei.
  var production: ProductionChannel? { ProductionChannel(rawValue: rawValue) }
}

/// Options of `cross-section` for e+ e- -> e mu phi and mu+ e- -> phi.
struct ColliderOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("ee-e-mu: energy in the centre of mass [GeV].", valueName: "GeV"),
    transform: energyArgument)
  var sqrtS: [Double] = []
  @Option(help: ArgumentHelp("ee-e-mu: largest |cos theta| of both leptons, centre of mass.", valueName: "number"))
  var cosMax: Double?
  @Option(help: ArgumentHelp("ee-e-mu: energies of e- and e+ in the laboratory [GeV].", valueName: "E,E"))
  var beams: BeamEnergies?
  @Option(help: ArgumentHelp("ee-e-mu: least angle to e- in the laboratory [degrees].", valueName: "degrees"))
  var thetaMin: Double?
  @Option(help: ArgumentHelp("ee-e-mu: largest angle to e- in the laboratory [degrees].", valueName: "degrees"))
  var thetaMax: Double?
  @Option(
    help: ArgumentHelp("ee-e-mu: least transverse momentum of both leptons [GeV].", valueName: "GeV"),
    transform: energyArgument)
  var ptMin: Double?
  @Option(help: ArgumentHelp("mu-e-annihilation: spread of the beam's energy, relative.", valueName: "fraction"))
  var spread: Double?

  /// Those that are given.
  var given: [String] { pairOptions + (spread == nil ? [] : ["--spread"]) }

  private var pairOptions: [String] {
    let options: [(String, Bool)] = [
      ("--sqrt-s", !sqrtS.isEmpty), ("--cos-max", cosMax != nil), ("--beams", beams != nil),
      ("--theta-min", thetaMin != nil), ("--theta-max", thetaMax != nil), ("--pt-min", ptMin != nil),
    ]
    return options.filter(\.1).map(\.0)
  }

  /// Checks the options of a channel that has no nuclei. `given` are those of the others.
  func validate(_ channel: CrossSectionChannel, given others: [String], energy: [Double]) throws {
    if let option = others.first {
      throw ValidationError("\(option) goes with e-mu or mu-e, not with \(channel.rawValue).")
    }
    guard channel == .electronPairs else {
      if let option = pairOptions.first { throw ValidationError("\(option) goes with --channel ee-e-mu.") }
      guard !energy.isEmpty, let spread else {
        throw ValidationError("--channel mu-e-annihilation needs --energy and --spread.")
      }
      guard spread > 0, spread.isFinite else {
        throw ValidationError("--spread is a part of the energy, above 0, for instance 0.03.")
      }
      return
    }
    if spread != nil { throw ValidationError("--spread goes with --channel mu-e-annihilation.") }
    if !energy.isEmpty { throw ValidationError("--channel ee-e-mu takes --sqrt-s instead of --energy.") }
    if sqrtS.isEmpty { throw ValidationError("--channel ee-e-mu needs --sqrt-s.") }
    if let cosMax, !(cosMax > 0 && cosMax <= 1) { throw ValidationError("--cos-max lies between 0 and 1.") }
    if let ptMin, !(ptMin >= 0 && ptMin.isFinite) { throw ValidationError("--pt-min is a momentum, 0 or more.") }
  }

  func cuts() throws -> PairCuts {
    let (low, high) = (thetaMin ?? 0, thetaMax ?? 180)
    guard low >= 0, low < high, high <= 180 else { throw ProductionError.badAngles(low: low, high: high) }
    let cosine = cosMax ?? 1
    return PairCuts(
      cosine: -cosine...cosine, boost: beams.map { PairCuts.boost(electron: $0.electron, positron: $0.positron) } ?? 0,
      laboratoryAngle: low * .pi / 180...(high == 180 ? .pi : high * .pi / 180), transverseMomentum: ptMin ?? 0)
  }
}

/// `--beams 7,4`.
struct BeamEnergies: ExpressibleByArgument {
  var electron, positron: Double

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count == 2, let electron = parts[0], let positron = parts[1],
      [electron, positron].allSatisfy({ $0 > 1e-3 && $0.isFinite })
    else { return nil }
    (self.electron, self.positron) = (electron, positron)
  }

  static var allValueStrings: [String] { ["E of e-,E of e+ [GeV]"] }
}
