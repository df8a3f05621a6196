import ComputeDevices
import Experiments
import Foundation
import LeptonicPortal
import PortalKernels
import Production
import Testing

/// Layers of 1e-5 to 40 X0, against incomplete gamma functions (thin_layers.csv, made by Tests/ReferenceData/na64_yield.py).
@Suite("Thin and thick layers")
struct ThinLayerTests {
  private static let mPhi = 0.317

  private func experiment(thickness: Double) throws -> Experiment {
    var experiment = try #require(try Experiment.shipped("na64e-2022"))
    experiment.spectrum = .tsaiWhitis
    experiment.layers = [TargetLayer(material: try #require(.named("W")), radiationLengths: thickness)]
    return experiment
  }

  /// Events per particle and X0 without energy loss.
  private func withoutLoss() throws -> Double {
    let tungsten = try #require(TargetMaterial.named("W"))
    let process = ProductionProcess(channel: .electronToMuon, nucleus: tungsten.nucleus)
    let cuts = ProductionCuts(recoilEnergy: 10...Double.greatestFiniteMagnitude)
    let section = try CrossSectionCalculator(process: process, tolerance: 1e-9, device: NativeDevice())
      .total(energy: [100], mPhi: [Self.mPhi], cuts: cuts)[0]
    return 6.02214076e23 * tungsten.radiationLength / tungsten.nucleus.massNumber * 1e-36 * section.value
  }

  @Test func yieldsTablesAndTheirAccuracy() throws {
    let perLength = try withoutLoss()
    for row in try referenceRows("thin_layers") {
      let thickness = try row.number("thickness")
      let experiment = try experiment(thickness: thickness)
      let estimate = try Yield(experiment: experiment, device: NativeDevice()).estimates(mPhi: [Self.mPhi])[0]
      let expected = try row.number("yield") * perLength * thickness
      let error = abs(estimate.value / expected - 1)
      #expect(error < 1e-7, "\(thickness) X0")
      #expect(error < estimate.relativeError && estimate.relativeError < 1e-6, "\(thickness) X0")
      // The beam's electron only loses energy, and the cross section rises with it.
      #expect(estimate.value < perLength * thickness)
      let table = try experiment.signalTable(mPhi: Self.mPhi...Self.mPhi)
      let events = Kernel(portal_kernel_signal_events).evaluate(columns: [[Self.mPhi]], auxiliary: table)[0][0]
      let expectedEvents = experiment.expectedEvents(yield: expected, mPhi: Self.mPhi, hMue: 1)
      #expect(abs(events / expectedEvents - 1) < 1e-6, "\(thickness) X0")
    }
  }

  /// e^(-k y) in place of the cross section.
  @Test func exponentialsOverTheTrackLength() throws {
    for row in try referenceRows("thin_layers") {
      let thickness = try row.number("thickness")
      let transport = ElectronTransport(.tsaiWhitis, in: try experiment(thickness: thickness).layers, number: 0)
      let length = TrackLength(transport, above: 0.5)
      for k in [0, 1, 5] {
        let expected = try row.number("moment_\(k)") * thickness
        func sum(_ rule: (fractions: [Double], lengths: [Double])) -> Double {
          zip(rule.fractions, rule.lengths).reduce(0) { $0 + pow($1.0, Double(k)) * $1.1 }
        }
        #expect(abs(sum(length.gaussRule(count: 24)) / expected - 1) < 3e-9, "\(thickness) X0, \(k)")
        let shares = (0..<4096).map { (Double($0) + 0.5) / 4096 }
        #expect(abs(sum(length.sampled(shares: shares)) / expected - 1) < 3e-4, "\(thickness) X0, \(k)")
      }
    }
  }

  @Test(arguments: [1e-4, 1e-3, 0.02, 0.3])
  func monteCarlo(thickness: Double) throws {
    let experiment = try experiment(thickness: thickness)
    let exact = try Yield(experiment: experiment, device: NativeDevice()).eventsPerParticlePerH2(mPhi: [Self.mPhi])[0]
    let sampled = try MonteCarloYield(experiment: experiment, seed: 2, samples: 1 << 18, device: NativeDevice())
      .eventsPerParticlePerH2(mPhi: Self.mPhi)
    #expect(abs(sampled.value - exact) < 4.5 * sampled.standardError)
    #expect(sampled.standardError < 4e-3 * exact)
  }
}
