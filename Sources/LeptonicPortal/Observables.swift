/// What leptoscan computes, with the equation it comes from.
public enum Observables {
  public static let deltaAMu = Quantity(
    "delta_a_mu", units: "1", longName: "contribution of phi to the muon's anomalous magnetic moment",
    references: "arXiv:2202.04410 eqs. (3), (4), exact in m_phi")
  public static let deltaAE = Quantity(
    "delta_a_e", units: "1", longName: "contribution of phi to the electron's anomalous magnetic moment",
    references: "arXiv:2202.04410 eqs. (3), (4), exact in m_phi")
  public static let widthVisible = Quantity(
    "width_visible", units: "GeV", longName: "partial width of phi -> mu e",
    references: "arXiv:2202.04410 eq. (14)")
  public static let widthInvisible = Quantity(
    "width_invisible", units: "GeV", longName: "partial width of phi to dark matter",
    references: "arXiv:2202.04410 eqs. (12), (13)")
  public static let brInvisible = Quantity(
    "br_invisible", units: "1", longName: "branching ratio of phi to dark matter",
    references: "arXiv:2202.04410 eqs. (12)-(14)")
  public static let status = Quantity(
    "status", units: "1", longName: "validity of the point",
    flags: [
      .init(value: 0, meaning: "ok"),
      .init(value: 1, meaning: "m_phi_below_m_mu"),
      .init(value: 2, meaning: "coupling_above_sqrt_4_pi"),
    ])
}

/// Values per squared coupling, from which observables follow by one multiplication.
enum Intermediates {
  static let deltaAMuPerH2 = Quantity("delta_a_mu_per_h2", units: "1", longName: "delta_a_mu for h_mue = 1")
  static let deltaAEPerH2 = Quantity("delta_a_e_per_h2", units: "1", longName: "delta_a_e for h_mue = 1")
  /// What the exact treatment gives where relic_density is the paper's estimate.
  static let exactRelicDensity = Quantity("relic_density_exact", units: "1", longName: "relic density, exact")
  static let widthVisiblePerH2 = Quantity("width_visible_per_h2", units: "GeV", longName: "width_visible for h_mue = 1")

  static func widthInvisiblePerG2(_ darkMatter: DarkMatter) -> Quantity {
    Quantity(
      "width_invisible_per_g2", units: darkMatter == .fermion ? "GeV" : "GeV-1", longName: "width_invisible for g = 1")
  }
}
