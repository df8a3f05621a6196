/// What stands behind a constraint.
public enum Evidence: String, Sendable, Hashable, CaseIterable {
  /// Somebody looked for this, and published what was found.
  case measured
  /// Published data of a search for something else, with an acceptance that is known to a stated accuracy.
  case recast
  /// Counts or selection are assumed: what would be excluded if they were so.
  case hypothetical
  /// Data are still to be taken.
  case projection

  /// Whether it excludes points without being asked for.
  public var counts: Bool { self == .measured || self == .recast }
}
