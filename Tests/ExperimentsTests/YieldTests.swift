import ComputeDevices
import Experiments
import Foundation
import Testing

struct ReferenceYield: Sendable, CustomTestStringConvertible {
  let experiment: String
  let mPhi, recoilMin, xMin, value: Double

  var testDescription: String { "\(experiment), m_phi \(mPhi), recoil \(recoilMin), x \(xMin)" }

  /// The rows of na64_yield.csv, whose numbers were computed by an independent program; its header says how.
  static let all: [ReferenceYield] = {
    guard let url = Bundle.module.url(forResource: "ReferenceData/na64_yield", withExtension: "csv"),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().compactMap { line in
      let fields = line.split(separator: ",")
      let numbers = fields.dropFirst().compactMap { Double($0) }
      guard numbers.count == 4 else { return nil }
      return ReferenceYield(
        experiment: "\(fields[0])-2022", mPhi: numbers[0], recoilMin: numbers[1], xMin: numbers[2], value: numbers[3])
    }
  }()

  func described() throws -> Experiment {
    var experiment = try #require(try Experiment.shipped(experiment))
    experiment.cuts.recoilEnergy = recoilMin...Double.greatestFiniteMagnitude
    experiment.cuts.xMin = xMin
    return experiment
  }
}

@Suite("Yields")
struct YieldTests {
  private let device = NativeDevice()

  @Test func allRowsAreThere() { #expect(ReferenceYield.all.count == 12) }

  @Test(arguments: ReferenceYield.all)
  func quadratureGivesTheReference(row: ReferenceYield) throws {
    let yield = try Yield(experiment: row.described(), device: device)
    let estimate = try yield.estimates(mPhi: [row.mPhi])[0]
    #expect(abs(estimate.value / row.value - 1) < 3e-3)
    #expect(estimate.relativeError < 3e-6)
  }

  @Test(arguments: ReferenceYield.all)
  func monteCarloGivesTheReferenceAndTheQuadrature(row: ReferenceYield) throws {
    let experiment = try row.described()
    let sampled = try MonteCarloYield(experiment: experiment, seed: 3, device: device)
      .eventsPerParticlePerH2(mPhi: row.mPhi)
    #expect(abs(sampled.value / row.value - 1) < 3e-3)
    #expect(sampled.standardError < 2e-3 * sampled.value)
    let exact = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: [row.mPhi])[0]
    #expect(abs(sampled.value - exact) < 4.5 * sampled.standardError)
  }

  /// A muon's yield is nuclei per area times the cross section.
  @Test func layersAddUp() throws {
    var experiment = try #require(try Experiment.shipped("na64mu-2022"))
    let whole = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: [0.5])[0]
    let layer = experiment.layers[0]
    experiment.layers = [10, 30].map { TargetLayer(material: layer.material, radiationLengths: $0) }
    let parts = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: [0.5])[0]
    #expect(abs(parts / whole - 1) < 1e-14)
  }

  /// The same for electrons, whose spectrum goes on where the first layer ends.
  @Test func electronsKeepTheirSpectrumAcrossLayers() throws {
    var experiment = try #require(try Experiment.shipped("na64e-2022"))
    let masses = [0.12, 2.0]
    let whole = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: masses)
    let layer = experiment.layers[0]
    experiment.layers = [0.7, 39.3].map { TargetLayer(material: layer.material, radiationLengths: $0) }
    let parts = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: masses)
    for (part, all) in zip(parts, whole) { #expect(abs(part / all - 1) < 2e-5) }
  }

  /// With no cut the acceptance is 1, with an angle of pi too; a narrow cone takes some away.
  @Test func acceptance() throws {
    var experiment = try #require(try Experiment.shipped("m3"))
    experiment.cuts = SignalCuts()
    #expect(try Yield(experiment: experiment, device: device).acceptance(mPhi: [0.2]) == [1])
    experiment.cuts.recoilAngleMax = 0.5
    let part = try Yield(experiment: experiment, device: device).acceptance(mPhi: [0.2])[0]
    #expect(part > 0.01 && part < 0.99)
    let sampled = try MonteCarloYield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: 0.2)
    let product = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: [0.2])[0]
    #expect(abs(sampled.value / product - 1) < 5e-3)
  }

  @Test(arguments: Experiment.shippedNames)
  func nothingIsProducedAboveThreshold(name: String) throws {
    let experiment = try #require(try Experiment.shipped(name))
    let yields = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: [0.3, 1e3])
    #expect(yields[0] > 0)
    #expect(yields[1] == 0)
  }

  /// 2.303 events: with 2.84e11 electrons, E_mu > 10 GeV and n_up/efficiency = 5 the limit of NA64 meets the line of
  /// 428e-11 near 0.5 GeV, as arXiv:2202.04410 states; there h = 1.42e-3 m_phi/m_mu in the paper's treatment.
  @Test func limitCrossesTheMuonMomentNearHalfAGeV() throws {
    let experiment = try #require(try Experiment.shipped("na64e-2018"))
    let masses = [0.4, 0.6]
    let yields = try Yield(experiment: experiment, device: device).eventsPerParticlePerH2(mPhi: masses)
    let limits = try zip(masses, yields).map { try experiment.couplingLimit(yield: $1, mPhi: $0) }
    let lines = masses.map { 1.42e-3 * $0 / 0.1056583755 }
    #expect(limits[0] < lines[0])
    #expect(limits[1] > lines[1])
    #expect(abs(experiment.expectedEvents(yield: yields[0], mPhi: 0.4, hMue: limits[0]) - 2.302585093) < 1e-6)
  }
}
