import LeptonicPortal

/// The coupling that lines are solved for, the other one being given.
public enum SoughtCoupling: String, Sendable, Hashable, CaseIterable {
  /// h_mue, on the line of every constraint.
  case hMue = "h_mue"
  /// g (GeV for scalars), on the line of the relic density alone.
  case g

  /// The variable with the smallest coupling on each line.
  public var limitName: String { "\(rawValue)_limit" }
  /// The variable with the largest.
  public var largestName: String { "\(limitName)_largest" }
  /// The variable with the ``LimitStatus``.
  public var statusName: String { "\(limitName)_status" }

  func quantity(_ darkMatter: DarkMatter) -> Quantity {
    switch self {
    case .hMue: Parameters.hMue
    case .g: Parameters.g(darkMatter)
    }
  }
}
