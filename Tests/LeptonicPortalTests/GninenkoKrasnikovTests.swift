import LeptonicPortal
import PortalKernels
import Testing

/// arXiv:2202.04410: the numbers of the paper from the formulas of the paper.
struct GninenkoKrasnikovTests {
  private let muonMass = PhysicalConstants.muonMass

  /// Eq. (6): h = 1.09e-3 m_phi/m_mu for 251e-11, 1.42e-3 m_phi/m_mu for the 3 sigma bound.
  @Test(arguments: [(251e-11, 1.09e-3), (428e-11, 1.42e-3)])
  func couplingForTheMuonMoment(moment: Double, expected: Double) {
    for ratio in [1.0, 3, 10] {
      let h = GninenkoKrasnikovLimits.coupling(muonMoment: moment, mPhi: ratio * muonMass)
      #expect(abs(h / ratio - expected) <= 0.5e-5)
    }
    #expect(GninenkoKrasnikovLimits.coupling(muonMoment: -1e-11, mPhi: 1) == 0)
  }

  /// Eq. (7): Delta a_e = 0.6e-13 at m_phi = 3 m_mu and h = 3.3e-3, which eq. (6) takes for Delta a_mu = 251e-11.
  @Test func electronMoment() {
    let h2 = 3.3e-3 * 3.3e-3
    let electron = GninenkoKrasnikovLimits.anomalousMomentPerH2(
      leptonMass: PhysicalConstants.electronMass, mPhi: 3 * muonMass)
    #expect(abs(electron * h2 - 0.6e-13) < 0.05e-13)
    let muon = GninenkoKrasnikovLimits.anomalousMomentPerH2(leptonMass: muonMass, mPhi: 3 * muonMass)
    #expect(abs(muon * h2 / 251e-11 - 1) < 0.03)
  }

  @Test func heavyLimitIsThatOfTheExactMoments() {
    let exact = Kernel(portal_kernel_anomalous_moments).evaluate(at: 1e5)
    for (moment, mass) in zip(exact, [muonMass, PhysicalConstants.electronMass]) {
      #expect(abs(moment / GninenkoKrasnikovLimits.anomalousMomentPerH2(leptonMass: mass, mPhi: 1e5) - 1) < 1e-9)
    }
  }

  /// h < 7e-2 from K -> e nu phi, 3e-2 from Z -> e mu phi.
  @Test func decays() {
    #expect(abs(GninenkoKrasnikovLimits.kaonCoupling(limit: 6e-5) - 6.883e-2) < 1e-5)
    #expect(abs(GninenkoKrasnikovLimits.zCoupling(branchingRatio: 7.5e-7) - 2.97e-2) < 0.5e-4)
    #expect(GninenkoKrasnikovLimits.higgsCoupling == 0.01)
  }

  /// The exact kaon rate is 4 to 400 times below the estimate for m_phi from 0.106 to 0.3 GeV.
  @Test func kaonEstimateAgainstTheExactRate() {
    let factors = [0.106, 0.3].map { mass in
      GninenkoKrasnikovLimits.kaonRatioPerH2 / Kernel(portal_kernel_kaon_to_electron_phi).evaluate(at: mass)[1]
    }
    #expect(abs(factors[0] - 3.55) < 0.05 && abs(factors[1] - 385) < 5, "\(factors)")
  }

  /// Eqs. (8), (9): h_mue = h_1 h_2 <H>/M with <H> = 174 GeV.
  @Test func scale() {
    #expect(abs(GninenkoKrasnikovLimits.scale(h1: 1, h2: 1, hMue: 3.3e-3) / 52.76e3 - 1) < 1e-3)
    let scale = GninenkoKrasnikovLimits.scale(h1: 0.1, h2: 0.2, hMue: 1e-3, vacuumExpectationValue: 246)
    #expect(abs(scale - 4920) < 1e-9)
  }

  /// A limit on BR(h -> invisible) of 10.7 % is lambda < 0.007, of the size of the paper's 0.01.
  @Test func higgsPortal() {
    let lambda = HiggsPortal.coupling(branchingRatioLimit: 0.107, mPhi: 0.317)
    #expect(lambda > 0.006 && lambda < 0.01)
    #expect(abs(HiggsPortal.branchingRatio(lambda: lambda, mPhi: 0.317) - 0.107) < 1e-14)
    // v^2/(16 pi m_h) = 246.22^2/(50.265 * 125.2) = 9.633
    #expect(abs(HiggsPortal.widthPerLambda2(mPhi: 0) - 9.633) < 1e-3)
    #expect(HiggsPortal.coupling(branchingRatioLimit: 0.107, mPhi: 63) == .infinity)
    #expect(HiggsPortal.branchingRatio(lambda: 1, mPhi: 63) == 0)
  }

  /// Relations between the constants of the decays.
  @Test func constants() {
    let fermiConstant = 1.1663788e-5
    let v = PhysicalConstants.electroweakScale
    #expect(abs(v * v * 2.0.squareRoot() * fermiConstant - 1) < 1e-10)
    #expect(abs(PhysicalConstants.muonWidth * 2.1969811e-6 / 6.582119569e-25 - 1) < 1e-7)
    // G_F^2 m_mu^5/(192 pi^3), less 8 (m_e/m_mu)^2 and the radiative correction of 0.42 %.
    let lowest = fermiConstant * fermiConstant * power(muonMass, 5) / (192 * power(Double.pi, 3))
    #expect(abs(PhysicalConstants.muonWidth / lowest - (1 - 1.87e-4) * (1 - 0.0042)) < 1e-4)
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }
}
