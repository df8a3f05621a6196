import ComputeDevices
import LeptonicPortal
import Production
import Testing

private let device = NativeDevice(threads: 2)

/// Unweighted events against the cross section that they should follow.
struct UnweightedEventTests {
  static let beams: [(ProductionChannel, Double, Double)] = [
    (.electronToMuon, 100, 0.3169751265), (.muonToElectron, 160, 0.11),
  ]

  private func process(_ channel: ProductionChannel) throws -> ProductionProcess {
    ProductionProcess(channel: channel, nucleus: try #require(TargetMaterial.named("Pb")).nucleus)
  }

  private func events(
    _ channel: ProductionChannel, _ energy: Double, _ mPhi: Double, count: Int, seed: UInt32 = 1,
    cuts: ProductionCuts = .none, device: any Device = device
  ) throws -> [ProductionEvent] {
    let integrator = MonteCarloIntegrator(
      process: try process(channel), cuts: cuts, random: RandomStream(seed: seed), device: device)
    let run = try #require(try UnweightedEvents(from: integrator, energy: energy, mPhi: mPhi, count: count))
    #expect((0.01...1).contains(run.efficiency))
    var events: [ProductionEvent] = []
    try run.forEachBlock { events += $0 }
    #expect(events.count == count)
    return events
  }

  /// chi^2 of the numbers of events in bins against the cross sections of the bins; k bins leave k - 1 degrees of freedom.
  private func chiSquare(_ counts: [Int], _ sigma: [Double]) -> Double {
    let scale = Double(counts.reduce(0, +)) / sigma.reduce(0, +)
    return zip(counts, sigma).reduce(0) { sum, bin in
      let expected = bin.1 * scale, difference = Double(bin.0) - expected
      return sum + difference * difference / expected
    }
  }

  /// dsigma/dx in ten bins of w = E - E_phi with about equal contents: 9 degrees of freedom, 33.7 at 1e-4.
  @Test(arguments: beams)
  func followTheEnergySpectrum(channel: ProductionChannel, energy: Double, mPhi: Double) throws {
    let recoils = try events(channel, energy, mPhi, count: 40_000).map { $0.lepton.energy + $0.nucleus.energy }
    let sorted = recoils.sorted()
    let edges = [0] + (1..<10).map { sorted[4000 * $0] } + [energy]
    // The edges come from other events than those that are counted.
    let counted = try events(channel, energy, mPhi, count: 40_000, seed: 2).map { $0.lepton.energy + $0.nucleus.energy }
    let bins = zip(edges, edges.dropFirst())
    let sigma = try bins.map { low, high in
      try CrossSectionCalculator(process: process(channel), device: device)
        .total(energy: [energy], mPhi: [mPhi], cuts: ProductionCuts(recoilEnergy: low...high))[0].value
    }
    let counts = bins.map { low, high in counted.count { low <= $0 && $0 < high } }
    let statistic = chiSquare(counts, sigma)
    #expect(statistic < 33.7 && statistic > 0.5, "\(statistic)")
  }

  /// The angle of phi in five bins: 4 degrees of freedom, 23.5 at 1e-4.
  @Test(arguments: beams)
  func followTheAngularDistribution(channel: ProductionChannel, energy: Double, mPhi: Double) throws {
    let angles = try events(channel, energy, mPhi, count: 40_000).map { event in
      let p = event.phi
      return ((p.x * p.x + p.y * p.y) / (p.x * p.x + p.y * p.y + p.z * p.z)).squareRoot()
    }
    let edges = [0, 5e-4, 2e-3, 5e-3, 2e-2]
    let sigma = try (edges.dropFirst() + [Double.pi]).map { angle in
      try CrossSectionCalculator(process: process(channel), device: device)
        .total(energy: [energy], mPhi: [mPhi], cuts: ProductionCuts(largestAngle: angle))[0].value
    }
    let counts = zip(edges, edges.dropFirst() + [2]).map { low, high in angles.count { low <= $0 && $0 < high } }
    let perBin = zip(sigma, [0] + sigma).map { $0 - $1 }
    #expect(chiSquare(counts, perBin) < 23.5, "\(counts)")
  }

  @Test func obeyTheCuts() throws {
    let cuts = ProductionCuts(recoilEnergy: 10...50, largestAngle: 0.01)
    for event in try events(.electronToMuon, 100, 0.317, count: 1000, cuts: cuts) {
      #expect((49.999...90.001).contains(event.phi.energy))
      #expect((event.phi.x * event.phi.x + event.phi.y * event.phi.y).squareRoot() <= 0.010001 * event.phi.z)
    }
  }

  /// Events are independent: the numbers in the first bin of consecutive hundreds spread as binomials do.
  @Test func areIndependent() throws {
    let isSoft = try events(.electronToMuon, 100, 0.317, count: 40_000).map { $0.phi.energy > 80 }
    let p = Double(isSoft.count { $0 }) / 40_000
    let counts = (0..<400).map { block in Double(isSoft[100 * block..<100 * (block + 1)].count { $0 }) }
    let variance = counts.reduce(0) { $0 + ($1 - 100 * p) * ($1 - 100 * p) } / 399
    // 400 counts fix their variance to 7 %.
    #expect((0.7...1.35).contains(variance / (100 * p * (1 - p))))
  }

  @Test func sameSeedSameEventsOnEveryDevice() throws {
    let reference = try events(.muonToElectron, 20, 1, count: 300, seed: 5)
    for instructionSet in NativeDevice.InstructionSet.available {
      let other = NativeDevice(threads: 1, instructionSet: instructionSet)
      #expect(try events(.muonToElectron, 20, 1, count: 300, seed: 5, device: other) == reference)
    }
    #expect(try events(.muonToElectron, 20, 1, count: 300, seed: 6) != reference)
  }
}
