import ComputeDevices
import Experiments
import LeptonicPortal
import Limits
import Scanning
import Testing

@Suite struct ExperimentLimitTests {
  /// The limit of an experiment without background that saw nothing, with full efficiency.
  private func limit(_ name: String, mPhi: Double, g: Double = 1, mPsi: Double? = nil) throws -> Double {
    var experiment = try #require(try Experiment.shipped(name))
    experiment.efficiency = Efficiency(1)
    let yaml = """
      leptoscan: 1
      axes: { m_phi: \(mPhi), h_mue: 1e-3, m_psi: \(mPsi ?? mPhi / 3), g: \(g) }
      """
    let card = try RunCard(yaml: yaml, file: "card.yaml", knownObservables: Model.observableNames)
    let curves = try LimitCurves(
      of: card, measurements: .latest, treatment: .exact, experiments: [experiment], device: NativeDevice())
    let line = try #require(curves.lines.firstIndex { $0.name == name })
    #expect(curves.lines[line].kind == (experiment.evidence.counts ? .excluded : .projection))
    #expect(curves.lines[line].evidence == experiment.evidence)
    #expect(curves.lines[line].confidenceLevel == 0.9)
    return curves.couplings[line][0]
  }

  /// 2.303 expected events, with the yields of na64_yield.csv (computed by an independent program).
  @Test(arguments: [
    ("na64e-2022", 9.37e11, 0.11, 7.0982e-06), ("na64e-2022", 9.37e11, 1.0, 4.0110e-08),
    ("na64e-projection", 2e12, 0.3169751265, 1.2380e-06), ("na64mu-2022", 1.98e10, 1.0, 4.9910e-05),
    ("na64mu-projection", 5e12, 3.0, 4.0492e-07),
  ])
  func ninetyPercentLimit(name: String, particles: Double, mPhi: Double, yield: Double) throws {
    let h = try limit(name, mPhi: mPhi)
    let branching = try LimitExample.value("br_invisible", mPhi: mPhi, hMue: h, mPsi: mPhi / 3, g: 1)
    #expect(agree(particles * yield * h * h * branching, 2.302585, within: 4e-3))
  }

  /// Where phi decays to e mu more often the larger h_mue is, the signal never exceeds N Gamma_inv/gamma.
  @Test func visibleDecaysTakeTheSignalAway() throws {
    let strong = try limit("na64e-2022", mPhi: 3)
    let weak = try limit("na64e-2022", mPhi: 3, g: 0.5)
    #expect(weak > strong)
    let branching = try LimitExample.value("br_invisible", mPhi: 3, hMue: weak, mPsi: 1, g: 0.5)
    let full = try LimitExample.value("br_invisible", mPhi: 3, hMue: strong, mPsi: 1, g: 1)
    #expect(agree(weak * weak * branching, strong * strong * full, within: 1e-10))
    #expect(try limit("na64e-2022", mPhi: 3, g: 0.01).isNaN)
    #expect(try limit("na64e-2022", mPhi: 1, mPsi: 0.6).isNaN, "phi cannot decay invisibly")
  }
}
