import LeptonicPortal
import Testing

struct MeasurementSetTests {
  private func measurement(_ name: String, in set: String) throws -> Measurement {
    let set = try #require(MeasurementSet.named(set))
    return try #require(set[name])
  }

  @Test func setsAreFoundByName() {
    #expect(MeasurementSet.all.map(\.name) == ["gk2022", "2025", "2026", "2026-cs"])
    #expect(MeasurementSet.named("2022") == nil)
    #expect(MeasurementSet.latest.name == "2025")
    #expect(MeasurementSet.all.map(\.date) == MeasurementSet.all.map(\.date).sorted(), "oldest first")
  }

  /// 3 sigma bounds: 251 + 3 * 59 = 428, 38 + 3 * 63 = 227.
  @Test(arguments: [("gk2022", 428e-11), ("2025", 227e-11)])
  func muonMomentBounds(set: String, bound: Double) throws {
    #expect(abs(try measurement("g_minus_2_muon", in: set).upperBound() / bound - 1) < 1e-12)
  }

  /// 4.8 + 3 * 3.0, 3.4 + 3 * 1.6 (rubidium), -10.2 + 3 * 2.6 (cesium) [1e-13].
  @Test(arguments: [("gk2022", 13.8e-13), ("2025", 13.8e-13), ("2026", 8.2e-13), ("2026-cs", -2.4e-13)])
  func electronMomentBound(set: String, bound: Double) throws {
    #expect(abs(try measurement("g_minus_2_electron", in: set).upperBound() / bound - 1) < 1e-12)
  }

  /// Nothing else differs between 2025 and 2026 but the kaon's window, and the two alphas nothing but a_e.
  @Test func setsOf2026() throws {
    let sets = try ["2025", "2026", "2026-cs"].map { try #require(MeasurementSet.named($0)) }
    #expect(sets.allSatisfy { $0.measurements.map(\.name) == sets[0].measurements.map(\.name) })
    func changed(_ a: Int, _ b: Int) -> [String] {
      zip(sets[a].measurements, sets[b].measurements).filter { $0 != $1 }.map(\.1.name)
    }
    #expect(changed(0, 1) == ["g_minus_2_electron", "k_e_nu_phi"] && changed(1, 2) == ["g_minus_2_electron"])
    #expect(try abs(measurement("k_e_nu_phi", in: "2026").upperBound() / 1.176e-6 - 1) < 1e-12)
    #expect(try measurement("k_e_nu_phi", in: "2026").observable == "br_k_e_nu_phi_accepted")
  }

  @Test func evidenceOfMeasurements() throws {
    #expect(try measurement("mu_e_psi_psi", in: "2025").evidence == .hypothetical)
    #expect(try measurement("z_e_mu_cms_2025", in: "2025").evidence == .recast)
    #expect(try measurement("g_minus_2_muon", in: "2025").evidence == .measured)
  }

  @Test(arguments: [
    ("gk2022", "z_e_mu_atlas_2014", 7.5e-7), ("2025", "z_e_mu_atlas_2022", 2.62e-7),
    ("2025", "z_e_mu_cms_2025", 1.9e-7),
  ])
  func limitsOnZAreBranchingRatios(set: String, name: String, limit: Double) throws {
    let measurement = try measurement(name, in: set)
    #expect(measurement.result == .upperLimit(limit, confidenceLevel: 0.95))
    #expect(measurement.observable == Observables.ratioZEMuPhiAccepted.name)
    #expect(abs(measurement.upperBound() * PhysicalConstants.zToElectrons / limit - 1) < 1e-14)
  }

  @Test(arguments: ["gk2022", "2025"])
  func limitsThatBothSetsShare(set: String) throws {
    #expect(try measurement("k_e_nu_phi", in: set).result == .upperLimit(6e-5, confidenceLevel: 0.9))
    #expect(try measurement("mu_e_phi_twist", in: set).mPhiRange == 0.013...0.080)
    #expect(try measurement("mu_e_phi_pienu", in: set).mPhiRange == 0.0478...0.0951)
    #expect(try measurement("relic_density", in: set).result == .value(0.120, uncertainty: 0.001))
    #expect(try measurement("cmb_annihilation", in: set).upperBound() == 3.2e-28)
    let assumed = try #require(MeasurementSet.named(set)).measurements.filter(\.isAssumed)
    #expect(assumed.map(\.name) == ["mu_e_psi_psi"])
    #expect(assumed.map { $0.upperBound() } == [1e-4])
    #expect(assumed.allSatisfy { $0.reference.hasPrefix("assumed") })
  }

  @Test func everyCitationHasAnEntryAndEveryMeasurementAReference() {
    for set in MeasurementSet.all {
      #expect(Set(set.measurements.map(\.name)).count == set.measurements.count)
      #expect(set.measurements.allSatisfy { !$0.reference.isEmpty })
      for key in set.citations { #expect(Bibliography.entry(key) != nil, "\(key)") }
      #expect(Set(set.citations).count == set.citations.count)
    }
    #expect(Set(Bibliography.entries.map(\.key)).count == Bibliography.entries.count)
  }

  @Test func bibTeX() throws {
    let entry = try #require(Bibliography.entry("PIENU:2020"))
    #expect(
      entry.bibTeX == """
        @article{PIENU:2020,
          author = {Aguilar-Arevalo, A. and others},
          title = {Improved search for two body muon decay {$\\mu^+ \\to e^+ X_H$}},
          journal = {Phys. Rev. D 101, 052014},
          year = {2020},
          eprint = {2002.09170},
          archivePrefix = {arXiv}
        }
        """)
    for text in Bibliography.entries.map(\.bibTeX) {
      #expect(text.filter { $0 == "{" }.count == text.filter { $0 == "}" }.count, "\(text)")
    }
  }

  @Test func couplingsFromBounds() throws {
    let kaon = try measurement("k_e_nu_phi", in: "2025")
    #expect(abs(kaon.largestCoupling(valuePerSquaredCoupling: 3.566e-3) - 0.1297) < 1e-4)
    #expect(kaon.largestCoupling(valuePerSquaredCoupling: 0) == .infinity)
    let moment = try measurement("g_minus_2_muon", in: "2025")
    #expect(moment.largestCoupling(valuePerSquaredCoupling: 1e-4, deviations: -1) == 0)
    // h < 0.29 with the acceptance, at m_phi = 0.317.
    let z = try measurement("z_e_mu_atlas_2014", in: "gk2022")
    #expect(abs(z.largestCoupling(valuePerSquaredCoupling: 4.86e-2 * 0.56e-2) - 0.29) < 0.005)
  }
}
