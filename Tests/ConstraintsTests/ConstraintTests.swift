import Cards
import ComputeDevices
import Constraints
import Experiments
import LeptonicPortal
import PortalKernels
import Scanning
import Statistics
import Testing

/// Values of one point of the scan, by the programs of a scan.
func evaluate(
  _ choices: ConstraintChoices, mPhi: Double, hMue: Double, mPsi: Double = 0.4, g: Double = 0.08,
  darkMatter: DarkMatter = .fermion
) throws -> [String: Double] {
  let base = Model(darkMatter: darkMatter)
  let constraints = ConstraintExtension(choices, model: base, mPhi: mPhi...mPhi)
  let model = Model(darkMatter: darkMatter, extensions: [constraints.modelExtension])
  let points = try PointList(mPhi: mPhi, hMue: hMue, mPsi: mPsi, g: g, mPsi2: nil)
  let evaluation = try PointEvaluation(of: points, model: model, device: NativeDevice())
  return Dictionary(uniqueKeysWithValues: zip(evaluation.quantities.map(\.name), evaluation.values.map { $0[0] }))
}

private func set(_ name: String) throws -> MeasurementSet { try #require(MeasurementSet.named(name)) }

private let muonMass = PhysicalConstants.muonMass

@Suite("Constraints")
struct ConstraintTests {
  /// An experiment of such a name would give variables and bits that are there already.
  @Test(arguments: MeasurementSet.all.map(\.name), [DarkMatter.fermion, .scalar])
  func noExperimentHasTheNameOfAConstraint(set name: String, darkMatter: DarkMatter) throws {
    let choices = try ConstraintChoices(measurements: set(name), darkMatter: darkMatter)
    let extended = ConstraintExtension(choices, model: Model(darkMatter: darkMatter), mPhi: 1...1)
    let text = try #require(Experiment.shippedText("na64e-2022"))
    for flag in extended.excluded.flags {
      let name = flag.meaning.replacing("_", with: "-")
      #expect(throws: CardError.self, "\(name)") {
        try Experiment(yaml: text.replacing("name: na64e-2022", with: "name: \(name)"), file: "e.yaml")
      }
    }
  }

  /// Whether one constraint excludes a point.
  private func excludes(
    _ name: String, _ treatment: RelicChoices.Treatment, mPhi: Double, hMue: Double, set: String = "gk2022"
  ) throws -> Bool {
    let choices = try ConstraintChoices(
      measurements: MeasurementSet.named(set), selections: [.init(name)], treatment: treatment)
    return try evaluate(choices, mPhi: mPhi, hMue: hMue)["excluded"] == 1
  }

  /// Couplings at which constraints of arXiv:2202.04410 are met in the paper's treatment: 1.42e-3 m_phi/m_mu for 428e-11, 7e-2
  /// from K -> e nu phi, 2.97e-2 from ATLAS 2014; and in the exact one: 0.130 (K, 0.106 GeV), 0.412 (K, 0.2 GeV), 0.29
  /// (ATLAS, 0.317 GeV).
  @Test(arguments: [
    ("g_minus_2_muon", RelicChoices.Treatment.gk2022, 2.0, 1.42e-3 * 2 / 0.1056583755, 4e-3),
    ("k_e_nu_phi", .gk2022, 0.15, 6.883e-2, 1e-3), ("k_e_nu_phi", .exact, 0.106, 0.1297, 2e-3),
    ("k_e_nu_phi", .exact, 0.2, 0.4117, 2e-3), ("z_e_mu_atlas_2014", .gk2022, 0.317, 2.97e-2, 2e-3),
    ("z_e_mu_atlas_2014", .exact, 0.317, 0.2805, 1e-3),
  ])
  func couplingsAtTheBound(
    name: String, treatment: RelicChoices.Treatment, mPhi: Double, hMue: Double, tolerance: Double
  ) throws {
    #expect(try excludes(name, treatment, mPhi: mPhi, hMue: hMue * (1 + tolerance)))
    #expect(try !excludes(name, treatment, mPhi: mPhi, hMue: hMue * (1 - tolerance)))
  }

  /// h = 3.131e-3 gives 251e-11 exactly at 3 m_mu; 1.09e-3 m_phi/m_mu does in the paper's treatment.
  @Test func centralValueHasTheLargestLikelihood() throws {
    let name = "log_likelihood_g_minus_2_muon"
    let exact = try ConstraintChoices(measurements: set("gk2022"), selections: [.init("g_minus_2_muon")])
    #expect(abs(try #require(evaluate(exact, mPhi: 3 * muonMass, hMue: 3.131e-3)[name])) < 1e-5)
    let paper = try ConstraintChoices(
      measurements: set("gk2022"), selections: [.init("g_minus_2_muon")], treatment: .gk2022)
    #expect(abs(try #require(evaluate(paper, mPhi: 3 * muonMass, hMue: 3 * 1.09e-3)[name])) < 1e-3)
    // No phi at all is 251/59 standard deviations off.
    let none = try #require(evaluate(exact, mPhi: 1, hMue: 1e-12)[name])
    #expect(abs(none / (-0.5 * (251.0 / 59) * (251.0 / 59)) - 1) < 1e-9)
  }

  /// A limit is a half Gaussian about 0: ln L = -z^2/2 at the limit, z = 1.6449 at 90 %, 1.9600 at 95 %, so that the flat-prior limit of a half
  /// Gaussian is the published one.
  @Test func likelihoodOfLimits() throws {
    for (name, level, quantile) in [("k_e_nu_phi", 6e-5, 1.644853627), ("z_e_mu_atlas_2014", 7.5e-7, 1.959963985)] {
      let choices = try ConstraintChoices(measurements: set("gk2022"), selections: [.init(name)])
      let point = try evaluate(choices, mPhi: 0.15, hMue: 0.1)
      let isKaon = name == "k_e_nu_phi"
      let value = try #require(point[isKaon ? "br_k_e_nu_phi" : "ratio_z_e_mu_phi_accepted"])
      let pull = value * (isKaon ? 1 : PhysicalConstants.zToElectrons) / level * quantile
      #expect(abs(try #require(point["log_likelihood_\(name)"]) / (-0.5 * pull * pull) - 1) < 1e-9)
    }
  }

  /// Underabundant dark matter is allowed unless both sides are asked for.
  @Test func sidesOfTheRelicDensity() throws {
    func point(_ sides: ConstraintChoices.Sides?, hMue: Double) throws -> [String: Double] {
      let choices = try ConstraintChoices(
        measurements: set("2025"), selections: [.init("relic_density", sides: sides)])
      return try evaluate(choices, mPhi: 0.9, hMue: hMue, mPsi: 0.4, g: 0.3)
    }
    let rare = try point(nil, hMue: 0.5)
    #expect(try #require(rare["relic_density"]) < 0.117)
    #expect(rare["excluded"] == 0 && rare["log_likelihood"] == 0)
    let both = try point(.both, hMue: 0.5)
    #expect(both["excluded"] == 1)
    let pull = (try #require(both["relic_density"]) - 0.120) / 0.001
    #expect(abs(try #require(both["log_likelihood"]) / (-0.5 * pull * pull) - 1) < 1e-9)
    let abundant = try point(nil, hMue: 1e-5)
    #expect(try #require(abundant["relic_density"]) > 0.123)
    #expect(abundant["excluded"] == 1)
  }

  /// Bits are in the order of the names, whatever the order of evaluation, and sums are sums.
  @Test(arguments: [DarkMatter.fermion, .scalar])
  func sumsAndBits(darkMatter: DarkMatter) throws {
    let experiments = [try Experiment(named: "na64e-2022"), try Experiment(named: "na64mu-2022")]
    let names = try ConstraintChoices.names(
      measurements: set("2025"), experiments: experiments, darkMatter: darkMatter)
    let choices = try ConstraintChoices(
      measurements: set("2025"), experiments: experiments, selections: names.map { .init($0) }, darkMatter: darkMatter)
    let model = Model(darkMatter: darkMatter)
    let constraints = ConstraintExtension(choices, model: model, mPhi: 0.3...0.3)
    #expect(constraints.constraints.map(\.name) == choices.selections.map(\.name))
    #expect(choices.observableNames == constraints.modelExtension.observables.map(\.name))
    #expect(constraints.excluded.flagKind == .masks)
    let point = try evaluate(choices, mPhi: 0.3, hMue: 0.02, mPsi: 0.1, darkMatter: darkMatter)
    let excluded = UInt32(try #require(point["excluded"]))
    for (bit, constraint) in constraints.constraints.enumerated() {
      let alone = try ConstraintChoices(
        measurements: set("2025"), experiments: choices.experiments, selections: [.init(constraint.name)],
        darkMatter: darkMatter)
      let single = try evaluate(alone, mPhi: 0.3, hMue: 0.02, mPsi: 0.1, darkMatter: darkMatter)
      #expect(single["excluded"] == (excluded & (1 << UInt32(bit)) == 0 ? 0 : 1), "\(constraint.name)")
      #expect(single["log_likelihood"] == point["log_likelihood_\(constraint.name)"], "\(constraint.name)")
    }
    #expect(excluded.nonzeroBitCount >= 3)
    let sum = choices.selections.reduce(0) { $0 + (point["log_likelihood_\($1.name)"] ?? .nan) }
    #expect(abs(try #require(point["log_likelihood"]) / sum - 1) < 1e-12)
  }

  /// Outside the masses of a search it says nothing.
  @Test func massRanges() throws {
    let choices = try ConstraintChoices(
      measurements: set("2025"), selections: [.init("mu_e_phi_twist"), .init("mu_e_phi_pienu")])
    let constraints = ConstraintExtension(choices, model: Model(darkMatter: .fermion), mPhi: 0.2...0.2)
    for (mPhi, mask) in [(0.012, 0.0), (0.02, 1), (0.06, 3), (0.09, 2), (0.1, 0)] {
      var sums = [0.0, 0.0]
      for (bit, constraint) in constraints.constraints.enumerated() {
        let out = Kernel(portal_kernel_constrain_value).evaluate(
          columns: [[1e-3], [mPhi], [sums[0]], [sums[1]]], auxiliary: constraint.auxiliary(bit: 1 << UInt32(bit)))
        sums = [out[1][0], out[2][0]]
      }
      #expect(sums[1] == mask)
      #expect((sums[0] < 0) == (mask > 0))
    }
  }

  /// A value that is not defined is neither allowed nor excluded; outside the masses of a search it does not matter.
  @Test func whatIsUndefinedIsNotAllowed() throws {
    let choices = try ConstraintChoices(measurements: set("2025"), selections: [.init("mu_e_phi_twist")])
    let constraints = ConstraintExtension(choices, model: Model(darkMatter: .fermion), mPhi: 1...1)
    #expect(constraints.excluded.flags.map(\.meaning) == ["mu_e_phi_twist", "not_computed"])
    let notComputed = 2_147_483_648.0
    #expect(constraints.excluded.flags.map { Double($0.value) } == [1, notComputed])
    let auxiliary = constraints.constraints[0].auxiliary(bit: 4)
    for (mPhi, before, mask) in [(0.05, 3.0, 3 + notComputed), (0.05, 3 + notComputed, 3 + notComputed), (0.2, 3, 3)] {
      let out = Kernel(portal_kernel_constrain_value).evaluate(
        columns: [[.nan], [mPhi], [-1.5], [before]], auxiliary: auxiliary)
      #expect(out[2][0] == mask)
      #expect(mPhi < 0.1 ? out[0][0].isNaN && out[1][0].isNaN : out[0][0] == 0 && out[1][0] == -1.5)
    }
  }

  /// Couplings too weak for dark matter ever to be in equilibrium: there is no relic density to compare.
  @Test func pointWithoutRelicDensityIsNotAllowed() throws {
    let choices = try ConstraintChoices(
      measurements: set("2025"),
      selections: [.init("g_minus_2_muon"), .init("relic_density"), .init("cmb_annihilation")])
    let point = try evaluate(choices, mPhi: 0.9, hMue: 1e-12, mPsi: 0.4, g: 1e-6)
    #expect(point["relic_status"] == 3)
    #expect(point["excluded"] == 2_147_483_648)
    #expect(point["log_likelihood"]?.isNaN == true && point["log_likelihood_relic_density"]?.isNaN == true)
    #expect(point["log_likelihood_g_minus_2_muon"]?.isFinite == true)
  }

  @Test func mostConstraints() throws {
    let limit = ConstraintChoices.most
    let experiments = try (0..<limit).map { number in
      var experiment = try Experiment(named: "na64e-2022")
      experiment.name = "copy-\(number)"
      return experiment
    }
    let selections = experiments.map { ConstraintChoices.Selection($0.variableName) }
    #expect(
      try ConstraintChoices(measurements: nil, experiments: experiments, selections: selections).selections.count == 31)
    #expect(throws: ConstraintError.tooMany(32)) {
      try ConstraintChoices(
        measurements: nil, experiments: experiments, selections: selections + [.init("perturbativity_g")])
    }
  }

  @Test func unknownNamesAreRefused() throws {
    #expect(throws: ConstraintError.self) {
      try ConstraintChoices(measurements: set("2025"), selections: [.init("z_e_mu_atlas_2014")])
    }
    #expect(throws: ConstraintError.self) {
      try ConstraintChoices(measurements: nil, selections: [.init("perturbativity_g")], darkMatter: .scalar)
    }
  }
}
