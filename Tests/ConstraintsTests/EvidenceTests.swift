import Constraints
import Experiments
import LeptonicPortal
import Testing

@Suite("Evidence")
struct EvidenceTests {
  private let set = MeasurementSet.named("2025")
  private let experiments: [Experiment]

  init() throws { experiments = try ["na64e-2018", "na64e-2022", "m3"].map { try Experiment(named: $0) } }

  /// What nobody measured does not count unless it is named.
  @Test func hypotheticalOnesDoNotCount() throws {
    let choices = try ConstraintChoices(measurements: set, experiments: experiments)
    #expect(choices.uncounted.map(\.name) == ["mu_e_psi_psi", "na64e_2022", "m3"])
    let counted = choices.selections.map(\.name)
    #expect(counted.contains("na64e_2018") && counted.contains("g_minus_2_muon") && !counted.contains("m3"))
    let named = try ConstraintChoices(
      measurements: set, experiments: experiments, selections: [.init("na64e_2022"), .init("mu_e_psi_psi")])
    #expect(named.selections.map(\.name) == ["na64e_2022", "mu_e_psi_psi"] && named.uncounted.map(\.name) == ["m3"])
    #expect(throws: ConstraintError.countedAndNot("m3")) {
      try ConstraintChoices(
        measurements: set, experiments: experiments, selections: [.init("m3")], uncounted: [.init("m3")])
    }
  }

  /// The two masks are independent, and ln L has nothing of what does not count.
  @Test func wouldExcludeIsAMaskOfItsOwn() throws {
    let named = try ConstraintChoices(
      measurements: set, experiments: experiments, selections: [.init("g_minus_2_muon"), .init("na64e_2022")])
    let choices = try ConstraintChoices(
      measurements: set, experiments: experiments, selections: [.init("g_minus_2_muon")])
    let base = Model(darkMatter: .fermion)
    let quantity = ConstraintExtension(choices, model: base, mPhi: 0.3...0.3).wouldExclude
    #expect(quantity.flags.map(\.meaning) == ["na64e_2022", "m3", "not_computed"])
    #expect(quantity.flags.map(\.evidence) == [.hypothetical, .projection, nil])
    for hMue in [1e-5, 3e-3] {
      let point = try evaluate(choices, mPhi: 0.3, hMue: hMue, mPsi: 0.1)
      let counted = try evaluate(named, mPhi: 0.3, hMue: hMue, mPsi: 0.1)
      let isExcluded = try #require(counted["excluded"]) >= 2
      #expect(isExcluded == (hMue == 3e-3))
      #expect((Int(try #require(point["would_exclude"])) & 1 == 1) == isExcluded)
      #expect(point["excluded"] == (hMue == 3e-3 ? 1 : 0))
      #expect(point["log_likelihood"] == point["log_likelihood_g_minus_2_muon"])
      #expect(point["log_likelihood_na64e_2022"] == counted["log_likelihood_na64e_2022"])
    }
  }
}
