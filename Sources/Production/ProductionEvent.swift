/// Energy and momentum in the laboratory frame [GeV]; the beam is along z.
public struct FourMomentum: Sendable, Hashable {
  public var energy, x, y, z: Double

  public init(energy: Double, x: Double, y: Double, z: Double) {
    (self.energy, self.x, self.y, self.z) = (energy, x, y, z)
  }
}

/// One weighted event l N -> l' N phi.
public struct ProductionEvent: Sendable, Hashable {
  /// [pb] for h = 1: the mean over all events of a run is the cross section.
  public var weight: Double
  public var phi: FourMomentum
  /// l'.
  public var lepton: FourMomentum
  /// `energy` is the kinetic energy, which is far smaller than M.
  public var nucleus: FourMomentum
}
