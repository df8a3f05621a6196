import PortalKernels

/// The physical constants behind every number, as the kernels have them. Units: GeV.
public enum PhysicalConstants {
  /// alpha at zero momentum transfer, CODATA 2022.
  public static let fineStructure = 1 / PORTAL_INVERSE_FINE_STRUCTURE
  /// Electron mass, CODATA 2022.
  public static let electronMass = PORTAL_ELECTRON_MASS
  /// Muon mass, CODATA 2022.
  public static let muonMass = PORTAL_MUON_MASS
  /// Atomic mass unit, CODATA 2018.
  public static let atomicMass = PORTAL_ATOMIC_MASS
  /// Total width of the muon, hbar/tau with tau = 2.1969811e-6 s (PDG 2024).
  public static let muonWidth = PORTAL_MUON_WIDTH
  /// Charged pion mass, PDG 2024.
  public static let pionMass = PORTAL_PION_MASS
  /// Charged kaon mass, PDG 2024.
  public static let kaonMass = PORTAL_KAON_MASS
  /// BR(K+ -> mu+ nu), PDG 2024.
  public static let kaonToMuonNeutrino = PORTAL_KAON_TO_MUON_NEUTRINO
  /// Z mass, PDG 2024.
  public static let zMass = PORTAL_Z_MASS
  /// BR(Z -> e+ e-), PDG 2024.
  public static let zToElectrons = PORTAL_Z_TO_ELECTRONS
  /// sin^2 theta_W at m_Z in the MS-bar scheme, PDG 2024.
  public static let weakMixing = PORTAL_WEAK_MIXING
  /// An e mu pair counts as Z -> e mu if its mass is above m_Z minus this.
  public static let zMassWindow = PORTAL_Z_MASS_WINDOW
  /// Higgs boson mass, PDG 2024.
  public static let higgsMass = PORTAL_HIGGS_MASS
  /// v = (sqrt(2) G_F)^(-1/2), PDG 2024.
  public static let electroweakScale = PORTAL_ELECTROWEAK_SCALE
  /// Planck mass G^(-1/2), PDG 2024.
  public static let planckMass = PORTAL_PLANCK_MASS
  /// Entropy density of the universe today [cm^-3], PDG 2024.
  public static let entropyDensityToday = PORTAL_ENTROPY_TODAY
  /// Critical density rho_c/h^2 [GeV cm^-3], PDG 2024.
  public static let criticalDensity = PORTAL_CRITICAL_DENSITY
}
