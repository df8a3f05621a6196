import ArgumentParser
import ComputeDevices
import LeptonicPortal
import Production

struct CrossSectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cross-section",
    abstract: "Compute the production cross section of phi, l N -> l' N phi.",
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
      """)

  @Option(help: "e-mu (electron beams) or mu-e (muon beams).") var channel: ProductionChannel
  @Option(help: ArgumentHelp("Element, or Z,A of a nucleus.", valueName: "Pb|Z,A")) var target: ProductionTarget
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Beam energy [GeV]; several make a table.", valueName: "GeV"),
    transform: energyArgument)
  var energy: [Double]
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Mass of phi [GeV]; several make a table.", valueName: "GeV"),
    transform: energyArgument)
  var mPhi: [Double]
  @Option(help: ArgumentHelp("Give dsigma/dx at this E_phi/E.", valueName: "fraction")) var x: Double?
  @Option(help: ArgumentHelp("With --x: give d2sigma/(dx dcos theta) at this angle [rad].", valueName: "rad"))
  var theta: Double?
  @Option(help: "etl, mc, ww or iww.") var method: MethodArgument = .etl
  @Option(help: "elastic or elastic+inelastic.") var formFactor: FormFactor = .elastic
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
  var recoilMin = 0.0
  @Option(help: ArgumentHelp("Samples of --method mc.", valueName: "number")) var samples = 1_000_000
  @Option(help: ArgumentHelp("Seed of --method mc.", valueName: "number")) var seed: UInt32 = 1
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if theta != nil, x == nil { throw ValidationError("--theta needs --x.") }
    if method == .mc, x != nil { throw ValidationError("--method mc gives the total; leave out --x or use etl.") }
    if method == .mc, samples < 1 { throw ValidationError("--samples must be 1 or more.") }
    if chirality != nil, scalarCoupling != nil || pseudoscalarCoupling != nil {
      throw ValidationError("Give either --chirality or --c-s and --c-p.")
    }
    if x != nil, recoilMin != 0 { throw ValidationError("--recoil-min goes with the total; leave out --x.") }
    guard recoilMin >= 0, recoilMin.isFinite else { throw ValidationError("--recoil-min is an energy, 0 or more.") }
    if energy.isEmpty || mPhi.isEmpty { throw ValidationError("--energy and --m-phi need a value each.") }
  }

  func run() throws {
    let process = ProductionProcess(
      channel: channel, nucleus: target.nucleus, coupling: coupling, formFactor: formFactor)
    let cuts = ProductionCuts(recoilEnergy: recoilMin...Double.greatestFiniteMagnitude)
    let points = energy.flatMap { energy in mPhi.map { (energy: energy, mPhi: $0) } }
    try check(points, process)
    let results = try CrossSectionRequest(
      process: process, cuts: cuts, method: method, x: x, theta: theta, samples: samples, seed: seed,
      device: NativeDevice()
    ).results(points)
    let output = CrossSectionOutput(
      channel: channel, target: target.name, method: method, x: x, theta: theta, results: results)
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

extension ProductionChannel: ExpressibleByArgument {}
extension FormFactor: ExpressibleByArgument {}
extension Chirality: ExpressibleByArgument {}
