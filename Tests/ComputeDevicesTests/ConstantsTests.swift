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

  @Test func pi() { #expect(PORTAL_PI == Double.pi) }
}
