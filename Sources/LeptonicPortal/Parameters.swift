/// The parameters of the model (arXiv:2202.04410, eqs. 2, 10, 11).
public enum Parameters {
  public static let mPhi = Quantity("m_phi", units: "GeV", longName: "mass of the scalar phi")
  public static let hMue = Quantity("h_mue", units: "1", longName: "coupling of phi to an electron and a muon")
  public static let mPsi = Quantity("m_psi", units: "GeV", longName: "mass of the lighter dark particle")
  public static let mPsi2 = Quantity("m_psi2", units: "GeV", longName: "mass of the heavier dark particle")

  /// How a card may give m_psi.
  public static let mPsiOverMPhi = Quantity("m_psi_over_m_phi", units: "1", longName: "m_psi divided by m_phi")

  /// The number of the point, from 0: the linear index in the whole parameter space, last dimension fastest. What reads
  /// it varies along every dimension.
  public static let point = Quantity("point", units: "1", longName: "index of the point")

  /// The coupling to dark matter, dimensionless for fermions and in GeV for scalars.
  public static func g(_ darkMatter: DarkMatter) -> Quantity {
    Quantity(
      "g", units: darkMatter == .fermion ? "1" : "GeV",
      longName: "coupling of phi to dark \(darkMatter == .fermion ? "fermions" : "scalars")")
  }
}
