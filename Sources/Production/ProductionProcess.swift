import LeptonicPortal
import PortalKernels

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

  /// The kernels' run-time data, laid out as in Kernels/portable/production_process.h.
  func auxiliary(rule: GaussLegendre? = nil, random: RandomStream? = nil, histogram: HistogramBins? = nil) -> [Double] {
    var data = [Double](repeating: 0, count: Int(PORTAL_PROCESS_EDGES + PORTAL_HISTOGRAM_BINS + 1))
    func set(_ index: Int32, _ value: Double) { data[Int(index)] = value }
    set(PORTAL_PROCESS_LEPTON_IN, incomingMass)
    set(PORTAL_PROCESS_LEPTON_OUT, outgoingMass)
    set(PORTAL_PROCESS_NUCLEUS, nucleus.mass)
    set(PORTAL_PROCESS_COUPLING_PLUS, coupling.plus)
    set(PORTAL_PROCESS_COUPLING_MINUS, coupling.minus)
    set(PORTAL_PROCESS_CHARGE, Double(nucleus.charge))
    set(PORTAL_PROCESS_SCREENING, nucleus.atomicScreening)
    set(PORTAL_PROCESS_NUCLEAR_SIZE, nucleus.nuclearSize)
    set(PORTAL_PROCESS_INELASTIC_SCREENING, formFactor == .elastic ? 0 : nucleus.inelasticScreening)
    if let rule {
      set(PORTAL_PROCESS_NODES, Double(rule.nodes.count))
      data += rule.nodes + rule.weights
    }
    if let random {
      set(PORTAL_PROCESS_SEED, Double(random.seed))
      set(PORTAL_PROCESS_STREAM, Double(random.stream))
    }
    if let histogram {
      set(PORTAL_PROCESS_VARIABLE, Double(histogram.variable.rawValue))
      for (i, edge) in histogram.kernelEdges.enumerated() { set(PORTAL_PROCESS_EDGES + Int32(i), edge) }
    }
    return data
  }
}
