import ArgumentParser
import ComputeDevices
import Experiments
import Production

struct YieldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yield",
    abstract: "Compute the signal of an experiment: how many phi it sees.",
    discussion: """
      Events per beam particle for h_mue = 1 and BR_inv = 1, inside the experiment's cuts:
        leptoscan yield --experiment na64e-2022 --m-phi 0.317
        leptoscan yield --experiment na64e-2022 --m-phi 0.317 \\
          --recoil-min 0 --h-mue 3e-3

      An experiment is a YAML file; these are built in, and one of them is a start for your own:
        leptoscan yield --list
        leptoscan yield --experiment na64e-2022 --print > mine.yaml
        leptoscan yield --experiment mine.yaml --m-phi 0.11 0.3 1

      Events scale with h_mue squared and br_invisible. The limit on h_mue is where the expected events reach the \
      upper limit (CLs, at the experiment's confidence_level, 90 %) on a signal beside its observed events and background; \
      --expected adds the limits that are expected without signal.
      """)

  @Option(help: ArgumentHelp("A built-in experiment, or a YAML file.", valueName: "name|file.yaml"))
  var experiment: String?
  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Mass of phi [GeV]; several make a table.", valueName: "GeV"),
    transform: energyArgument)
  var mPhi: [Double] = []
  @Option(
    help: ArgumentHelp("Least energy of the outgoing lepton [GeV], instead of the experiment's.", valueName: "GeV"),
    transform: energyArgument)
  var recoilMin: Double?
  @Option(help: ArgumentHelp("Least E_phi/E_beam, instead of the experiment's.", valueName: "fraction"))
  var xMin: Double?
  @Option(
    help: ArgumentHelp("Give the expected events for this coupling, too.", valueName: "number"),
    transform: numberArgument)
  var hMue: Double?
  @Option(help: ArgumentHelp("Branching ratio of phi to dark matter.", valueName: "fraction")) var brInvisible = 1.0
  @Option(help: "quadrature or mc (Monte Carlo).") var method: YieldMethod = .quadrature
  @Option(help: ArgumentHelp("Samples of --method mc.", valueName: "number")) var samples = 1 << 20
  @Option(help: ArgumentHelp("Seed of --method mc.", valueName: "number")) var seed: UInt32 = 1
  @Flag(help: "Add the median limit without signal, and its bands of 1 and 2 sigma.") var expected = false
  @Flag(help: "List the built-in experiments.") var list = false
  @Flag(name: .customLong("print"), help: "Print the YAML text of a built-in experiment.") var printsText = false
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if list { return }
    guard experiment != nil else { throw ValidationError("Give --experiment, or --list to see the built-in ones.") }
    if printsText { return }
    if mPhi.isEmpty { throw ValidationError("--m-phi needs a value.") }
    let numbers = [("--m-phi", mPhi), ("--h-mue", [hMue].compactMap(\.self))]
    for (name, values) in numbers where !values.allSatisfy({ $0 > 0 && $0.isFinite }) {
      throw ValidationError("\(name) must be a positive number.")
    }
    if let recoilMin, !(recoilMin >= 0 && recoilMin.isFinite) {
      throw ValidationError("--recoil-min must not be negative.")
    }
    for (name, value) in [("--x-min", xMin ?? 0), ("--br-invisible", brInvisible)] where !(0...1).contains(value) {
      throw ValidationError("\(name) is between 0 and 1.")
    }
    if samples < 1 { throw ValidationError("--samples must be 1 or more.") }
  }

  func run() throws {
    if list { return try printOutput(ExperimentList().text(json: json)) }
    if printsText, let text = experiment.flatMap(Experiment.shippedText) { return try StandardStreams.output(text) }
    let experiment = try changed(Experiment(named: self.experiment ?? ""))
    if printsText {
      throw UsageError("--print needs a built-in experiment (a file is its own text) use --list for the names")
    }
    let results = try YieldRequest(
      experiment: experiment, hMue: hMue, brInvisible: brInvisible, method: method, samples: samples, seed: seed,
      device: NativeDevice()
    ).results(mPhi: mPhi)
    let output = YieldOutput(
      experiment: experiment, method: method, hMue: hMue, brInvisible: brInvisible, showsExpected: expected,
      results: results)
    try printOutput(json ? output.json() : output.text())
  }

  /// The experiment with the cuts of the command line.
  private func changed(_ experiment: Experiment) throws -> Experiment {
    var experiment = experiment
    if let xMin { experiment.cuts.xMin = xMin }
    if let recoilMin {
      guard recoilMin < experiment.cuts.recoilEnergy.upperBound else {
        throw UsageError(
          "--recoil-min \(recoilMin) is not below the experiment's recoil_energy_max (no event would pass) use a lower one"
        )
      }
      experiment.cuts.recoilEnergy = recoilMin...experiment.cuts.recoilEnergy.upperBound
    }
    return experiment
  }
}

/// `--method` of `yield`.
enum YieldMethod: String, CaseIterable, ExpressibleByArgument {
  case quadrature, mc
}
