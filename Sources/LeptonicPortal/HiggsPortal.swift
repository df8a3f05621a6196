import PortalKernels

/// The coupling lambda |phi|^2 |H|^2 and the invisible decays h -> phi phi* that it causes.
public enum HiggsPortal {
  /// Width of the Higgs boson in the standard model [GeV] at m_h = 125.2 GeV (LHC Higgs working group, arXiv:1610.07922).
  public static let standardModelWidth = PORTAL_HIGGS_WIDTH

  /// Gamma(h -> phi phi*)/lambda^2 = v^2/(16 pi m_h) sqrt(1 - 4 m_phi^2/m_h^2) [GeV]; 0 for m_phi >= m_h/2.
  public static func widthPerLambda2(mPhi: Double) -> Double {
    Kernel(portal_kernel_higgs_to_phi_phi).evaluate(at: mPhi)[0]
  }

  /// BR(h -> phi phi*) = Gamma/(Gamma_SM + Gamma).
  public static func branchingRatio(lambda: Double, mPhi: Double) -> Double {
    let width = lambda * lambda * widthPerLambda2(mPhi: mPhi)
    return width / (standardModelWidth + width)
  }

  /// The lambda at which BR(h -> phi phi*) reaches a limit below 1; infinite where the decay is closed.
  public static func coupling(branchingRatioLimit limit: Double, mPhi: Double) -> Double {
    let perLambda2 = widthPerLambda2(mPhi: mPhi)
    guard perLambda2 > 0, limit < 1 else { return .infinity }
    return (limit / (1 - limit) * standardModelWidth / perLambda2).squareRoot()
  }
}
