import PortalKernels

/// The couplings that perturbation theory is trusted up to: alpha_h = h^2/(4 pi) <= 1 and, for fermions, g^2/(4 pi) <= 1.
/// Beyond, tree-level and one-loop numbers still come out, and mean nothing.
///
/// Each case is the name of a constraint on one of the couplings. The g of scalars is an energy and has no such bound.
public enum Perturbativity: String, Sendable, Hashable, CaseIterable {
  case hMue = "perturbativity_h_mue"
  case g = "perturbativity_g"

  /// sqrt(4 pi).
  public static let largestCoupling = PORTAL_LARGEST_COUPLING

  /// Whether the coupling is dimensionless.
  public func applies(to darkMatter: DarkMatter) -> Bool { self == .hMue || darkMatter == .fermion }

  /// The coupling that is bounded.
  public func coupling(_ darkMatter: DarkMatter) -> Quantity {
    self == .hMue ? Parameters.hMue : Parameters.g(darkMatter)
  }
}
