import Cards
import Constraints
import Experiments
import LeptonicPortal
import Scanning
import Testing

@Suite("Measurements of one's own")
struct MeasurementReadingTests {
  private func file(_ entry: String) -> String {
    "leptoscan_measurements: 1\nmeasurements:\n  - { \(entry) }\n"
  }

  private func read(_ entry: String) throws -> Measurement {
    try #require(try MeasurementSet.measurements(yaml: file(entry), file: "m.yaml").first)
  }

  private func messages(_ yaml: String) -> [String] {
    do throws(CardError) {
      _ = try MeasurementSet.measurements(yaml: yaml, file: "m.yaml")
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  @Test func everyKind() throws {
    let value = try read(
      "name: a_mu, what: delta_a_mu, value: -1.5e-10, uncertainty: 6e-10, source: me, evidence: measured")
    #expect(value.result == .value(-1.5e-10, uncertainty: 6e-10) && value.observable == "delta_a_mu")
    let limit = try read(
      """
      name: z, what: ratio_z_e_mu_phi, upper_limit: 1e-7, confidence_level: 0.95, normalization: 0.0336,
      m_phi: { from: 200 MeV, to: 2 }, source: me, evidence: recast, acceptance_accuracy: 0.2, citations: ["CMS:2025"]
      """)
    #expect(limit.result == .upperLimit(1e-7, confidenceLevel: 0.95) && limit.mPhiRange == 0.2...2)
    #expect(limit.normalization == 0.0336 && limit.acceptanceAccuracy == 0.2 && limit.citations == ["CMS:2025"])
    let curve = try read(
      """
      name: c, what: br_mu_e_phi, upper_limit: { m_phi: [20 MeV, 60 MeV], value: [1e-5, 2e-5] }, confidence_level: 0.9,
      source: me, evidence: measured
      """)
    #expect(curve.result == .upperLimits(mPhi: [0.02, 0.06], [1e-5, 2e-5], confidenceLevel: 0.9))
    for measurement in [value, limit, curve] {
      let text = "leptoscan_measurements: 1\nmeasurements: [\(measurement.resolved)]"
      #expect(try MeasurementSet.measurements(yaml: text, file: "m.yaml") == [measurement])
    }
  }

  /// A measurement of one's own cannot be taken for one of a set.
  @Test(arguments: MeasurementSet.all) func namesOfSetsAreTaken(set: MeasurementSet) {
    for measurement in set.measurements where Model.observableNames.contains(measurement.observable) {
      let found = messages("leptoscan_measurements: 1\nmeasurements: [\(measurement.resolved)]")
      #expect(found.contains { $0.contains("name is '\(measurement.name)' (a measurement of leptoscan has") })
    }
  }

  @Test(arguments: [
    ("name: a, what: charm, value: 1, uncertainty: 1, source: me, evidence: measured", "unknown what 'charm'"),
    ("name: a, what: delta_a_mu, value: 1, source: me, evidence: measured", "uncertainty is missing"),
    ("name: a, what: delta_a_mu, upper_limit: 1, source: me, evidence: measured", "confidence_level is missing"),
    ("name: a, what: delta_a_mu, source: me, evidence: measured", "neither value nor upper_limit is given"),
    (
      "name: a, what: delta_a_mu, value: 1, uncertainty: 1, confidence_level: 0.9, source: me, evidence: measured",
      "confidence_level stands beside value"
    ),
    ("name: a, what: delta_a_mu, value: 1, uncertainty: 1, source: me", "evidence is missing"),
    (
      "name: a, what: delta_a_mu, value: 1, uncertainty: 1, source: me, evidence: recast",
      "evidence is recast and acceptance_accuracy is missing"
    ),
    (
      "name: a, what: br_mu_e_phi, upper_limit: { m_phi: [2, 1], value: [1, 1] }, confidence_level: 0.9, source: me, evidence: measured",
      "a curve needs as many values as masses"
    ),
    (
      "name: relic_density, what: delta_a_mu, value: 1, uncertainty: 1, source: me, evidence: measured", "has this name"
    ),
    ("name: A, what: delta_a_mu, value: 1, uncertainty: 1, source: me, evidence: measured", "part of the names of"),
    ("name: a, what: delta_a_mu, value: nan, uncertainty: 1, source: me, evidence: measured", "value is 'nan'"),
  ])
  func mistakes(entry: String, message: String) {
    let found = messages(file(entry))
    #expect(found.count == 1 && found.first?.contains(message) == true, "\(found)")
    #expect(found.first?.hasPrefix("m.yaml:3:") == true)
  }

  /// Between 120 and 300 MeV the inverse limit is linear in ln m_phi: at sqrt(120 300) MeV 1/(1e-5) and 1/(2e-5) average to 7.5e4.
  @Test func aCurveBoundsAlongMasses() throws {
    let curve = try read(
      """
      name: c, what: br_k_e_nu_phi, upper_limit: { m_phi: [120 MeV, 300 MeV], value: [1e-5, 2e-5] }, confidence_level: 0.9,
      source: me, evidence: measured
      """)
    let set = MeasurementSet.combining([], own: [curve])
    let choices = try ConstraintChoices(measurements: set, selections: [.init("c")])
    func point(_ mPhi: Double, _ h: Double) throws -> [String: Double] { try evaluate(choices, mPhi: mPhi, hMue: h) }
    for (mass, limit) in [(0.12, 1e-5), ((0.12 * 0.3).squareRoot(), 1 / 7.5e4), (0.3, 2e-5)] {
      let rate = try #require(point(mass, 1e-9)["br_k_e_nu_phi"]) * 1e18
      let h = (limit / rate).squareRoot()
      #expect(try point(mass, h * 1.0001)["excluded"] == 1)
      let below = try point(mass, h * 0.9999)
      #expect(below["excluded"] == 0)
      // -1.645^2/2 at the limit.
      #expect(abs(try #require(below["log_likelihood_c"]) + 0.5 * 1.6448536 * 1.6448536) < 2e-3)
    }
    #expect(try point(0.31, 1)["excluded"] == 0, "nothing is known beyond the ends")
  }

  /// The resolved card holds what a card or its files have.
  @Test func inACard() throws {
    let yaml = """
      leptoscan: 1
      axes: { m_phi: 0.3, h_mue: 1e-3, m_psi: 0.1, g: 0.1 }
      measurements: [2025, { name: a_mu, what: delta_a_mu, value: 1e-9, uncertainty: 2e-10, source: me, evidence: measured }]
      """
    let card = try RunCard(yaml: yaml, file: "card.yaml", knownObservables: Model.observableNames)
    #expect(card.constraints?.selections.map(\.name).contains("a_mu") == true)
    #expect(card.observables.contains("log_likelihood_a_mu"))
    let again = try RunCard(yaml: card.resolved, file: "card.yaml", knownObservables: Model.observableNames)
    #expect(again == card)
  }
}
