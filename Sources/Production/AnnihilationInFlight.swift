import LeptonicPortal
import PortalKernels

/// mu+ of a beam on electrons at rest, mu+ e- -> phi -> invisible, for a phi much narrower than the beam's spread.
///
/// Electrons are taken as free. Bound ones move with velocities of order Z alpha, which smears s by per cents and more: the result
/// is meant for beams whose spread is not smaller.
public enum AnnihilationInFlight {
  /// sigma/(h^2 BR_inv) [GeV^-2] of mu+ with a Gaussian energy [GeV] of this relative spread; 0 for m_phi <= m_mu + m_e.
  public static func crossSection(mPhi: Double, energy: Double, relativeSpread: Double) -> Double {
    Kernel(portal_kernel_annihilation_of_beam).evaluate(at: mPhi, energy, relativeSpread)[0]
  }

  /// (m_phi^2 - m_mu^2 - m_e^2)/(2 m_e) [GeV]: where a free electron at rest makes phi.
  public static func resonantEnergy(mPhi: Double) -> Double {
    let (electron, muon) = (PhysicalConstants.electronMass, PhysicalConstants.muonMass)
    return ((mPhi - muon) * (mPhi + muon) - electron * electron) / (2 * electron)
  }
}
