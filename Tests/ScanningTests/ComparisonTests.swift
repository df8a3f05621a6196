import Cards
import ComputeDevices
import LeptonicPortal
import Scanning
import Testing

/// The keys of a card that compare points with measurements, without a card.
@Suite struct ComparisonTests {
  private let text = """
    measurements: gk2022
    experiments: [na64e-2018]
    constraints: [{ name: relic_density, sides: both, deviations: 2 }, na64e_2018]
    treatment: gk2022
    """

  @Test func keysMeanWhatTheyMeanInACard() throws {
    let comparison = try Comparison(yaml: text, source: "options", darkMatter: .fermion)
    let card = try RunCard(
      yaml: "leptoscan: 1\naxes: { m_phi: 1, h_mue: 1e-3, m_psi: 0.3, g: 1 }\n" + text, file: "card.yaml",
      knownObservables: Model.observableNames)
    #expect(comparison.constraints != nil && comparison.constraints == card.constraints)
    let points = try PointList(mPhi: 1, hMue: 1e-3, mPsi: 0.3, g: 1)
    let model = comparison.model(.fermion, annihilation: .all, points: points)
    #expect(model.observables.map(\.name) == card.model().observables.map(\.name))
    #expect(model.relic == card.relic)
  }

  @Test func nothingIsComparedUnlessAskedFor() throws {
    let comparison = try Comparison(yaml: "", source: "options", darkMatter: .fermion)
    #expect(comparison.constraints == nil && comparison.treatment == .exact)
    let points = try PointList(mPhi: 1, hMue: 1e-3, mPsi: 0.3, g: 1)
    #expect(comparison.model(.scalar, annihilation: .leptons, points: points).extensions.isEmpty)
  }

  @Test(arguments: [
    ("experiments: [na64x]", "options:1:15: unknown experiment 'na64x'"),
    ("measurements: 2027", "options:1:15: unknown measurements '2027'"),
    ("measurements: 2025\nconstraints: [charm]", "options:2:15: unknown constraint 'charm'"),
    ("axes: 1", "options:1:1: unknown key 'axes'"), ("treatment: good", "options:1:12: unknown treatment 'good'"),
  ])
  func mistakesAreNamed(yaml: String, message: String) {
    let error = #expect(throws: CardError.self) {
      try Comparison(yaml: yaml, source: "options", darkMatter: .fermion)
    }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }
}
