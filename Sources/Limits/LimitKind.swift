/// What a line h_mue(m_phi) means.
public enum LimitKind: UInt8, Sendable, Hashable, CaseIterable {
  /// Couplings above the line are excluded.
  case excluded
  /// Couplings above the line would be excluded, or seen, by a planned experiment, or by one of which counts or selection
  /// are assumed.
  case projection
  /// The lower edge of the couplings that explain a measured value; 0 where no coupling at all is among them.
  case favouredLow
  /// The couplings that give the measured value itself.
  case favouredCentral
  /// The upper edge of the couplings that explain a measured value.
  case favouredHigh
  /// The couplings that give the observed density of dark matter.
  case relicDensity

  /// The word in `flag_meanings` of an output file.
  public var meaning: String {
    switch self {
    case .excluded: "excluded"
    case .projection: "projection"
    case .favouredLow: "favoured_low"
    case .favouredCentral: "favoured_central"
    case .favouredHigh: "favoured_high"
    case .relicDensity: "relic_density"
    }
  }
}
