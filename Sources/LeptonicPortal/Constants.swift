import PortalKernels

/// The physical constants behind every number, as the kernels have them. Units: GeV.
public enum PhysicalConstants {
  /// Electron mass, CODATA 2022.
  public static let electronMass = PORTAL_ELECTRON_MASS
  /// Muon mass, CODATA 2022.
  public static let muonMass = PORTAL_MUON_MASS
}
