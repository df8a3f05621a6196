import Cards
import LeptonicPortal
import Production

/// Cuts that leave nothing at any mass of phi.
extension CardReader {
  /// Whether an upper bound on E - E_phi leaves room for the outgoing lepton; reports where it leaves none.
  package mutating func canPass(
    recoilMax: Double, _ channel: ProductionChannel, at position: CardPosition, named name: String
  ) -> Bool {
    if recoilMax > channel.outgoingMass { return true }
    report(
      at: position, "\(name) \(shortest(recoilMax)) GeV is not above \(channel.outgoingMassName)",
      why:
        "the outgoing \(channel.outgoingName) alone has \(shortest(channel.outgoingMass)) GeV, so that nothing can pass",
      suggestion: "use a larger \(name)")
    return false
  }

  /// Whether phi can have that part of the beam's energy and leave some to the outgoing lepton; reports where it cannot.
  mutating func canPass(
    xMin: Double, _ channel: ProductionChannel, beamEnergy: Double, at position: CardPosition
  ) -> Bool {
    let left = (1 - xMin) * beamEnergy
    if left > channel.outgoingMass { return true }
    report(
      at: position, "x_min \(shortest(xMin)) leaves \(shortest(left)) GeV to the outgoing \(channel.outgoingName)",
      why: "it alone has \(shortest(channel.outgoingMass)) GeV, so that nothing can pass",
      suggestion: "use a smaller x_min")
    return false
  }
}

extension ProductionChannel {
  fileprivate var outgoingName: String { self == .electronToMuon ? "muon" : "electron" }
  fileprivate var outgoingMassName: String { self == .electronToMuon ? "m_mu" : "m_e" }
}
