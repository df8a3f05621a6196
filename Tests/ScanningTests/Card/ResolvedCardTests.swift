import Scanning
import Testing

@Suite("The resolved card")
struct ResolvedCardTests {
  @Test func canonicalText() throws {
    let text = card(
      mPhi: "{ points: 200, to: 10 GeV, from: 110 MeV }", mPsi: "{ ratio_to_m_phi: 1/3 }", g: "{ values: [1e-20, 1] }",
      more: "  m_psi2: { splitting: 10 MeV }")
    #expect(
      try readCard(text).resolved == """
        leptoscan: 1
        dark_matter: fermion
        axes:
          m_phi: { from: 0.11 GeV, to: 10 GeV, points: 200, spacing: log }
          h_mue: 0.003
          m_psi: { ratio_to_m_phi: 0.3333333333333333 }
          g: { values: [1e-20, 1] }
          m_psi2: { splitting: 0.01 GeV }
        observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible]
        relic_density: { treatment: exact, annihilation: all, degrees_of_freedom: dhs, f_eff: 1, last_x: 20000 }
        output: { precision: float64 }
        seed: 1

        """)
  }

  @Test func productionInFull() throws {
    let text = card(more: "production: { channel: e-mu, target: Pb, energy: 1 TeV }")
    #expect(
      try readCard(text).resolved.contains(
        """
        production: { channel: e-mu, target: Pb, energy: 1000 GeV, recoil_min: 0 GeV, theta_max: 3.141592653589793, \
        form_factor: elastic, chirality: right, method: etl }

        """))
  }

  @Test func canonicalTextOfPoints() throws {
    let text = card(
      mPhi: "{ to: 10 GeV, from: 110 MeV }", mPsi: "{ ratio_to_m_phi: { from: 0.1, to: 1/2, spacing: linear } }",
      more: "points: { count: 7, method: sobol }\nobservables: [delta_a_mu]")
    #expect(
      try readCard(text).resolved.hasPrefix(
        """
        leptoscan: 1
        dark_matter: fermion
        points: { method: sobol, count: 7, keep: all }
        axes:
          m_phi: { from: 0.11 GeV, to: 10 GeV, spacing: log }
          h_mue: 0.003
          m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.5, spacing: linear } }
          g: 0.1
          m_psi2: { splitting: 0 GeV }
        observables: [delta_a_mu]

        """))
    #expect(
      try readCard("leptoscan: 1\npoints: { file: list.csv }\nseed: 3").resolved.hasPrefix(
        """
        leptoscan: 1
        dark_matter: fermion
        points: { file: "list.csv", keep: all }
        observables:
        """))
  }

  /// An experiment of the program is named, with what the card says about constraints.
  @Test func constraintsInFull() throws {
    let text = card(more: "measurements: gk2022\nexperiments: [m3]\nconstraints: [m3, relic_density]")
    let resolved = try readCard(text).resolved
    #expect(
      resolved.contains(
        "measurements: gk2022\nexperiments: [m3]\nconstraints: [m3, relic_density]\ntreatment: exact\n"))
    #expect(resolved.contains("events_m3, log_likelihood_m3, log_likelihood_relic_density, log_likelihood, excluded]"))
  }

  @Test(arguments: [
    card(),
    card(mPhi: "{ from: 0.1056583755, to: 1e22, points: 12345 }", more: "seed: 0"),
    card(mPsi: "{ ratio_to_m_phi: { from: 1/7, to: 9/7, points: 3 } }", more: "  m_psi2: { ratio_to_m_psi: 10/9 }"),
    card(mPsi: "{ ratio_to_m_phi: { values: [1/7, 2/7] } }", more: "output: { precision: float32 }"),
    card(
      hMue: "{ from: 1e-29, to: 3.5, points: 7, spacing: linear }", more: "  m_psi2: 2 TeV\nobservables: [delta_a_e]"),
    card(g: "{ values: [1 eV, 3 keV] }", more: "dark_matter: scalar"),
    card(more: "relic_density: { treatment: gk2022, degrees_of_freedom: laine-meyer }"),
    card(more: "relic_density: { annihilation: e-mu, f_eff: 0.4, last_x: 1e6 }"),
    card(more: "production: { channel: e-mu, target: pb, energy: 100 }\nobservables: [sigma_pb, delta_a_mu]"),
    card(
      more: """
        production:
          channel: mu-e
          target: 82,207.2
          energy: { from: 10, to: 160, points: 7 }
          recoil_min: 10 MeV
          recoil_max: 1 TeV
          theta_max: 0.1
          form_factor: elastic+inelastic
          chirality: left
          monte_carlo: { samples: 1e5 }
        """),
    card(
      mPhi: "{ from: 110 MeV, to: 1e22 }", mPsi: "{ ratio_to_m_phi: { from: 1/7, to: 9/7, spacing: linear } }",
      more: "  m_psi2: { splitting: 1 eV }\npoints: { method: random, count: 1000000000000 }"),
    card(
      g: "{ from: 1 eV, to: 3 keV, spacing: linear }",
      more: "dark_matter: scalar\npoints: { method: sobol, count: 1 }"),
    "leptoscan: 1\npoints: { file: \"a \\\" \\\\ \\n \\u0007 # ä.csv\" }",
    "leptoscan: 1\npoints: { file: l.h5, keep: allowed }\nmeasurements: 2025",
    "leptoscan: 1\npoints: { file: l.h5, keep: { relic_status: 3 } }",
    "leptoscan: 1\npoints: { file: l.h5, count: 3, sha256: \(String(repeating: "aB", count: 32)) }",
    card(more: "measurements: gk2022\ntreatment: gk2022"),
    card(more: "treatment: gk2022"),
    card(more: "experiments: [na64e-2022, m3]\nmeasurements: 2025"),
    card(
      more: "measurements: 2025\nconstraints: [{ name: relic_density, sides: both, deviations: 2 }, g_minus_2_muon]"),
    card(
      more: """
        experiments:
          - leptoscan_experiment: 1
            name: mine
            title: 'a "quoted" \\ title'
            beam: { lepton: muon, energy: 160 GeV }
            particles_on_target: 1e10
            layers: [{ material: Pb, thickness: 22.3 cm }, { material: Fe, thickness: 1 X0 }]
            cuts: { x_min: 0.4, recoil_energy_max: 12 GeV, recoil_angle_max: 0.3 }
            efficiency: { m_phi: [0.1, 0.7], value: [0.5, 0.25] }
            observed: 2
            background: { events: 1.5, uncertainty: 0.5 }
            source: me
            citations: ["NA64:2019"]
            assumed: { efficiency: a guess }
        """),
  ])
  func readsBackAsAnEqualCard(_ yaml: String) throws {
    let read = try readCard(yaml)
    let again = try readCard(read.resolved)
    #expect(again == read)
    #expect(again.resolved == read.resolved)
  }
}
