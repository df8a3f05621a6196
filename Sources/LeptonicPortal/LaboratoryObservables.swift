import PortalKernels

/// Decays that phi would cause, and that are searched for (docs/constraints.md).
extension Observables {
  public static let brMuEPhi = Quantity(
    "br_mu_e_phi", units: "1", longName: "width of mu -> e phi divided by the muon's width",
    references: "arXiv:2202.04410 eq. (2); limits arXiv:1409.0638, arXiv:2002.09170")
  public static let brMuEPsiPsi = Quantity(
    "br_mu_e_psi_psi", units: "1", longName: "width of mu -> e and two dark particles divided by the muon's width",
    references: "arXiv:2202.04410 eqs. (2), (10), (11), phi off its mass shell")
  public static let michelRhoShift = Quantity(
    "michel_rho_shift", units: "1",
    longName: "how far mu -> e and two dark particles shift the Michel parameter rho of a fit to 24-52 MeV/c",
    references: "arXiv:1112.3606: rho = 0.74977(12)(23)")
  public static let brKENuPhi = Quantity(
    "br_k_e_nu_phi", units: "1", longName: "branching ratio of K -> e nu phi",
    references: "arXiv:2202.04410 eq. (2), exact in m_phi; limit Heintze et al., Nucl. Phys. B 149 (1979) 365")
  public static let brKENuPhiAccepted = Quantity(
    "br_k_e_nu_phi_accepted", units: "1",
    longName: "branching ratio of K -> e nu phi with an electron of 220 to 230 MeV",
    references: "arXiv:2202.04410 eq. (2), exact in m_phi; window of Heintze et al., Nucl. Phys. B 149 (1979) 365")
  public static let ratioPiENuPhi = Quantity(
    "ratio_pi_e_nu_phi", units: "1", longName: "width of pi -> e nu phi divided by that of pi -> mu nu",
    references: "arXiv:2202.04410 eq. (2), exact in m_phi; limit arXiv:2101.07381")
  public static let ratioZEMuPhi = Quantity(
    "ratio_z_e_mu_phi", units: "1", longName: "width of Z -> e mu phi, both charges, divided by that of Z -> e e",
    references: "arXiv:2202.04410 eq. (2), exact in m_phi")
  public static let ratioZEMuPhiAccepted = Quantity(
    "ratio_z_e_mu_phi_accepted", units: "1",
    longName: "width of Z -> e mu phi with m_emu above m_Z - 5 GeV divided by that of Z -> e e",
    references: "arXiv:2202.04410 eq. (2), exact in m_phi; limits arXiv:1408.5774, arXiv:2204.10783")
  public static let ratioHEMuPhi = Quantity(
    "ratio_h_e_mu_phi", units: "1",
    longName: "width of h -> e mu phi, both charges, divided by the standard model's width of h",
    references: "arXiv:2202.04410 eqs. (2), (8) with the Higgs boson")

  /// In the order in which they are shown.
  static let laboratory = [
    brMuEPhi, brMuEPsiPsi, michelRhoShift, ratioPiENuPhi, brKENuPhi, brKENuPhiAccepted, ratioZEMuPhi,
    ratioZEMuPhiAccepted, ratioHEMuPhi,
  ]
}

/// The formulas behind ``Observables/laboratory``: a kernel per squared coupling, then the couplings.
enum LaboratoryFormulas {
  static func all(_ darkMatter: DarkMatter) -> [Formula] {
    [
      Formula(
        Kernel(portal_kernel_muon_to_electron_phi), of: [Parameters.mPhi], gives: [widthMuEPhiPerH2, brMuEPhiPerH2]),
      Formula(
        Kernel(portal_kernel_kaon_to_electron_phi), of: [Parameters.mPhi], gives: [ratioKENuPhiPerH2, brKENuPhiPerH2]),
      Formula(
        Kernel(portal_kernel_kaon_to_electron_phi_accepted), of: [Parameters.mPhi], gives: [brKENuPhiAcceptedPerH2]),
      Formula(Kernel(portal_kernel_pion_to_electron_phi), of: [Parameters.mPhi], gives: [ratioPiENuPhiPerH2]),
      Formula(
        Kernel(portal_kernel_higgs_to_electron_muon_phi), of: [Parameters.mPhi],
        gives: [widthHEMuPhiPerH2, ratioHEMuPhiPerH2]),
      Formula(
        Kernel(portal_kernel_z_to_electron_muon_phi), of: [Parameters.mPhi],
        gives: [ratioZEMuPhiPerH2, ratioZEMuPhiAcceptedPerH2]),
      scaled(brMuEPhiPerH2, by: Parameters.hMue, gives: Observables.brMuEPhi),
      scaled(brKENuPhiPerH2, by: Parameters.hMue, gives: Observables.brKENuPhi),
      scaled(brKENuPhiAcceptedPerH2, by: Parameters.hMue, gives: Observables.brKENuPhiAccepted),
      scaled(ratioPiENuPhiPerH2, by: Parameters.hMue, gives: Observables.ratioPiENuPhi),
      scaled(ratioHEMuPhiPerH2, by: Parameters.hMue, gives: Observables.ratioHEMuPhi),
      scaled(ratioZEMuPhiPerH2, by: Parameters.hMue, gives: Observables.ratioZEMuPhi),
      scaled(ratioZEMuPhiAcceptedPerH2, by: Parameters.hMue, gives: Observables.ratioZEMuPhiAccepted),
    ] + muonToDark(darkMatter)
  }

