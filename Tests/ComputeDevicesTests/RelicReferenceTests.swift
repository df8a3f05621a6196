import ComputeDevices
import Foundation
import LeptonicPortal
import Testing

/// The relic density against independent programs.
struct RelicReferenceTests {
  private func expect(
    _ computed: [Double], near expected: [Double], within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (row, pair) in zip(computed, expected).enumerated() {
      #expect(relativeError(pair.0, pair.1) <= tolerance, "row \(row): \(pair)", sourceLocation: sourceLocation)
    }
  }

  /// relic_density.csv: adaptive quadrature and a stiff ODE solver (Tests/ReferenceData/relic_density.py), e-mu channel,
  /// annihilation to x = 2e4.
  @Test(arguments: testDevices)
  func leptonChannel(on device: TestDevice) throws {
    let table = try RelicTable("relic_density")
    let results = try table.points.evaluate(RelicTables(annihilation: .leptons), on: device.device)
    expect(results.relicDensity, near: try table["omega_h2"], within: 5e-5)
    expect(results.sigmav20, near: try table["sigmav_eff_x20_GeV-2"], within: 1e-6)
  }

  /// relic_micromegas.csv: micrOMEGAs 6.0 (arXiv:2312.14894), both channel choices; its own tolerances are about 0.2 %.
  @Test(arguments: testDevices)
  func micrOMEGAs(on device: TestDevice) throws {
    let table = try RelicTable("relic_micromegas")
    let all = try table.points.evaluate(RelicTables(), on: device.device)
    let leptons = try table.points.evaluate(RelicTables(annihilation: .leptons), on: device.device)
    expect(all.relicDensity, near: try table["omega_h2_all"], within: 3e-3)
    expect(leptons.relicDensity, near: try table["omega_h2_emu"], within: 3e-3)
  }

  /// relic_random.csv: adaptive quadrature and a stiff ODE solver (Tests/ReferenceData/relic_density.py), all channels,
  /// widths from 1e-10 to 0.2 m_phi, forbidden and coannihilating points.
  @Test(arguments: testDevices)
  func adaptiveIntegration(on device: TestDevice) throws {
    let table = try RelicTable("relic_random")
    let results = try table.points.evaluate(on: device.device)
    expect(results.relicDensity, near: try table["omega_h2_x2e4"], within: 1e-4)
    expect(results.sigmav20, near: try table["sigmav_eff_x20"], within: 1e-6)
    let toToday = try table.points.evaluate(RelicTables(lastX: 1e8, quarters: 160), on: device.device)
    expect(toToday.relicDensity, near: try table["omega_h2"], within: 1e-4)
  }

  /// relic_threshold.csv, the same: the resonance within 1e-5 of the threshold, where energies far below T decide and
  /// annihilation goes on for long; phi phi* below m_psi = 0.3 m_phi.
  @Test(arguments: testDevices)
  func resonanceAtThreshold(on device: TestDevice) throws {
    let table = try RelicTable("relic_threshold")
    let results = try table.points.evaluate(on: device.device)
    let later = try table.points.evaluate(RelicTables(lastX: 1e7), on: device.device)
    // Looser where nearly everything is phi phi* at the high energies of an early freeze-out.
    let isPhiPairs = zip(table.points.inputs[3], table.points.inputs[4]).map { $1 / $0 > 1e7 }
    for (computed, column) in [(results.relicDensity, "omega_h2_x2e4"), (later.relicDensity, "omega_h2_x1e7")] {
      for (row, pair) in zip(computed, try table[column]).enumerated() {
        #expect(relativeError(pair.0, pair.1) <= (isPhiPairs[row] ? 5e-4 : 1e-4), "\(column) row \(row): \(pair)")
      }
    }
    expect(results.sigmav20, near: try table["sigmav_eff_x20"], within: 1e-5)
  }

  /// relic_unequal.csv: psi2 up to three times as heavy as psi1, where annihilation ends at m_1/T = 2e4 and (m_1 + m_2)/2T
  /// is far beyond; narrow resonances 40 to 75 T above the threshold at x = 20.
  @Test(arguments: testDevices)
  func heavyPartnersAndFarResonances(on device: TestDevice) throws {
    let table = try RelicTable("relic_unequal")
    let results = try table.points.evaluate(on: device.device)
    expect(results.relicDensity, near: try table["omega_h2_x2e4"], within: 1e-4)
    expect(results.sigmav20, near: try table["sigmav_eff_x20"], within: 2e-5)
  }

  /// Y that has hardly been Y_eq at T = E_min/2, where it is started; the right densities are those of the generator of
  /// relic_random.csv with first_x = 0.01 (the same from 0.05 on). The error estimate contains the difference of 14 and 5 %.
  @Test func decouplingBeforeTheFirstNodeIsInTheError() throws {
    var points = RelicPoints()
    for coupling in [1.4e-3, 1.7e-3, 3e-3] {
      points.append(.fermion, mPhi: 6, 0.15, 0.15, h: coupling, g: coupling)
    }
    let results = try points.evaluate(on: NativeDevice())
    for (row, right) in [2185285.07, 2410364.52, 1889427.25].enumerated() {
      #expect(relativeError(results.relicDensity[row], right) < results.relativeError[row])
    }
    #expect(results.relativeError[2] < 1e-4)
  }

  /// The documented bound on 10^4 random points, against tables ten times finer in temperature and twice in energy.
  @Test func uniformBound() throws {
    var generator = SplitMix64(seed: 11)
    var points = RelicPoints()
    func logarithmic(_ low: Double, _ high: Double) -> Double {
      low * pow(high / low, Double.random(in: 0..<1, using: &generator))
    }
    for i in 0..<10_000 {
      let kind: DarkMatter = i % 2 == 0 ? .fermion : .scalar
      let mPhi = logarithmic(0.106, 10), m1 = mPhi * logarithmic(0.1, 1.5)
      let m2 = i % 3 == 0 ? m1 * Double.random(in: 1...1.5, using: &generator) : m1
      let g = logarithmic(1e-3, 2) * (kind == .fermion ? 1 : mPhi)
      points.append(kind, mPhi: mPhi, m1, m2, h: logarithmic(1e-5, 1), g: g)
    }
    let device = NativeDevice()
    let normal = try points.evaluate(on: device)
    let fine = try points.evaluate(RelicTables(quarters: 1000, refinement: 2), on: device)
    var worst = 0.0, compared = 0
    for (a, b) in zip(normal.relicDensity, fine.relicDensity) where a.isFinite && b.isFinite {
      worst = max(worst, relativeError(a, b))
      compared += 1
    }
    #expect(compared > 9_900)
    #expect(worst < 2e-4)
  }
}
