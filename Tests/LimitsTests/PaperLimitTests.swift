import LeptonicPortal
import Testing

/// The numbers that arXiv:2202.04410 prints, by its own estimates.
@Suite struct PaperLimitTests {
  private let muonMass = 0.1056583755

  @Test(arguments: [0.2, 1.0, 7.5]) func anomalousMoment(mPhi: Double) throws {
    let limits = try LimitExample(mPhi: "\(mPhi)", treatment: .gk2022)
    // Eq. (6), and the upper bound 428e-11 of the text.
    #expect(agree(limits["g_minus_2_muon_central"].first, 1.09e-3 * mPhi / muonMass, within: 3e-3))
    #expect(agree(limits["g_minus_2_muon"].first, 1.42e-3 * mPhi / muonMass, within: 5e-3))
    #expect(limits["g_minus_2_muon_3_sigma_high"] == limits["g_minus_2_muon"])
  }

  @Test func decays() throws {
    let limits = try LimitExample(mPhi: "{ values: [0.15, 0.25] }", treatment: .gk2022)
    #expect(limits["z_e_mu_atlas_2014"].allSatisfy { agree($0, 2.97e-2, within: 2e-3) })
    #expect(agree(limits["k_e_nu_phi"].first, 7e-2, within: 2e-2))
    #expect(limits["k_e_nu_phi"].last?.isNaN == true, "the paper gives it below 0.2 GeV")
  }

  /// Eq. (21).
  @Test func relicDensity() throws {
    let limits = try LimitExample(mPhi: "{ values: [0.5, 2] }", g: "{ values: [0.08, 0.3] }", treatment: .gk2022)
    let products = [0.5, 0.5, 2, 2].map { 9.47e-4 * $0 }
    for (h, (product, g)) in zip(limits["relic_density"], zip(products, [0.08, 0.3, 0.08, 0.3])) {
      #expect(agree(h * g, product, within: 2e-3))
    }
  }
}
