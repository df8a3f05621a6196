import ComputeDevices
import Experiments
import LeptonicPortal
import PortalKernels
import Testing

@Suite("Tables of yields")
struct YieldTableTests {
  private func events(_ experiment: Experiment, at masses: [Double], table range: ClosedRange<Double>) throws
    -> [Double]
  {
    Kernel(portal_kernel_signal_events).evaluate(columns: [masses], auxiliary: try experiment.signalTable(mPhi: range))[
      0]
  }

  /// At masses between the nodes, up to close to the heaviest phi.
  @Test(arguments: [("na64e-2022", 1e-5), ("na64mu-2022", 1e-5), ("ldmx", 1e-5), ("m3", 1e-5)])
  func interpolationAgreesWithTheYield(name: String, tolerance: Double) throws {
    let experiment = try #require(try Experiment.shipped(name))
    let largest = try YieldTable(experiment: experiment).largestMass
    let masses = [0.1057, 0.1234, 0.317, 0.77, 1.9, 3.3, 7.1].filter { $0 < 0.9 * largest } + [0.93 * largest]
    let exact = try Yield(experiment: experiment, device: NativeDevice()).eventsPerParticlePerH2(mPhi: masses)
    let tabulated = try events(experiment, at: masses, table: masses[0]...0.93 * largest)
    for (mass, (table, yield)) in zip(masses, zip(tabulated, exact)) {
      let expected = experiment.expectedEvents(yield: yield, mPhi: mass, hMue: 1)
      #expect(abs(table / expected - 1) < tolerance, "m_phi \(mass)")
    }
  }

  /// The lattice does not move with the range.
  @Test func bitsDoNotDependOnTheRange() throws {
    let experiment = try #require(try Experiment.shipped("na64mu-2022"))
    let masses = [0.2, 0.25, 0.3]
    let narrow = try events(experiment, at: masses, table: 0.2...0.3)
    let wide = try events(experiment, at: masses, table: 0.11...2)
    #expect(narrow.map(\.bitPattern) == wide.map(\.bitPattern))
  }

  /// Nothing beyond the heaviest phi; NaN below the range, where nobody asks.
  @Test func outside() throws {
    let experiment = try #require(try Experiment.shipped("m3"))
    let largest = try YieldTable(experiment: experiment).largestMass
    let values = try events(experiment, at: [largest, 2 * largest, 1e5], table: 1...1e6)
    #expect(values == [0, 0, 0])
    #expect(try events(experiment, at: [0.05], table: 1...2)[0].isNaN)
  }

  @Test func efficiencyTablesArePartOfTheKernel() throws {
    var experiment = try #require(try Experiment.shipped("m3"))
    let masses = [0.15, 0.2, 0.4, 0.8, 1.5]
    let full = try events(experiment, at: masses, table: 0.1...2)
    experiment.efficiency = Efficiency(mPhi: [0.2, 0.5, 1], values: [0.5, 0.1, 0.9])
    let part = try events(experiment, at: masses, table: 0.1...2)
    for (k, mass) in masses.enumerated() {
      #expect(abs(part[k] / full[k] * 0.5 - experiment.efficiency.value(mPhi: mass)) < 1e-14)
    }
  }

  /// A cut that no event passes.
  @Test func nothingPasses() throws {
    var experiment = try #require(try Experiment.shipped("m3"))
    experiment.cuts.recoilEnergy = 20...30
    #expect(try events(experiment, at: [0.2, 5], table: 0.1...10) == [0, 0])
  }

  /// T_k at the nodes: the series of a polynomial is exact.
  @Test func chebyshevCoefficients() {
    let rule = ChebyshevRule(count: 12)
    let series = rule.coefficients(rule.nodes.map { 3 - 2 * $0 + 5 * (4 * $0 * $0 * $0 - 3 * $0) })
    let expected = [3, -2, 0, 5] + [Double](repeating: 0, count: 8)
    for (a, b) in zip(series, expected) { #expect(abs(a - b) < 1e-14) }
  }
}
