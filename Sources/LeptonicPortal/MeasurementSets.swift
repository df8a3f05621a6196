extension MeasurementSet {
  /// The numbers that Gninenko and Krasnikov used (arXiv:2202.04410).
  static let gk2022 = MeasurementSet(
    name: "gk2022", date: "2022-02", title: "the measurements used in arXiv:2202.04410",
    measurements: [
      Measurement(
        "g_minus_2_muon", of: "delta_a_mu", .value(251e-11, uncertainty: 59e-11),
        citations: ["MuonGm2:2021", "WhitePaper:2020"],
        reference: "average of BNL E821 and FNAL run 1 minus the 2020 white paper"),
      electronMoment, twist, pienu, muonToDark, kaon,
      Measurement(
        "z_e_mu_atlas_2014", of: "ratio_z_e_mu_phi_accepted", .upperLimit(7.5e-7, confidenceLevel: 0.95),
        normalization: PhysicalConstants.zToElectrons, citations: ["ATLAS:2014"],
        reference: "BR(Z -> e mu), 8 TeV, 20.3 fb-1", evidence: .recast),
      Measurement(
        "higgs_portal", of: "lambda_higgs_phi", .upperLimit(0.01, confidenceLevel: nil),
        citations: ["GninenkoKrasnikov:2022"], reference: "from the invisible width of the Higgs boson, as quoted there"
      ),
      relicDensity, cmbAnnihilation,
    ])

  /// The state of 2025: the muon's anomalous moment after the final FNAL result and the second white paper, and the newer
  /// limits on Z -> e mu and on invisible decays of the Higgs boson.
  static let year2025 = MeasurementSet(
    name: "2025", date: "2025-12", title: "measurements published by the end of 2025",
    measurements: [
      Measurement(
        "g_minus_2_muon", of: "delta_a_mu", .value(38e-11, uncertainty: 63e-11),
        citations: ["MuonGm2:2025", "WhitePaper:2025"],
        reference: "world average of 2025 minus the 2025 white paper"),
      electronMoment, twist, pienu, muonToDark, kaon,
      Measurement(
        "z_e_mu_atlas_2022", of: "ratio_z_e_mu_phi_accepted", .upperLimit(2.62e-7, confidenceLevel: 0.95),
        normalization: PhysicalConstants.zToElectrons, citations: ["ATLAS:2022"],
        reference: "BR(Z -> e mu), 13 TeV, 139 fb-1", evidence: .recast),
      Measurement(
        "z_e_mu_cms_2025", of: "ratio_z_e_mu_phi_accepted", .upperLimit(1.9e-7, confidenceLevel: 0.95),
        normalization: PhysicalConstants.zToElectrons, citations: ["CMS:2025"],
        reference: "BR(Z -> e mu), 13 TeV, 138 fb-1", evidence: .recast),
      Measurement(
        "higgs_invisible", of: "br_higgs_invisible", .upperLimit(0.107, confidenceLevel: 0.95),
        citations: ["ATLAS:2023"], reference: "BR(h -> invisible), 7, 8 and 13 TeV combined"),
      relicDensity, cmbAnnihilation,
    ])

  /// 2025 with the electron's magnetic moment of 2022, and K -> e nu phi inside the momentum window of the search.
  static let year2026 = year2026(
    "2026", "measurements published by the end of 2026, alpha from rubidium",
    Measurement(
      "g_minus_2_electron", of: "delta_a_e", .value(3.4e-13, uncertainty: 1.6e-13),
      citations: ["Fan:2022", "Morel:2020"],
      reference:
        "a_e = 1159652180.59(13)e-12 minus the prediction with alpha from rubidium, the more precise alpha; set 2026-cs has cesium"
    ))

  /// The same with alpha from cesium. Phi raises a_e, and the measured value lies 3.9 standard deviations below the standard
  /// model: with this set every point is excluded, also one without phi.
  static let year2026Cesium = year2026(
    "2026-cs", "measurements published by the end of 2026, alpha from cesium",
    Measurement(
      "g_minus_2_electron", of: "delta_a_e", .value(-10.2e-13, uncertainty: 2.6e-13),
      citations: ["Fan:2022", "Parker:2018"],
      reference: "a_e = 1159652180.59(13)e-12 minus the prediction with alpha from cesium"))

  private static func year2026(_ name: String, _ title: String, _ electronMoment: Measurement) -> MeasurementSet {
    let kaonInWindow = Measurement(
      "k_e_nu_phi", of: "br_k_e_nu_phi_accepted", .upperLimit(6e-5 * 0.0196, confidenceLevel: 0.9),
      citations: ["Heintze:1979"],
      reference: "BR(K -> e nu nu nubar) < 6e-5, of whose phase space 0.0196 lies between 220 and 230 MeV/c",
      evidence: .recast)
    let replaced = [electronMoment.name: electronMoment, kaonInWindow.name: kaonInWindow]
    return MeasurementSet(
      name: name, date: "2026-12", title: title,
      measurements: year2025.measurements.map { replaced[$0.name] ?? $0 })
  }

  private static let electronMoment = Measurement(
    "g_minus_2_electron", of: "delta_a_e", .value(4.8e-13, uncertainty: 3.0e-13), citations: ["Morel:2020"],
    reference: "measured minus predicted with alpha from rubidium recoil")
  private static let twist = Measurement(
    "mu_e_phi_twist", of: "br_mu_e_phi", .upperLimit(1e-5, confidenceLevel: 0.9), mPhiRange: 0.013...0.080,
    citations: ["TWIST:2014"], reference: "order of magnitude of the limit over the mass range; it varies with m_phi",
    evidence: .recast)
  private static let pienu = Measurement(
    "mu_e_phi_pienu", of: "br_mu_e_phi", .upperLimit(1e-5, confidenceLevel: 0.9), mPhiRange: 0.0478...0.0951,
    citations: ["PIENU:2020"], reference: "order of magnitude of the limit over the mass range; it varies with m_phi",
    evidence: .recast)
  private static let muonToDark = Measurement(
    "mu_e_psi_psi", of: "br_mu_e_psi_psi", .upperLimit(1e-4, confidenceLevel: nil), citations: [],
    reference: "assumed: any sane limit on mu -> e + invisible; no dedicated search is used",
    evidence: .hypothetical)
  private static let kaon = Measurement(
    "k_e_nu_phi", of: "br_k_e_nu_phi", .upperLimit(6e-5, confidenceLevel: 0.9), citations: ["Heintze:1979"],
    reference: "BR(K -> e nu nu nubar)", evidence: .recast)
  private static let relicDensity = Measurement(
    "relic_density", of: "relic_density", .value(0.120, uncertainty: 0.001), citations: ["Planck:2018"],
    reference: "Omega_c h^2, TT,TE,EE+lowE+lensing")
  private static let cmbAnnihilation = Measurement(
    "cmb_annihilation", of: "p_ann", .upperLimit(3.2e-28, confidenceLevel: 0.95), units: "cm3 s-1 GeV-1",
    citations: ["Planck:2018"], reference: "f_eff <sigma v>/m at recombination, TT,TE,EE+lowE+lensing+BAO")
}
