import Foundation
import LeptonicPortal
import Production
import Testing

struct EventTests {
  static let beams = [
    (ProductionChannel.electronToMuon, 100.0, 0.3169751265), (.electronToMuon, 6, 1.5), (.muonToElectron, 160, 0.11),
    (.muonToElectron, 20, 3),
  ]

  private func events(_ channel: ProductionChannel, _ energy: Double, _ mPhi: Double, count: Int = 20_000) throws
    -> [ProductionEvent]
  {
    try MonteCarloIntegrator(process: process(channel, "Pb"), random: RandomStream(seed: 2), device: device)
      .events(energy: energy, mPhi: mPhi, count: count)
  }

  private func square(_ p: FourMomentum) -> Double { p.x * p.x + p.y * p.y + p.z * p.z }

  @Test(arguments: beams)
  func conserveFourMomentum(channel: ProductionChannel, energy: Double, mPhi: Double) throws {
    let beam = ((energy - channel.incomingMass) * (energy + channel.incomingMass)).squareRoot()
    for event in try events(channel, energy, mPhi) {
      let all = [event.phi, event.lepton, event.nucleus]
      let sums = [
        all.reduce(-energy) { $0 + $1.energy }, all.reduce(0) { $0 + $1.x }, all.reduce(0) { $0 + $1.y },
        all.reduce(-beam) { $0 + $1.z },
      ]
      #expect(sums.allSatisfy { abs($0) <= 1e-13 * energy })
    }
  }

  @Test(arguments: beams)
  func areOnTheirMassShells(channel: ProductionChannel, energy: Double, mPhi: Double) throws {
    let mass = try process(channel, "Pb").nucleus.mass, lepton = channel.outgoingMass
    for event in try events(channel, energy, mPhi) {
      let phi = event.phi.energy * event.phi.energy - square(event.phi) - mPhi * mPhi
      #expect(abs(phi) <= 1e-10 * event.phi.energy * event.phi.energy)
      let recoil = event.lepton.energy * event.lepton.energy - square(event.lepton) - lepton * lepton
      // The lepton's momentum is a difference of momenta of the size of the beam's.
      #expect(abs(recoil) <= 1e-13 * energy * energy)
      let kinetic = event.nucleus.energy
      #expect(relativeError(kinetic * (2 * mass + kinetic), square(event.nucleus)) <= 1e-10)
      #expect(event.lepton.energy >= lepton && event.weight > 0)
    }
  }

  @Test(arguments: beams)
  func weightsAverageToTheCrossSection(channel: ProductionChannel, energy: Double, mPhi: Double) throws {
    let weights = try events(channel, energy, mPhi, count: 1 << 17).map(\.weight)
    let n = Double(weights.count), mean = weights.reduce(0, +) / n
    let error = (weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n * (n - 1))).squareRoot()
    let exact = try calculator(channel).total(energy: [energy], mPhi: [mPhi])[0].value
    #expect(abs(mean - exact) <= 4 * error)
    #expect(error < 0.006 * exact)
  }

  /// The azimuth around the beam is uniform: no direction is preferred.
  @Test func haveNoPreferredDirection() throws {
    let events = try events(.electronToMuon, 100, 0.3169751265)
    let norm = Double(events.count).squareRoot()
    for component in [\FourMomentum.x, \.y] {
      let signs = events.map { $0.phi[keyPath: component] > 0 ? 1.0 : -1 }
      #expect(abs(signs.reduce(0, +)) < 4 * norm)
    }
  }
}
