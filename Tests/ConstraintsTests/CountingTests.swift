import ComputeDevices
import Constraints
import Experiments
import LeptonicPortal
import Statistics
import Testing

@Suite("Counting experiments as constraints")
struct CountingTests {
  /// The kernel's ln L is the profile likelihood ratio of Statistics, which is tested against scipy.
  @Test(arguments: [(0, 0.0, 0.0), (0, 0.5, 0.2), (3, 1.5, 0.5), (2, 4.0, 1.5), (7, 2.0, 0.0), (1, 0.0, 0.7)])
  func likelihoodRatio(observed: Int, background: Double, uncertainty: Double) throws {
    var experiment = try Experiment(named: "na64e-2022")
    experiment.counting = try CountingExperiment(
      observed: observed, background: background, backgroundUncertainty: uncertainty)
    let choices = try ConstraintChoices(
      measurements: nil, experiments: [experiment], selections: [.init("na64e_2022")])
    let limit = try experiment.counting.upperLimit(confidenceLevel: 0.9, method: .cls)
    for hMue in [1e-5, 5e-4, 1e-3, 2e-3, 1e-2] {
      let point = try evaluate(choices, mPhi: 0.3, hMue: hMue, mPsi: 0.1)
      let events = try #require(point["events_na64e_2022"])
      let ratio = experiment.counting.profileLogLikelihoodRatio(signal: events)
      #expect(abs(try #require(point["log_likelihood_na64e_2022"]) - ratio) < 1e-9 * max(1, abs(ratio)))
      #expect(point["excluded"] == (events > limit ? 1 : 0))
    }
  }

  /// 2.303 events: the coupling at which NA64 with 2.84e11 electrons begins to exclude, from na64_yield.csv: yield 1.2380e-6 at
  /// 3 m_mu, efficiency 0.46.
  @Test func limitFromTheReferenceYield() throws {
    let experiment = try Experiment(named: "na64e-2018")
    let choices = try ConstraintChoices(
      measurements: nil, experiments: [experiment], selections: [.init("na64e_2018")])
    let hMue = (2.302585 / (2.84e11 * 1.2380e-6 * 0.46)).squareRoot()
    for (factor, excluded) in [(0.998, 0.0), (1.003, 1)] {
      // br_invisible is 0.998 here, and counts.
      let point = try evaluate(choices, mPhi: 0.3169751265, hMue: hMue * factor, mPsi: 0.1057, g: 8)
      #expect(point["excluded"] == excluded)
    }
  }
}
