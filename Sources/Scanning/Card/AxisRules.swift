import Cards
import LeptonicPortal

/// What a number on a card stands for, and the values it may have.
struct AxisRules {
  enum Unit {
    case gigaelectronvolt
    case none
    /// The coupling g while it is open which dark matter the card means.
    case undecided
  }

  let name: String
  let unit: Unit
  /// Inclusive, with the reason.
  var lowerBound: (value: Double, name: String, why: String)?
  var upperBound: (value: Double, name: String, why: String)?
  /// The word for what must be above zero.
  let quantity: String
  /// Whether `a/b` may be written.
  var allowsFraction = false
  var allowsZero = false
  var whyNoUnit = "it is dimensionless"

  /// Within these every formula gives a finite number, or a status says why it does not.
  static let magnitudes = 1e-30...1e30
  /// In the words of messages.
  static let magnitudesText = "1e-30 to 1e30"

  static let mPhi = AxisRules(
    name: "m_phi", unit: .gigaelectronvolt,
    lowerBound: (PhysicalConstants.muonMass, "m_mu", "the one-loop formula needs m_phi >= m_mu"), quantity: "a mass")
  static let hMue = AxisRules(name: "h_mue", unit: .none, upperBound: perturbativity, quantity: "a coupling")
  static let mPsi = AxisRules(name: "m_psi", unit: .gigaelectronvolt, quantity: "a mass")
  static let mPsi2 = AxisRules(name: "m_psi2", unit: .gigaelectronvolt, quantity: "a mass")
  static let ratioToMPhi = AxisRules(name: "ratio_to_m_phi", unit: .none, quantity: "a ratio", allowsFraction: true)

  /// - Parameter darkMatter: nil if the card does not say it correctly.
  static func g(_ darkMatter: DarkMatter?) -> AxisRules {
    switch darkMatter {
    case .fermion:
      AxisRules(
        name: "g", unit: .none, upperBound: perturbativity, quantity: "a coupling",
        whyNoUnit: "the coupling to fermions is dimensionless")
    case .scalar: AxisRules(name: "g", unit: .gigaelectronvolt, quantity: "a coupling")
    case nil: AxisRules(name: "g", unit: .undecided, quantity: "a coupling")
    }
  }

  private static let perturbativity = (
    value: Perturbativity.largestCoupling, name: "sqrt(4 pi) = 3.545", why: "perturbation theory fails there"
  )

  /// A value in messages, with its unit.
  func text(_ value: Double) -> String {
    switch unit {
    case .gigaelectronvolt: "\(shortest(value)) GeV"
    case .none, .undecided: shortest(value)
    }
  }
}
