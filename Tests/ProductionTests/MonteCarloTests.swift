import ComputeDevices
import Foundation
import Production
import Testing

struct MonteCarloTests {
  private func integrator(_ channel: ProductionChannel, _ target: String = "Pb", seed: UInt32 = 1) throws
    -> MonteCarloIntegrator
  {
    MonteCarloIntegrator(process: try process(channel, target), random: RandomStream(seed: seed), device: device)
  }

  /// 10^6 samples give 1e-3 (five standard errors of at most 2e-4) over the whole domain: light phi, where the collinear
  /// peak is strongest, to the threshold; the corners of the domain.
  @Test(arguments: [
    (ProductionChannel.electronToMuon, "Pb", 100.0, 0.3169751265), (.electronToMuon, "W", 4.5, 0.107),
    (.electronToMuon, "C", 200, 9.9), (.electronToMuon, "Al", 5, 4.2), (.muonToElectron, "Pb", 160, 0.107),
    (.muonToElectron, "Pb", 160, 3), (.muonToElectron, "C", 20, 1), (.muonToElectron, "Al", 200, 9.9),
    (.electronToMuon, "Be", 4, 0.106), (.muonToElectron, "Be", 4, 0.106), (.muonToElectron, "U", 200, 0.106),
    (.electronToMuon, "U", 200, 10), (.muonToElectron, "Be", 200, 10),
  ])
  func agreesWithQuadrature(channel: ProductionChannel, target: String, energy: Double, mPhi: Double) throws {
    let exact = try calculator(channel, target).total(energy: [energy], mPhi: [mPhi])[0].value
    let sampled = try integrator(channel, target).total(energy: energy, mPhi: mPhi, samples: 1_000_000)
    #expect(relativeError(sampled.value, exact) <= 1e-3)
    #expect(abs(sampled.value - exact) <= 5 * sampled.standardError)
    #expect(sampled.standardError <= 2e-4 * exact)
  }

  /// The error is honest: deviations in units of it have unit width over many seeds. 60 seeds fix the width to 9 %.
  @Test(arguments: [(ProductionChannel.electronToMuon, 100.0, 0.3169751265), (.muonToElectron, 160, 0.11)])
  func pullsHaveUnitWidth(channel: ProductionChannel, energy: Double, mPhi: Double) throws {
    let exact = try calculator(channel).total(energy: [energy], mPhi: [mPhi])[0].value
    let pulls: [Double] = try (UInt32(0)..<60).map { seed in
      let sampled = try integrator(channel, seed: seed).total(energy: energy, mPhi: mPhi, samples: 1 << 17)
      return (sampled.value - exact) / sampled.standardError
    }
    let mean = pulls.reduce(0, +) / 60
    let squares: [Double] = pulls.map { ($0 - mean) * ($0 - mean) }
    let width = (squares.reduce(0, +) / 59).squareRoot()
    #expect(abs(mean) < 0.5, "mean \(mean)")
    #expect((0.7...1.3).contains(width), "width \(width)")
  }

  /// The spectrum of the recoil lepton from histograms, against quadrature with cuts on E - E_phi, from which its energy
  /// differs by T/2M only.
  @Test func recoilEnergy() throws {
    let edges = [2.0, 5, 10, 20, 40, 60, 80]
    let bins = try HistogramBins(.leptonEnergy, edges: edges)
    let sampled = try integrator(.electronToMuon).histogram(
      bins, energy: 100, mPhi: 0.3169751265, samples: 1_000_000)
    for (estimate, (low, high)) in zip(sampled, zip(edges, edges.dropFirst())) {
      let exact = try calculator(.electronToMuon).total(
        energy: [100], mPhi: [0.3169751265], cuts: ProductionCuts(recoilEnergy: low...high))[0].value
      #expect(abs(estimate.value - exact) <= 5 * estimate.standardError)
      #expect(estimate.standardError <= 1e-2 * exact)
    }
  }

  @Test(arguments: [HistogramBins.Variable.leptonAngle, .phiAngle, .phiEnergy])
  func histogramsHoldEverything(variable: HistogramBins.Variable) throws {
    let edges = variable == .phiEnergy ? [0, 30, 60, 90, 101] : [0, 1e-3, 1e-2, 0.1, 1, Double.pi]
    let integrator = try integrator(.electronToMuon)
    let bins = try integrator.histogram(
      HistogramBins(variable, edges: edges), energy: 100, mPhi: 0.3169751265, samples: 1 << 17)
    let total = try integrator.total(energy: 100, mPhi: 0.3169751265, samples: 1 << 17)
    #expect(relativeError(bins.reduce(0) { $0 + $1.value }, total.value) < 1e-12)
  }

  /// Angles of phi against the quadrature's cut on it.
  @Test func angleOfPhi() throws {
    let bins = try HistogramBins(.phiAngle, edges: [0, 2e-3, Double.pi])
    let sampled = try integrator(.muonToElectron).histogram(bins, energy: 160, mPhi: 0.3169751265, samples: 1_000_000)[
      0]
    let exact = try calculator(.muonToElectron).total(
      energy: [160], mPhi: [0.3169751265], cuts: ProductionCuts(largestAngle: 2e-3))[0].value
    #expect(abs(sampled.value - exact) <= 5 * sampled.standardError)
  }

  @Test func closedBelowThreshold() throws {
    let integrator = try integrator(.electronToMuon)
    let total = try integrator.total(energy: 4, mPhi: 5, samples: 1000)
    #expect(total.value == 0 && total.standardError == 0)
    #expect(try integrator.events(energy: 4, mPhi: 5, count: 10).isEmpty)
  }

  @Test func sameSeedSameBits() throws {
    func run(_ device: any Device, seed: UInt32) throws -> UInt64 {
      let process = try process(.electronToMuon, "Pb")
      let integrator = MonteCarloIntegrator(process: process, random: RandomStream(seed: seed), device: device)
      return try integrator.total(energy: 100, mPhi: 0.3, samples: 1 << 15).value.bitPattern
    }
    let reference = try run(device, seed: 3)
    for instructionSet in NativeDevice.InstructionSet.available {
      #expect(try run(NativeDevice(threads: 1, instructionSet: instructionSet), seed: 3) == reference)
    }
    #expect(try run(device, seed: 4) != reference)
  }
}
