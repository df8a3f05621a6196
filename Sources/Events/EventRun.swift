import ComputeDevices
import LeptonicPortal
import Production
import Scanning

/// What `leptoscan events` generates: unweighted events of the card's process, for every m_phi of the card.
public struct EventRun: Sendable {
  /// The events of one m_phi.
  public struct Sample: Sendable {
    public let mPhi: Double
    /// Per h_mue^2 = 1, by quadrature.
    public let crossSection: CrossSectionEstimate
    public let events: UnweightedEvents
  }

  let model: Model
  public let block: RunCard.Production
  /// Beam energy [GeV].
  public let energy: Double
  /// The coupling that scales the cross section.
  public let hMue: Double
  /// Events per sample.
  public let count: Int
  public let samples: [Sample]

  /// Surveys the weights of every m_phi.
  /// - Throws: ``EventRunError`` for a card that says too little or too much; `ProductionError` below threshold.
  public init(card: RunCard, device: any Device) throws {
    guard let block = card.production else { throw EventRunError.missing(block: "production") }
    guard let count = card.events else { throw EventRunError.missing(block: "events") }
    guard case .fixed(let energy) = block.energy.grid else {
      throw EventRunError.severalValues(name: "energy", count: block.energy.count)
    }
    guard let axes = card.axes else { throw EventRunError.noGrid }
    guard case .fixed(let hMue) = axes.hMue.grid else {
      throw EventRunError.severalValues(name: "h_mue", count: axes.hMue.count)
    }
    guard block.method == .exact else { throw EventRunError.approximation(block.method) }
    model = card.model()
    (self.block, self.energy, self.hMue, self.count) = (block, energy, hMue, count)
    samples = try axes.mPhi.values().enumerated().map { index, mPhi in
      try block.process.requireOpen(energy: energy, mPhi: mPhi)
      let random = RandomStream(seed: UInt32(truncatingIfNeeded: card.seed), point: UInt32(index))
      let integrator = MonteCarloIntegrator(process: block.process, cuts: block.cuts, random: random, device: device)
      let total = try CrossSectionCalculator(process: block.process, device: device)
        .total(energy: [energy], mPhi: [mPhi], cuts: block.cuts)[0]
      let events = try UnweightedEvents(from: integrator, energy: energy, mPhi: mPhi, count: count)
      guard let events else { throw EventRunError.nothingLeft(mPhi: mPhi) }
      return Sample(mPhi: mPhi, crossSection: total, events: events)
    }
  }
}

extension EventRun {
  /// The incoming lepton, along z.
  var beam: FourMomentum {
    let mass = block.process.incomingMass
    return FourMomentum(energy: energy, x: 0, y: 0, z: ((energy - mass) * (energy + mass)).squareRoot())
  }
  /// The nucleus at rest.
  var target: FourMomentum { FourMomentum(energy: block.target.nucleus.mass, x: 0, y: 0, z: 0) }

  /// The nucleus after an event, its mass included.
  func recoil(_ event: ProductionEvent) -> FourMomentum {
    var momentum = event.nucleus
    momentum.energy += block.target.nucleus.mass
    return momentum
  }
}

/// Why a card gives no events. Reads `PROBLEM (WHY) SUGGESTION`.
public enum EventRunError: Error, Hashable, CustomStringConvertible {
  case missing(block: String)
  case noGrid
  case severalValues(name: String, count: Int)
  case approximation(CrossSectionMethod)
  case nothingLeft(mPhi: Double)

  public var description: String {
    switch self {
    case .missing(let block):
      "the card has no block \(block) (it says what is generated) add "
        + (block == "events"
          ? "events: { count: 10000 }" : "production: { channel: e-mu, target: Pb, energy: 100 GeV }")
    case .noGrid:
      "the card has points (events need the masses of a grid) give m_phi one value, a range or a list of values under axes"
    case .severalValues(let name, let count):
      "\(name) has \(count) values (events have one beam and one coupling; only m_phi may have several) give one value"
    case .approximation(let method):
      "method \(method.rawValue) has no events (they follow the exact cross section) remove method from the card"
    case .nothingLeft(let mPhi):
      "no event passes the cuts (m_phi = \(mPhi) GeV, recoil_min, recoil_max, theta_max) widen them"
    }
  }
}
