import LeptonicPortal
import Testing

@Suite struct ExactLimitTests {
  private static let muonMass = 0.1056583755

  /// Delta a_mu/h^2 and Delta a_e/h^2 by Tests/ReferenceData/loop_integral.py (loop_integral.csv).
  @Test(arguments: [
    (0.1061866673775, 0.018398723170847460625, 1.2294104471065649215e-8),
    (0.3169751265, 0.00025597481844414340721, 3.4965617583780755903e-9),
    (1.056583755, 0.000021267968623423535245, 4.5053120618963219417e-10),
  ])
  func anomalousMoments(mPhi: Double, muon: Double, electron: Double) throws {
    let limits = try LimitExample(mPhi: "\(mPhi)")
    let bounds = [
      ("_central", 251e-11), ("_1_sigma_low", 192e-11), ("_1_sigma_high", 310e-11), ("_3_sigma_low", 74e-11),
      ("_3_sigma_high", 428e-11), ("", 428e-11),
    ]
    for (suffix, bound) in bounds {
      #expect(agree(limits["g_minus_2_muon\(suffix)"].first, (bound / muon).squareRoot(), within: 1e-12), "\(suffix)")
    }
    #expect(agree(limits["g_minus_2_electron"].first, (13.8e-13 / electron).squareRoot(), within: 1e-12))
  }

  @Test func threeMuonMasses() throws {
    let limits = try LimitExample(mPhi: "\(3 * Self.muonMass)")
    #expect(agree(limits["g_minus_2_muon_central"].first, 3.131e-3, within: 2e-4))
    #expect(agree(limits["z_e_mu_atlas_2014"].first, 0.2805, within: 2e-2))
  }

  /// BR(K -> e nu phi)/h^2 against the limit of 6e-5.
  @Test func kaon() throws {
    let limits = try LimitExample(mPhi: "{ values: [0.106, 0.15, 0.2, 0.3, 0.6] }")
    let perH2 = [3.566e-3, 1.013e-3, 3.54e-4, 3.3e-5]
    for (h, rate) in zip(limits["k_e_nu_phi"], perH2) {
      #expect(agree(h, (6e-5 / rate).squareRoot(), within: 1e-2))
    }
    #expect(limits["k_e_nu_phi"].last?.isNaN == true, "closed above m_K - m_e")
  }

  /// The width 1.066e-15 GeV of arXiv:2202.04410's model at this point, against BR < 1e-4.
  @Test func muonToDark() throws {
    let limits = try LimitExample(mPhi: "0.25", mPsi: "0.05", g: "1")
    let expected = 0.03 * (1e-4 * 2.9959836e-19 / 1.066e-15).squareRoot()
    #expect(agree(limits["mu_e_psi_psi"].first, expected, within: 1e-3))
    #expect(try LimitExample(mPhi: "0.25", mPsi: "0.06")["mu_e_psi_psi"].first?.isNaN == true, "closed")
  }

  /// A measured value that is compatible with 0 is explained by any small coupling.
  @Test func favouredBandReachesZero() throws {
    let limits = try LimitExample(mPhi: "1", set: "2025")
    #expect(limits["g_minus_2_muon_1_sigma_low"] == [0])
    let ratio = limits["g_minus_2_muon"][0] / limits["g_minus_2_muon_central"][0]
    #expect(agree(ratio, (227.0 / 38).squareRoot(), within: 1e-12))
    let names = limits.curves.lines.map(\.name)
    #expect(names.contains("z_e_mu_cms_2025") && !names.contains("z_e_mu_atlas_2014"))
  }

  /// The coupling put back gives the observed density; where phi phi* alone leaves less every coupling is beyond the line.
  @Test(arguments: [("fermion", "0.08"), ("scalar", "0.05")])
  func relicDensity(darkMatter: String, g: String) throws {
    let limits = try LimitExample(mPhi: "{ values: [0.317, 1, 5] }", g: g, darkMatter: darkMatter)
    for (mPhi, h) in zip([0.317, 1, 5], limits["relic_density"]) {
      let density = try LimitExample.value(
        "relic_density", mPhi: mPhi, hMue: h, mPsi: mPhi / 3, g: Double(g) ?? .nan,
        darkMatter: DarkMatter(rawValue: darkMatter) ?? .fermion)
      #expect(agree(density, 0.120, within: 1e-5), "\(mPhi)")
    }
    let abundant = try LimitExample(mPhi: "1", mPsi: "{ ratio_to_m_phi: 0.95 }", g: "2", darkMatter: darkMatter)
    #expect(abundant["relic_density"] == [0] && abundant.statuses("relic_density") == [.everyCouplingBeyond])
  }

  /// Near the resonance the width of phi, which grows with h, counts: the answer is no longer a plain square root.
  @Test(arguments: [0.3, 0.499, 0.6]) func recombination(ratio: Double) throws {
    let limits = try LimitExample(
      mPhi: "1", mPsi: "{ ratio_to_m_phi: \(ratio) }", g: "0.001", darkMatter: "scalar")
    let h = try #require(limits["cmb_annihilation"].first)
    let pAnn = try LimitExample.value("p_ann", mPhi: 1, hMue: h, mPsi: ratio, g: 0.001, darkMatter: .scalar)
    #expect(agree(pAnn, 3.2e-28, within: 1e-9))
    #expect(try LimitExample(mPhi: "1")["cmb_annihilation"].first?.isNaN == true, "fermions annihilate in the P wave")
  }

  /// Next to the resonance, where phi decays visibly only, sigma v ~ h^2/(delta^2 + (h^2 gamma)^2) rises, falls again, and is
  /// below the limit at the largest coupling: the line is at the first crossing.
  @Test func aRateThatFallsAgainHasALine() throws {
    let (mPhi, mPsi, limit, top) = (1.0, 0.5025, 3.2e-28, 3.544)
    func pAnn(_ hMue: Double, _ g: Double) throws -> Double {
      try LimitExample.value("p_ann", mPhi: mPhi, hMue: hMue, mPsi: mPsi, g: g, darkMatter: .scalar)
    }
    let g = 1e-6 * (3 * limit / (try pAnn(0.7, 1e-6))).squareRoot()
    #expect(try pAnn(top, g) < limit)
    #expect(try pAnn(0.7, g) > limit)
    let line = try LimitExample(mPhi: "\(mPhi)", mPsi: "\(mPsi)", g: "\(g) GeV", darkMatter: "scalar")[
      "cmb_annihilation"]
    let h = try #require(line.first)
    #expect(h < 0.7)
    #expect(agree(try pAnn(h, g), limit, within: 1e-9), "\(h)")
  }
}
