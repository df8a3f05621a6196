import LeptonicPortal

/// Production l N -> l' N phi of one pair of leptons on one nucleus, at tree level.
public struct ProductionProcess: Sendable, Hashable {
  /// m_i [GeV].
  public var incomingMass: Double
  /// m_f [GeV].
  public var outgoingMass: Double
  public var nucleus: Nucleus
  public var coupling: ChiralCoupling
  public var formFactor: FormFactor

  /// Any two leptons; ``init(channel:nucleus:coupling:formFactor:)`` has those of the portal.
  public init(
    incomingMass: Double, outgoingMass: Double, nucleus: Nucleus, coupling: ChiralCoupling = .portal,
    formFactor: FormFactor = .elastic
  ) {
    self.incomingMass = incomingMass
    self.outgoingMass = outgoingMass
    self.nucleus = nucleus
    self.coupling = coupling
    self.formFactor = formFactor
  }

  public init(
    channel: ProductionChannel, nucleus: Nucleus, coupling: ChiralCoupling = .portal, formFactor: FormFactor = .elastic
  ) {
    self.init(
      incomingMass: channel.incomingMass, outgoingMass: channel.outgoingMass, nucleus: nucleus, coupling: coupling,
      formFactor: formFactor)
  }

  /// The lowest beam energy [GeV] at which phi of that mass is produced: s = (M + m_f + m_phi)^2.
  public func thresholdEnergy(mPhi: Double) -> Double {
    let produced = outgoingMass + mPhi
    return (produced * (2 * nucleus.mass + produced) - incomingMass * incomingMass) / (2 * nucleus.mass)
  }
}
