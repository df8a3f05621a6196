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
        leptoscan cross-section --channel e-mu --target Pb --energy 100 --m-phi 0.317 --x 0.9 --theta 0.001

      A table over masses and energies (points below threshold have the value 0):
        leptoscan cross-section --channel mu-e --target W --energy 15 160 --m-phi 0.11 0.3 1

      Values are in pb for h_mue = 1 and scale with h_mue squared. Methods: etl (exact tree level), mc (the same by Monte \
      Carlo), ww and iww (Weizsaecker-Williams and its improved form, for comparison).
      """)

  @Option(help: "e-mu (electron beams) or mu-e (muon beams).") var channel: ProductionChannel
  @Option(help: ArgumentHelp("Element, or Z,A of a nucleus.", valueName: "Pb|Z,A")) var target: TargetArgument
  @Option(parsing: .upToNextOption, help: ArgumentHelp("Beam energy [GeV]; several make a table.", valueName: "GeV"))
  var energy: [Double]
  @Option(parsing: .upToNextOption, help: ArgumentHelp("Mass of phi [GeV]; several make a table.", valueName: "GeV"))
  var mPhi: [Double]
  @Option(help: ArgumentHelp("Give dsigma/dx at this E_phi/E.", valueName: "fraction")) var x: Double?
  @Option(help: ArgumentHelp("With --x: give d2sigma/(dx dcos theta) at this angle [rad].", valueName: "rad"))
  var theta: Double?
  @Option(help: "etl, mc, ww or iww.") var method: MethodArgument = .etl
  @Option(help: "elastic or elastic+inelastic.") var formFactor: FormFactor = .elastic
  @Option(help: ArgumentHelp("Samples of --method mc.", valueName: "number")) var samples = 1_000_000
  @Option(help: ArgumentHelp("Seed of --method mc.", valueName: "number")) var seed: UInt32 = 1
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if theta != nil, x == nil { throw ValidationError("--theta needs --x.") }
    if method == .mc, x != nil { throw ValidationError("--method mc gives the total; leave out --x or use etl.") }
    if method == .mc, samples < 1 { throw ValidationError("--samples must be 1 or more.") }
    if energy.isEmpty || mPhi.isEmpty { throw ValidationError("--energy and --m-phi need a value each.") }
  }

  func run() throws {
    let process = ProductionProcess(channel: channel, nucleus: target.nucleus, formFactor: formFactor)
    let points = energy.flatMap { energy in mPhi.map { (energy: energy, mPhi: $0) } }
    try check(points, process)
    let results = try CrossSectionRequest(
      process: process, method: method, x: x, theta: theta, samples: samples, seed: seed, device: NativeDevice()
    ).results(points)
    let output = CrossSectionOutput(
      channel: channel, target: target.name, method: method, x: x, theta: theta, results: results)
    print(json ? try output.json() : output.text())
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
struct TargetArgument: ExpressibleByArgument {
  let name: String
  let nucleus: Nucleus

  init?(argument: String) {
    guard let material = TargetMaterial.named(argument) else {
      let fields = argument.split(separator: ",")
      guard fields.count == 2, let charge = Int(fields[0]), let massNumber = Double(fields[1]),
        let nucleus = try? Nucleus(charge: charge, massNumber: massNumber)
      else { return nil }
      self.name = argument
      self.nucleus = nucleus
      return
    }
    name = material.symbol
    nucleus = material.nucleus
  }

  static var allValueStrings: [String] { TargetMaterial.all.map(\.symbol) + ["Z,A"] }
}

extension ProductionChannel: ExpressibleByArgument {}
extension FormFactor: ExpressibleByArgument {}
