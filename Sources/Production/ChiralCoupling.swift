/// The vertex C_S + C_P gamma5 in units of h.
public struct ChiralCoupling: Sendable, Hashable {
  /// C_S/h.
  public var scalar: Double
  /// C_P/h.
  public var pseudoscalar: Double

  public init(scalar: Double, pseudoscalar: Double) {
    self.scalar = scalar
    self.pseudoscalar = pseudoscalar
  }

  /// The leptonic portal: one chirality, C_S = C_P = h/2.
  public static let portal = ChiralCoupling(scalar: 0.5, pseudoscalar: 0.5)

  /// e_plus = C_S^2 + C_P^2.
  var plus: Double { scalar * scalar + pseudoscalar * pseudoscalar }
  /// e_minus = C_S^2 - C_P^2.
  var minus: Double { (scalar - pseudoscalar) * (scalar + pseudoscalar) }
}
