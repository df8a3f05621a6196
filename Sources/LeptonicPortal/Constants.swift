import PortalKernels

/// The physical constants behind every number, as the kernels have them. Units: GeV.
public enum PhysicalConstants {
  /// Electron mass, CODATA 2022.
  public static let electronMass = PORTAL_ELECTRON_MASS
  /// Muon mass, CODATA 2022.
  public static let muonMass = PORTAL_MUON_MASS
  /// Atomic mass unit, CODATA 2018.
  public static let atomicMass = PORTAL_ATOMIC_MASS
}
