import LeptonicPortal

/// Which beam lepton turns into which: l N -> l' N phi.
public enum ProductionChannel: String, Sendable, Hashable, CaseIterable {
  /// Electron beams (NA64e, LDMX).
  case electronToMuon = "e-mu"
  /// Muon beams (NA64mu, M3).
  case muonToElectron = "mu-e"

  /// m_i [GeV].
  public var incomingMass: Double {
    self == .electronToMuon ? PhysicalConstants.electronMass : PhysicalConstants.muonMass
  }
  /// m_f [GeV].
  public var outgoingMass: Double {
    self == .electronToMuon ? PhysicalConstants.muonMass : PhysicalConstants.electronMass
  }
}
