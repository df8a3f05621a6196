import LeptonicPortal
import Limits
import Testing

/// The line of the relic density: solved for either coupling, with all solutions, and what it means if there is none.
@Suite struct RelicLineTests {
  /// Every g found, put into `evaluate`, leaves the observed density: away from the resonance, on it, and near degeneracy.
  @Test(arguments: [("fermion", "{ values: [1e-3, 0.1] }"), ("scalar", "{ values: [1e-4, 3e-3] }")])
  func densityAtTheG(darkMatter: String, hMue: String) throws {
    let example = try LimitExample(
      mPhi: "{ values: [0.3, 3] }", mPsi: "{ ratio_to_m_phi: { values: [1/3, 0.4849, 0.7, 0.99] } }", g: "1",
      darkMatter: darkMatter, set: "2025", hMue: hMue, seeking: .g)
    #expect(example.curves.lines.map(\.name) == ["relic_density"])
    #expect(example.curves.space.dimensions.map(\.name) == ["m_phi", "h_mue", "m_psi_over_m_phi"])
    let matter = try #require(DarkMatter(rawValue: darkMatter))
    let space = example.curves.space
    func column(_ quantity: Quantity) throws -> [Double] {
      try #require(space.parameters[quantity]).values(over: space)
    }
    let (mPhi, hMue, mPsi) = try (column(Parameters.mPhi), column(Parameters.hMue), column(Parameters.mPsi))
    var found = 0
    for k in mPhi.indices {
      guard [.oneCoupling, .severalCouplings].contains(example.curves.statuses[0][k]) else { continue }
      found += 1
      for g in [example.curves.couplings[0][k], example.curves.largestCouplings[0][k]] {
        let density = try LimitExample.value(
          "relic_density", mPhi: mPhi[k], hMue: hMue[k], mPsi: mPsi[k], g: g, darkMatter: matter)
        #expect(agree(density, 0.120, within: 1e-8), "\(mPhi[k]) \(hMue[k]) \(mPsi[k]) \(g)")
      }
    }
    #expect(found >= 12)
  }

  /// In the plane of both couplings the line is the same, whichever is sought.
  @Test func theInverseOfTheOther() throws {
    let h = try #require(LimitExample(mPhi: "1", g: "0.3")["relic_density"].first)
    let g = try #require(LimitExample(mPhi: "1", hMue: "\(h)", seeking: .g)["relic_density"].first)
    #expect(agree(g, 0.3, within: 1e-8))
  }

  /// Eq. (21): h g = 9.47e-4 (m_phi/GeV) at m_psi = m_phi/3.
  @Test func estimateOfThePaper() throws {
    let limits = try LimitExample(mPhi: "0.5", treatment: .gk2022, hMue: "{ values: [1e-5, 1e-2] }", seeking: .g)
    #expect(limits.statuses("relic_density") == [.noCouplingBeyond, .oneCoupling])
    #expect(limits["relic_density"][0].isNaN && agree(limits["relic_density"][1], 9.47e-2 * 0.5, within: 2e-3))
  }

  /// The densities at the two couplings, and between them less or more.
  @Test(arguments: [
    // Omega rises where the width that h or g makes smears the resonance.
    (SoughtCoupling.hMue, 3.278, 0.4887, 1.09e-3), (.g, 1.685, 0.4849, 4.13e-5),
  ])
  func severalCouplings(sought: SoughtCoupling, mPhi: Double, ratio: Double, given: Double) throws {
    let example = try LimitExample(
      mPhi: "\(mPhi)", mPsi: "{ ratio_to_m_phi: \(ratio) }", g: "\(given)", hMue: "\(given)", seeking: sought)
    #expect(example.statuses("relic_density") == [.severalCouplings])
    let line = try #require(example.curves.lines.firstIndex { $0.name == "relic_density" })
    let (smallest, largest) = (example.curves.couplings[line][0], example.curves.largestCouplings[line][0])
    func density(_ coupling: Double) throws -> Double {
      try LimitExample.value(
        "relic_density", mPhi: mPhi, hMue: sought == .hMue ? coupling : given, mPsi: ratio * mPhi,
        g: sought == .hMue ? given : coupling)
    }
    #expect(smallest < largest)
    #expect(try agree(density(smallest), 0.12, within: 1e-8) && agree(density(largest), 0.12, within: 1e-8))
    #expect(try density((smallest * largest).squareRoot()) < 0.12)
    #expect(try density(smallest / 2) > 0.12 && density(largest * 2) > 0.12)
  }

  /// phi phi* leaves less than 1.2e-5 for every h; far below m_phi nothing is strong enough; the kernel has no density for
  /// m_psi2 > 3 m_psi; a resonance that leaves too little as long as it is wide enough to be computed.
  @Test func whyThereIsNone() throws {
    func status(_ sought: SoughtCoupling, _ mPhi: Double, _ mPsi: Double, given: Double, mPsi2: String? = nil) throws
      -> (LimitStatus?, Double)
    {
      let example = try LimitExample(
        mPhi: "\(mPhi)", mPsi: "\(mPsi)", g: "\(given)", hMue: "\(given)", mPsi2: mPsi2, seeking: sought)
      return (example.statuses("relic_density").first, example["relic_density"].first ?? -1)
    }
    #expect(try status(.hMue, 1, 0.99, given: 1) == (.everyCouplingBeyond, 0))
    for h in [1e-8, 1e-3, 3] {
      #expect(try LimitExample.value("relic_density", mPhi: 1, hMue: h, mPsi: 0.99, g: 1) < 1.2e-5)
    }
    for (sought, mPhi, mPsi, given, mPsi2, expected) in [
      (SoughtCoupling.hMue, 100.0, 1.0, 1e-3, nil, LimitStatus.noCouplingBeyond),
      (.g, 100, 1, 1e-3, nil, .noCouplingBeyond), (.hMue, 1, 0.3, 1, "0.95 GeV", .outsideDomain),
      (.g, 1, 0.3, 1, "0.95 GeV", .outsideDomain), (.g, 0.3, 0.1485, 5e-6, nil, .notComputable),
    ] {
      let (status, coupling) = try status(sought, mPhi, mPsi, given: given, mPsi2: mPsi2)
      #expect(status == expected && coupling.isNaN, "\(sought) \(mPhi)")
    }
    let tooLittle = try LimitExample.value("relic_density", mPhi: 0.3, hMue: 5e-6, mPsi: 0.1485, g: 1e-3)
    let unknown = try LimitExample.value("relic_density", mPhi: 0.3, hMue: 5e-6, mPsi: 0.1485, g: 1e-6)
    #expect(tooLittle < 0.12 && unknown.isNaN)
  }

  /// Of the other lines: a closed decay, the edge of a band that reaches 0, a psi2 that has decayed, so that nothing annihilates.
  @Test func statusesOfOtherLines() throws {
    let limits = try LimitExample(mPhi: "1", set: "2025")
    #expect(limits.statuses("k_e_nu_phi") == [.noCouplingBeyond])
    #expect(limits.statuses("g_minus_2_muon") == [.oneCoupling])
    #expect(limits.statuses("g_minus_2_muon_1_sigma_low") == [.everyCouplingBeyond])
    let outside = try LimitExample(mPhi: "1", mPsi: "0.3", g: "1", darkMatter: "scalar", mPsi2: "0.95 GeV")
    #expect(outside.statuses("cmb_annihilation") == [.noCouplingBeyond])
    #expect(outside["cmb_annihilation"].first?.isNaN == true)
  }
}
