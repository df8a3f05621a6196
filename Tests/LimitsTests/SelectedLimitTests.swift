import Cards
import ComputeDevices
import LeptonicPortal
import Limits
import Scanning
import Testing

/// The key `constraints` of a card says which lines there are.
@Suite struct SelectedLimitTests {
  private func curves(_ keys: String) throws -> LimitCurves {
    let yaml = "leptoscan: 1\naxes: { m_phi: 0.317, h_mue: 1e-3, m_psi: 0.1, g: 1 }\n\(keys)\n"
    let card = try RunCardFile(forLimitsYAML: yaml, file: "card.yaml").card
    let curves = try LimitCurves(of: card, device: NativeDevice())
    // The resolved card, which names every constraint, means the same.
    let resolved = try RunCard(yaml: card.resolved, file: "card.yaml", knownObservables: Model.observableNames)
    #expect(try LimitCurves(of: resolved, device: NativeDevice()).lines.map(\.name) == curves.lines.map(\.name))
    return curves
  }

  private func names(_ keys: String) throws -> [String] { try curves(keys).lines.map(\.name) }

  private let experiments = "experiments: [na64e-2018, na64e-projection]"

  @Test func onlyThoseThatAreNamed() throws {
    let favoured = ["central", "1_sigma_low", "1_sigma_high", "3_sigma_low", "3_sigma_high"]
    let all = try names("measurements: 2025\n\(experiments)")
    #expect(all.contains("k_e_nu_phi") && all.contains("na64e-2018") && all.contains("na64e-projection"))
    #expect(
      try names("measurements: 2025\n\(experiments)\nconstraints: [k_e_nu_phi, na64e_projection, g_minus_2_muon]")
        == ["g_minus_2_muon"] + favoured.map { "g_minus_2_muon_\($0)" } + ["k_e_nu_phi", "na64e-projection"])
    #expect(try names("\(experiments)\nconstraints: [na64e_2018]") == ["na64e-2018"])
    #expect(try names(experiments).contains("k_e_nu_phi"), "the latest measurements where none are named")
  }

  @Test func limitsOfValuesAreAtTheDeviationsAskedFor() throws {
    let two = try curves("measurements: gk2022\nconstraints: [{ name: g_minus_2_electron, deviations: 2 }]")
    #expect(two.lines.map(\.deviations) == [2])
    let three = try curves("measurements: gk2022\nconstraints: [g_minus_2_electron]")
    // 4.8(3.0)e-13: 10.8e-13 and 13.8e-13, and Delta a_e goes as h^2.
    #expect(agree(two.couplings[0][0] / three.couplings[0][0], (10.8 / 13.8).squareRoot(), within: 1e-12))
  }

  /// Block style with its ends, and braces as in JSON.
  @Test(arguments: [
    "leptoscan: 1\naxes: AXES\nconstraints: [relic_density]",
    "leptoscan: 1\naxes: AXES\nconstraints:\n- relic_density\n",
    "---\n  leptoscan: 1\n  constraints: [relic_density]\n  axes: AXES\n...\n# end",
    "{ leptoscan: 1, constraints: [relic_density], axes: AXES }",
    "# JSON\n{\n  \"leptoscan\": 1, \"axes\": AXES,\n  \"constraints\": [\"relic_density\"]\n}\n",
  ])
  func measurementsAreTheLatestByDefault(_ text: String) throws {
    let yaml = text.replacing("AXES", with: "{ m_phi: 0.317, h_mue: 1e-3, m_psi: 0.1, g: 1 }")
    let card = try RunCardFile(forLimitsYAML: yaml, file: "card.yaml").card
    #expect(card.constraints?.measurements?.name == MeasurementSet.latest.name)
    #expect(try LimitCurves(of: card, device: NativeDevice()).lines.map(\.name) == ["relic_density"])
    #expect(throws: CardError.self, "a scan compares with what the card names") {
      try RunCard(yaml: yaml, file: "card.yaml", knownObservables: Model.observableNames)
    }
  }

  /// Messages are those of the card as it was written.
  @Test func mistakesKeepTheirPlaces() {
    let yaml = "leptoscan: 1\nconstraints: [relic_densit]\n"
    let error = #expect(throws: CardError.self) { try RunCardFile(forLimitsYAML: yaml, file: "card.yaml").card }
    #expect(
      error?.diagnostics.map(\.position) == [CardPosition(line: 1, column: 1), CardPosition(line: 2, column: 15)])
    #expect(error?.diagnostics.last?.suggestion == "did you mean 'relic_density'?")
    #expect(throws: CardError.self) { try RunCardFile(forLimitsYAML: "constraints: [a, {", file: "card.yaml").card }
  }

  @Test func noLineIsAnError() {
    #expect(throws: LimitError.noLines(seeking: .hMue)) { try names("constraints: [perturbativity_h_mue]") }
    #expect(throws: LimitError.noLines(seeking: .hMue)) {
      try names("measurements: 2025\nconstraints: [mu_e_phi_twist]")
    }
    let yaml = "leptoscan: 1\naxes: { m_phi: 0.3, h_mue: 1e-3, m_psi: 0.1, g: 1 }\nconstraints: [k_e_nu_phi]"
    #expect(throws: LimitError.noLines(seeking: .g)) {
      try LimitCurves(of: RunCardFile(forLimitsYAML: yaml, file: "card.yaml").card, seeking: .g, device: NativeDevice())
    }
  }
}
