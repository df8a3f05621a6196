/// How the relic density is computed.
public struct RelicChoices: Sendable, Hashable {
  /// Where a formula comes from.
  public enum Treatment: String, Sendable, Hashable, CaseIterable {
    /// The Boltzmann equation with the full thermal average.
    case exact
    /// The estimate of arXiv:2202.04410, eqs. (19)-(21), for fermions.
    case gk2022
  }

  public var treatment: Treatment
  public var annihilation: Annihilation
  public var degreesOfFreedom: DegreesOfFreedom
  /// The part of the released energy that the plasma absorbs, in p_ann = f_eff <sigma v>/m.
  public var fEff: Double
  /// Annihilation is followed to the temperature m/lastX (``RelicTables/lastX``).
  public var lastX: Double

  public init(
    treatment: Treatment = .exact, annihilation: Annihilation = .all, degreesOfFreedom: DegreesOfFreedom = .dhs,
    fEff: Double = 1, lastX: Double = RelicTables.standardLastX
  ) {
    self.treatment = treatment
    self.annihilation = annihilation
    self.degreesOfFreedom = degreesOfFreedom
    self.fEff = fEff
    self.lastX = lastX
  }
}
