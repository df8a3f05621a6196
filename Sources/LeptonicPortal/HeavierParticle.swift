import PortalKernels

/// The heavier dark particle psi2, which decays to psi1 through phi.
public enum HeavierParticle {
  private static let references = "arXiv:2202.04410 eqs. (2), (10), (11), phi virtual or real"

  public static let width = Quantity(
    "width_psi2", units: "GeV", longName: "width of psi2 -> psi1 e mu, and of psi2 -> psi1 phi where phi is real",
    references: references)
  public static let decayLength = Quantity(
    "ctau_psi2", units: "m",
    longName: "decay length c tau of psi2; infinite where it decays neither to psi1 e mu nor to psi1 phi",
    references: references)

  static let all = [width, decayLength]

  /// p_ann as it would be if psi2 lived for ever.
  static let pAnnOfStable = Quantity(
    "p_ann_of_stable_psi2", units: "cm3 s-1 GeV-1", longName: "p_ann if psi2 did not decay")

  /// The formulas behind ``all``, and p_ann.
  static func formulas(_ darkMatter: DarkMatter) -> [Formula] {
    let isFermion = darkMatter == .fermion
    let g = Parameters.g(darkMatter)
    let units = isFermion ? "GeV" : "GeV-1"
    func intermediate(_ name: String, _ longName: String, units: String = units) -> Quantity {
      Quantity(name, units: units, longName: longName)
    }
    let perH2G2 = intermediate("width_psi2_per_h2_g2", "width of psi2 -> psi1 e mu for h_mue = g = 1")
    let realPerG2 = intermediate("width_psi2_phi_per_g2", "width of psi2 -> psi1 phi for g = 1")
    let neutrinos = intermediate("width_psi2_neutrinos_per_h2_g2", "width of psi2 -> psi1 e e nu nu for h_mue = g = 1")
    let virtualPerG2 = intermediate("width_psi2_virtual_per_g2", "width of psi2 -> psi1 e mu for g = 1")
    let perG2 = intermediate("width_psi2_per_g2", "width_psi2 for g = 1")
    let couplings = intermediate("h_mue_g", "product of the couplings", units: g.units)
    let scale = Kernel(portal_kernel_times_squared_coupling)
    return [
      Formula(
        Kernel(isFermion ? portal_kernel_psi2_widths_fermions : portal_kernel_psi2_widths_scalars),
        of: [Parameters.mPhi, Parameters.mPsi, Parameters.mPsi2], gives: [perH2G2, realPerG2, neutrinos]),
      Formula(scale, of: [Parameters.hMue, perH2G2], gives: [virtualPerG2]),
      Formula(Kernel(portal_kernel_sum), of: [virtualPerG2, realPerG2], gives: [perG2]),
      Formula(scale, of: [g, perG2], gives: [width]),
      Formula(Kernel(portal_kernel_decay_length), of: [width], gives: [decayLength]),
      Formula(Kernel(portal_kernel_product), of: [Parameters.hMue, g], gives: [couplings]),
      Formula(
        Kernel(portal_kernel_psi2_survival), of: [pAnnOfStable, width, neutrinos, couplings],
        gives: [RelicObservables.pAnn]),
    ]
  }
}
