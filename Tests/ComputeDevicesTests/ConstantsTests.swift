import PortalKernels
import Testing

/// Relations between constants that were measured independently of each other (CODATA 2022).
struct ConstantsTests {
  @Test func massRatioOfMuonAndElectron() {
    #expect(abs(PORTAL_MUON_MASS / PORTAL_ELECTRON_MASS - 206.7682827) <= 0.0000046)
  }

  @Test func massesInAtomicUnits() {
    let atomicMass = 0.93149410372  // GeV, relative uncertainty 3e-10
    #expect(relativeError(PORTAL_MUON_MASS, 0.1134289257 * atomicMass) < 3e-8)
    #expect(relativeError(PORTAL_ELECTRON_MASS, 5.485799090441e-4 * atomicMass) < 1e-9)
  }

  /// The Rydberg energy alpha^2 m_e / 2 = 13.605693122990(15) eV.
  @Test func electronMassFromTheRydbergEnergy() {
    let alpha = 1 / 137.035999177
    #expect(relativeError(PORTAL_ELECTRON_MASS, 2 * 13.605693122990e-9 / (alpha * alpha)) < 1e-9)
  }

  /// M_Pl c^2 = sqrt(hbar c^5/G), s_0 = (2 pi^2/45) (43/11) T_0^3 at 2.7255 K, rho_c = 3 H^2 M_Pl^2/(8 pi) at
  /// H = 100 km/s/Mpc. G is known to 2e-5.
  @Test func cosmology() {
    let (hbar, c, newton, charge) = (1.054571817e-34, 2.99792458e8, 6.67430e-11, 1.602176634e-19)
    let planck = (hbar * c / newton).squareRoot() * c * c / charge * 1e-9
    #expect(relativeError(PORTAL_PLANCK_MASS, planck) < 1e-6)
    let perCentimetre = charge * 1e9 / (hbar * c) * 1e-2  // 1 GeV in cm^-1
    let temperature = 2.7255 * 1.380649e-23 / charge * 1e-9 * perCentimetre
    let entropy = 2 * Double.pi * Double.pi / 45 * 43 / 11 * temperature * temperature * temperature
    #expect(relativeError(PORTAL_ENTROPY_TODAY, entropy) < 5e-5)
    let hubble = 1e5 / 3.0856775814913673e22 * hbar / charge * 1e-9  // [GeV]
    let density = 3 * hubble * hubble * planck * planck / (8 * Double.pi)
    #expect(relativeError(PORTAL_CRITICAL_DENSITY, density * perCentimetre * perCentimetre * perCentimetre) < 5e-5)
  }

  @Test func pi() { #expect(PORTAL_PI == Double.pi) }

  @Test func largestCoupling() {
    #expect(relativeError(PORTAL_LARGEST_COUPLING * PORTAL_LARGEST_COUPLING, 4 * Double.pi) < 3e-16)
  }
}
