import ArgumentParser
import ComputeDevices
import Foundation
import LeptonicPortal
import Production

struct CrossSectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cross-section",
    abstract: "Compute cross sections of phi: l N -> l' N phi, e+ e- -> e mu phi, mu+ e- -> phi.",
    discussion: """
      One value, total or differential (x = E_phi/E, theta the angle of phi [rad]):
        leptoscan cross-section --channel e-mu --target Pb --energy 100 --m-phi 0.317
        leptoscan cross-section --channel e-mu --target Pb --energy 100 \\
          --m-phi 0.317 --x 0.9 --theta 0.001

      A table over masses and energies (points below threshold have the value 0):
        leptoscan cross-section --channel mu-e --target W --energy 15 160 \\
          --m-phi 0.11 0.3 1

      Other vertices than the portal's, and a cut on the energy that phi leaves to the recoils:
        leptoscan cross-section --channel e-mu --target Pb --energy 100 \\
          --m-phi 0.317 --chirality scalar
        leptoscan cross-section --channel e-mu --target Pb --energy 100 \\
          --m-phi 0.317 --recoil-min 10

      Values are in pb for h_mue = 1 and scale with h_mue squared. Methods: etl (exact tree level, to 1e-6), mc (the same \
      by Monte Carlo with --samples, error quoted), ww and iww (Weizsaecker-Williams and its improved form, for \
      comparison: wrong by 40 % and by factors for mu-e). A target is an element or Z,A: --target 82,207.2.

      Colliders: e+ e- -> e+ mu- phi, one charge state, in fb for h_mue = 1, by Monte Carlo. Cuts hold for both leptons, in the \
      centre of mass (--cos-max) or in the laboratory (--beams: energies of e-, which moves along +z, and of e+, for the boost \
      only; sqrt(s) is that of --sqrt-s):
        leptoscan cross-section --channel ee-e-mu --sqrt-s 10.58 --m-phi 1 \\
          --cos-max 0.8
        leptoscan cross-section --channel ee-e-mu --sqrt-s 10.58 --m-phi 1 \\
          --beams 7,4 --theta-min 37 --theta-max 120 --pt-min 0.5

      Beams of mu+ on electrons at rest: sigma/(h_mue^2 BR_inv) in GeV^-2 for a phi narrower than the beam's spread:
        leptoscan cross-section --channel mu-e-annihilation --energy 87.4 \\
          --spread 0.03 --m-phi 0.317
      """)

  @Option(help: "e-mu (electron beams), mu-e (muon beams), ee-e-mu (colliders) or mu-e-annihilation (mu+ beams).")
  var channel: CrossSectionChannel
  @Option(help: ArgumentHelp("Element, or Z,A of a nucleus.", valueName: "Pb|Z,A")) var target: ProductionTarget?
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Beam energy [GeV]; several make a table.", valueName: "GeV"),
    transform: energyArgument)
  var energy: [Double] = []
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Mass of phi [GeV]; several make a table.", valueName: "GeV"),
    transform: energyArgument)
  var mPhi: [Double]
  @Option(help: ArgumentHelp("Give dsigma/dx at this E_phi/E.", valueName: "fraction")) var x: Double?
  @Option(help: ArgumentHelp("With --x: give d2sigma/(dx dcos theta) at this angle [rad].", valueName: "rad"))
  var theta: Double?
  @Option(help: "etl (default), mc, ww or iww.") var method: MethodArgument?
  @Option(help: "elastic (default) or elastic+inelastic.") var formFactor: FormFactor?
  @Option(help: "right (the portal: e_L, mu_R), left, scalar or pseudoscalar.") var chirality: Chirality?
  @Option(
    name: .customLong("c-s"), parsing: .unconditional,
    help: ArgumentHelp(
      "The vertex C_S + C_P gamma5 in units of h: C_S (0 if only --c-p is given).", valueName: "number"))
  var scalarCoupling: Double?
  @Option(
    name: .customLong("c-p"), parsing: .unconditional,
    help: ArgumentHelp("The same: C_P (0 if only --c-s is given).", valueName: "number"))
  var pseudoscalarCoupling: Double?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Smallest energy E - E_phi that phi leaves [GeV].", valueName: "GeV"),
    transform: energyArgument)
  var recoilMin: Double?
  @Option(
    help: ArgumentHelp(
      "Samples of --method mc (1000000 by default) and of ee-e-mu (2097152).", valueName: "number"))
  var samples: Int?
  @Option(help: ArgumentHelp("Seed of --method mc and of ee-e-mu.", valueName: "number")) var seed: UInt32 = 1
  @OptionGroup(title: "Colliders and mu+ beams") var collider: ColliderOptions
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if mPhi.isEmpty { throw ValidationError("--m-phi needs a value.") }
    if let samples, samples < 1 { throw ValidationError("--samples must be 1 or more.") }
    guard let beam = channel.production else { return try collider.validate(channel, given: onNuclei, energy: energy) }
    guard target != nil, !energy.isEmpty else {
      throw ValidationError("--channel \(beam.rawValue) needs --target and --energy.")
    }
    if let option = collider.given.first {
      throw ValidationError("\(option) goes with ee-e-mu or mu-e-annihilation, not with \(beam.rawValue).")
    }
    if theta != nil, x == nil { throw ValidationError("--theta needs --x.") }
    if method == .mc, x != nil { throw ValidationError("--method mc gives the total; leave out --x or use etl.") }
    if chirality != nil, scalarCoupling != nil || pseudoscalarCoupling != nil {
      throw ValidationError("Give either --chirality or --c-s and --c-p.")
    }
    if x != nil, recoilMin != nil { throw ValidationError("--recoil-min goes with the total; leave out --x.") }
    guard recoilMin ?? 0 >= 0, (recoilMin ?? 0).isFinite else {
      throw ValidationError("--recoil-min is an energy, 0 or more.")
    }
  }

  /// Options that only beams on nuclei have, as far as they are given.
  private var onNuclei: [String] {
    let options: [(String, Bool)] = [
      ("--target", target != nil), ("--x", x != nil), ("--theta", theta != nil), ("--method", method != nil),
      ("--form-factor", formFactor != nil), ("--chirality", chirality != nil), ("--c-s", scalarCoupling != nil),
      ("--c-p", pseudoscalarCoupling != nil), ("--recoil-min", recoilMin != nil),
    ]
    return options.filter(\.1).map(\.0)
  }

  func run() throws {
    switch channel {
    case .electronPairs:
      let points = collider.sqrtS.flatMap { rootS in mPhi.map { (rootS: rootS, mPhi: $0) } }
      let section = PairCrossSection(
        cuts: try collider.cuts(), samples: samples ?? 1 << 21, seed: seed, points: points)
      try printOutput(section.output(json: json))
    case .annihilation:
      let points = energy.flatMap { energy in mPhi.map { (energy: energy, mPhi: $0) } }
      try printOutput(AnnihilationCrossSection(spread: collider.spread ?? 0, points: points).output(json: json))
    case .electronBeam, .muonBeam:
      try runOnNuclei()
    }
  }

  private func runOnNuclei() throws {
    guard let beam = channel.production, let target else { return }
    let method = method ?? .etl
    let process = ProductionProcess(
      channel: beam, nucleus: target.nucleus, coupling: coupling, formFactor: formFactor ?? .elastic)
    let cuts = ProductionCuts(recoilEnergy: (recoilMin ?? 0)...Double.greatestFiniteMagnitude)
    let points = energy.flatMap { energy in mPhi.map { (energy: energy, mPhi: $0) } }
    try check(points, process)
    let results = try CrossSectionRequest(
      process: process, cuts: cuts, method: method, x: x, theta: theta, samples: samples ?? 1_000_000, seed: seed,
      device: NativeDevice()
    ).results(points)
    let output = CrossSectionOutput(
      channel: beam, target: target.name, method: method, x: x, theta: theta, results: results)
    try printOutput(json ? output.json() : output.text())
  }

  private var coupling: ChiralCoupling {
    guard scalarCoupling != nil || pseudoscalarCoupling != nil else { return (chirality ?? .right).coupling }
    return ChiralCoupling(scalar: scalarCoupling ?? 0, pseudoscalar: pseudoscalarCoupling ?? 0)
  }

  /// One value must exist; a table may have points outside phase space.
  private func check(_ points: [(energy: Double, mPhi: Double)], _ process: ProductionProcess) throws {
    for point in points {
      if points.count == 1 {
        try process.requireOpen(energy: point.energy, mPhi: point.mPhi)
      } else {
        try process.requireEnergies(energy: point.energy, mPhi: point.mPhi)
      }
      if let x { try process.requireFraction(x, energy: point.energy, mPhi: point.mPhi) }
    }
    if let theta { try process.requireAngle(theta) }
  }
}

/// `--method`.
enum MethodArgument: String, CaseIterable, ExpressibleByArgument {
  case etl, mc, ww, iww

  /// nil for Monte Carlo.
  var quadrature: CrossSectionMethod? { CrossSectionMethod(rawValue: rawValue) }

  var readable: String {
    switch self {
    case .etl: "exact tree level (etl)"
    case .mc: "exact tree level, Monte Carlo (mc)"
    case .ww: "Weizsaecker-Williams (ww)"
    case .iww: "improved Weizsaecker-Williams (iww)"
    }
  }
}

/// `--target Pb` or `--target 82,207.2`.
extension ProductionTarget: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public static var allValueStrings: [String] { TargetMaterial.all.map(\.symbol) + ["Z,A"] }
}

extension FormFactor: ExpressibleByArgument {}
extension Chirality: ExpressibleByArgument {}
