/// Which components of the leptons phi couples to: the named cases of ``ChiralCoupling``.
public enum Chirality: String, Sendable, Hashable, CaseIterable {
  /// ebar_L mu_R phi, the portal: C_S = C_P = h/2.
  case right
  /// ebar_R mu_L phi: C_S = -C_P = h/2.
  case left
  /// C_S = h, C_P = 0.
  case scalar
  /// C_S = 0, C_P = h.
  case pseudoscalar

  public var coupling: ChiralCoupling {
    switch self {
    case .right: .portal
    case .left: ChiralCoupling(scalar: 0.5, pseudoscalar: -0.5)
    case .scalar: ChiralCoupling(scalar: 1, pseudoscalar: 0)
    case .pseudoscalar: ChiralCoupling(scalar: 0, pseudoscalar: 1)
    }
  }
}
