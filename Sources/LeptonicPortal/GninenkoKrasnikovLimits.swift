/// The constraints as Gninenko and Krasnikov estimate them (arXiv:2202.04410), for `treatment: gk2022`. Masses in GeV.
///
/// They are asymptotic: m_phi is taken large against m_mu for the anomalous moments and small against m_K and m_Z for the
/// decays. docs/constraints.md says how far each is from the exact result.
public enum GninenkoKrasnikovLimits {
  /// The bound on the coupling lambda of phi to the Higgs boson, from its invisible width.
  public static let higgsCoupling = 0.01

  /// Delta a_l/h^2 = (m_l/m_phi)^2/(48 pi^2), eqs. (5)-(7): the loop integral at its heavy limit 1/3.
  public static func anomalousMomentPerH2(leptonMass: Double, mPhi: Double) -> Double {
    let ratio = leptonMass / mPhi
    return ratio * ratio / (48 * Double.pi * Double.pi)
  }

  /// The h_mue that gives Delta a_mu: sqrt(48 pi^2 Delta a_mu) m_phi/m_mu = 1.09e-3 m_phi/m_mu for 251e-11, eq. (6).
  /// 0 for a negative Delta a_mu, which phi cannot give.
  public static func coupling(muonMoment: Double, mPhi: Double) -> Double {
    (max(muonMoment, 0) / anomalousMomentPerH2(leptonMass: PhysicalConstants.muonMass, mPhi: mPhi)).squareRoot()
  }

  /// Gamma(K -> e nu phi)/Gamma(K -> mu nu) per h^2, any m_phi below 0.2 GeV.
  public static let kaonRatioPerH2 = 1 / (8 * Double.pi * Double.pi)

  /// h_mue at which that ratio reaches `limit`: 7e-2 for 6e-5.
  public static func kaonCoupling(limit: Double) -> Double { (limit / kaonRatioPerH2).squareRoot() }

  /// Gamma(Z -> e mu phi)/Gamma(Z -> e e) per h^2, the whole rate and any m_phi.
  public static let zRatioPerH2 = 1 / (4 * Double.pi * Double.pi)

  /// h_mue at which BR(Z -> e mu phi) reaches `branchingRatio`: 2.97e-2 for 7.5e-7.
  public static func zCoupling(branchingRatio: Double) -> Double {
    (branchingRatio / (PhysicalConstants.zToElectrons * zRatioPerH2)).squareRoot()
  }

  /// An estimated rate per squared coupling.
  public struct Rate: Sendable, Hashable {
    /// Divided by m_phi^2 [GeV^2].
    public let inverseSquare: Double
    public let constant: Double
    /// The masses for which it is meant [GeV]; it is 0 from here on.
    public let belowMass: Double

    /// At a mass [GeV].
    public func perH2(mPhi: Double) -> Double {
      mPhi < belowMass ? inverseSquare / (mPhi * mPhi) + constant : 0
    }
  }

  /// The estimate of an observable, by its variable's name; nil where the paper has none.
  public static func rate(of observable: String) -> Rate? {
    func moment(_ mass: Double) -> Rate {
      Rate(
        inverseSquare: anomalousMomentPerH2(leptonMass: mass, mPhi: 1), constant: 0, belowMass: .infinity)
    }
    switch observable {
    case Observables.deltaAMu.name: return moment(PhysicalConstants.muonMass)
    case Observables.deltaAE.name: return moment(PhysicalConstants.electronMass)
    case Observables.brKENuPhi.name: return Rate(inverseSquare: 0, constant: kaonRatioPerH2, belowMass: 0.2)
    case Observables.ratioZEMuPhi.name, Observables.ratioZEMuPhiAccepted.name:
      return Rate(inverseSquare: 0, constant: zRatioPerH2, belowMass: .infinity)
    default: return nil
    }
  }

  /// The scale M [GeV] behind h_mue = h_1 h_2 <H>/M, eqs. (8), (9).
  ///
  /// - Parameter vacuumExpectationValue: <H> [GeV]; v/sqrt(2) = 174.1 by default.
  public static func scale(
    h1: Double, h2: Double, hMue: Double,
    vacuumExpectationValue: Double = PhysicalConstants.electroweakScale / 2.0.squareRoot()
  ) -> Double {
    h1 * h2 * vacuumExpectationValue / hMue
  }
}
