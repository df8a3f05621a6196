/// The couplings at which the relic density has the wanted value at one point, and what it means if there are none.
public struct CouplingSolution: Sendable, Hashable {
  public enum Status: UInt8, Sendable, Hashable, CaseIterable {
    /// At least one coupling gives the wanted density.
    case found = 0
    /// Every coupling in range leaves more: no coupling is strong enough.
    case alwaysAbove = 1
    /// Every coupling in range leaves less: the other channel or the other coupling alone annihilates too much.
    case alwaysBelow = 2
    /// The masses or the given coupling are outside the domain of the relic density.
    case outsideDomain = 3
    /// The wanted density lies between couplings that can be computed and couplings that cannot (a resonance narrower
    /// than 1e-12 m_phi, or no freeze-out).
    case notComputable = 4
  }

  /// Ascending; empty unless ``status`` is ``Status/found``. As a function of g the density may fall, rise (the width
  /// smears the resonance) and fall again (phi phi*), so there are up to three; of h, nearly always one.
  public let couplings: [Double]
  public let status: Status

  /// The smallest coupling; NaN where there is none. Not every smaller one leaves more: next to a resonance narrower than 1e-12
  /// m_phi the density of those cannot be computed, and this may be where it rises.
  public var smallest: Double { couplings.first ?? .nan }
}