  /// mu -> e psi1 psi2bar: the width of phi enters its propagator, so the couplings are not mere factors.
  private static func muonToDark(_ darkMatter: DarkMatter) -> [Formula] {
    let kernel =
      darkMatter == .fermion ? portal_kernel_muon_to_electron_fermions : portal_kernel_muon_to_electron_scalars
    let units = darkMatter == .fermion ? ("GeV", "1") : ("GeV-1", "GeV-2")
    let width = Quantity(
      "width_mu_e_psi_psi_per_h2_g2", units: units.0, longName: "width of mu -> e psi psi per squared couplings")
    let perH2G2 = Quantity(
      "br_mu_e_psi_psi_per_h2_g2", units: units.1, longName: "br_mu_e_psi_psi per squared couplings")
    let perH2 = Quantity(
      "br_mu_e_psi_psi_per_h2", units: "1", longName: "br_mu_e_psi_psi divided by the square of h_mue")
    let michel =
      darkMatter == .fermion ? portal_kernel_michel_shift_fermions : portal_kernel_michel_shift_scalars
    return [
      Formula(
        Kernel(michel), of: [Parameters.mPhi, Parameters.mPsi, Parameters.mPsi2],
        gives: [michelShift, michelFraction, absoluteMichelShift]),
      Formula(
        Kernel(portal_kernel_product), of: [Observables.brMuEPsiPsi, absoluteMichelShift],
        gives: [Observables.michelRhoShift]),
      Formula(
        Kernel(kernel),
        of: [
          Parameters.mPhi, Parameters.mPsi, Parameters.mPsi2, Observables.widthInvisible, Observables.widthVisible,
        ],
        gives: [width, perH2G2]),
      scaled(perH2G2, by: Parameters.g(darkMatter), gives: perH2),
      scaled(perH2, by: Parameters.hMue, gives: Observables.brMuEPsiPsi),
    ]
  }

  private static func scaled(_ value: Quantity, by coupling: Quantity, gives result: Quantity) -> Formula {
    Formula(Kernel(portal_kernel_times_squared_coupling), of: [coupling, value], gives: [result])
  }

  private static let michelShift = Quantity(
    "michel_rho_shift_per_br", units: "1", longName: "shift of rho divided by br_mu_e_psi_psi")
  private static let michelFraction = Quantity(
    "michel_fraction", units: "1", longName: "part of the positrons of mu -> e psi psi inside 24-52 MeV/c")
  private static let absoluteMichelShift = Quantity(
    "michel_rho_shift_per_br_absolute", units: "1", longName: "michel_rho_shift divided by br_mu_e_psi_psi")
  private static let widthMuEPhiPerH2 = Quantity(
    "width_mu_e_phi_per_h2", units: "GeV", longName: "width of mu -> e phi for h_mue = 1")
  private static let brMuEPhiPerH2 = Quantity("br_mu_e_phi_per_h2", units: "1", longName: "br_mu_e_phi for h_mue = 1")
  private static let ratioKENuPhiPerH2 = Quantity(
    "ratio_k_e_nu_phi_per_h2", units: "1", longName: "width of K -> e nu phi over that of K -> mu nu for h_mue = 1")
  private static let brKENuPhiPerH2 = Quantity(
    "br_k_e_nu_phi_per_h2", units: "1", longName: "br_k_e_nu_phi for h_mue = 1")
  private static let brKENuPhiAcceptedPerH2 = Quantity(
    "br_k_e_nu_phi_accepted_per_h2", units: "1", longName: "br_k_e_nu_phi_accepted for h_mue = 1")
  private static let ratioPiENuPhiPerH2 = Quantity(
    "ratio_pi_e_nu_phi_per_h2", units: "1", longName: "ratio_pi_e_nu_phi for h_mue = 1")
  private static let widthHEMuPhiPerH2 = Quantity(
    "width_h_e_mu_phi_per_h2", units: "GeV", longName: "width of h -> e mu phi for h_mue = 1")
  private static let ratioHEMuPhiPerH2 = Quantity(
    "ratio_h_e_mu_phi_per_h2", units: "1", longName: "ratio_h_e_mu_phi for h_mue = 1")
  private static let ratioZEMuPhiPerH2 = Quantity(
    "ratio_z_e_mu_phi_per_h2", units: "1", longName: "ratio_z_e_mu_phi for h_mue = 1")
  private static let ratioZEMuPhiAcceptedPerH2 = Quantity(
    "ratio_z_e_mu_phi_accepted_per_h2", units: "1", longName: "ratio_z_e_mu_phi_accepted for h_mue = 1")
}
