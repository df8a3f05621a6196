import ComputeDevices
import Fitting
import LeptonicPortal
import Testing

struct RelicCouplingTests {
  private static let device = NativeDevice(threads: 2)
  private static let leptons = RelicChoices(annihilation: .leptons)

  /// One row of relic_density.csv (Tests/ComputeDevicesTests/ReferenceData; e-mu channel, 1e-4).
  struct Reference: Sendable {
    let darkMatter: DarkMatter
    let mPhi, m1, m2, h, g, density: Double
  }

  /// Far below, near and above the resonance; unequal masses. None where the resonance dominates and g is most of its
  /// width: there the density does not depend on g.
  static let references: [Reference] = [
    .init(
      darkMatter: .fermion, mPhi: 0.316975, m1: 0.1056583333, m2: 0.1056583333, h: 0.003299998683, g: 0.08,
      density: 2.100689),
    .init(
      darkMatter: .fermion, mPhi: 8, m1: 2.666666667, m2: 2.666666667, h: 0.08328729226, g: 0.08, density: 1.471846),
    .init(darkMatter: .fermion, mPhi: 1, m1: 0.4, m2: 0.4, h: 0.0103, g: 0.1, density: 4.815599e-2),
    .init(darkMatter: .fermion, mPhi: 1, m1: 0.6, m2: 0.6, h: 0.0103, g: 0.1, density: 4.756022e-1),
    .init(darkMatter: .fermion, mPhi: 2.9025, m1: 1.608856, m2: 1.769741, h: 0.009133, g: 0.055638, density: 24.29270),
    .init(darkMatter: .scalar, mPhi: 0.317, m1: 0.12, m2: 0.12, h: 0.003, g: 0.005, density: 8.580911e-2),
    .init(darkMatter: .scalar, mPhi: 5.439, m1: 3.780649, m2: 3.780649, h: 0.004049, g: 0.29999, density: 14.30127),
  ]

  /// The reference's density gives back the reference's couplings; Omega ~ coupling^-2, so half of its 1e-4.
  @Test(arguments: references)
  func referenceCouplings(_ row: Reference) throws {
    let coupling = RelicCoupling(darkMatter: row.darkMatter, relic: Self.leptons, device: Self.device)
    let h = try coupling.h(mPhi: row.mPhi, mPsi: row.m1, mPsi2: row.m2, g: row.g, target: row.density)
    #expect(h.status == .found && h.couplings.count == 1)
    #expect(abs(h.smallest / row.h - 1) < 1e-4)
    let g = try coupling.g(mPhi: row.mPhi, mPsi: row.m1, mPsi2: row.m2, h: row.h, target: row.density)
    #expect(g.status == .found)
    #expect(g.couplings.contains { abs($0 / row.g - 1) < 1e-4 })
  }

  /// The density at the coupling found, from the kernel itself, is the target.
  @Test(arguments: DarkMatter.allCases)
  func densityAtTheSolution(of darkMatter: DarkMatter) throws {
    let coupling = RelicCoupling(darkMatter: darkMatter, device: Self.device)
    let unit = darkMatter == .scalar ? 0.5 : 1
    let points = (0..<40).map { i in
      RelicCoupling.Point(mPhi: 0.5, mPsi: 0.5 * (0.22 + 0.018 * Double(i)), coupling: 0.08 * unit)
    }
    for target in [0.12, 3.0] {
      let solutions = try coupling.h(at: points, for: target)
      let found = zip(points, solutions).flatMap { point, solution in
        solution.couplings.map { [point.mPhi, point.mPsi, point.mPsi2, $0, point.coupling] }
      }
      #expect(found.count >= 25)
      for density in try densities(of: darkMatter, at: found) { #expect(abs(density / target - 1) < 2e-9) }
    }
  }

  /// Where the width smears the resonance the density rises with the coupling: two couplings give it.
  @Test func bothBranches() throws {
    let coupling = RelicCoupling(darkMatter: .fermion, device: Self.device)
    let g = try coupling.g(mPhi: 1.685, mPsi: 0.4849 * 1.685, h: 4.13e-5)
    #expect(g.couplings.count == 2)
    let h = try coupling.h(mPhi: 3.278, mPsi: 0.4887 * 3.278, g: 1.09e-3)
    #expect(h.couplings.count == 2)
    let points =
      g.couplings.map { [1.685, 0.4849 * 1.685, 0.4849 * 1.685, 4.13e-5, $0] }
      + h.couplings.map { [3.278, 0.4887 * 3.278, 0.4887 * 3.278, $0, 1.09e-3] }
    for density in try densities(of: .fermion, at: points) { #expect(abs(density / 0.12 - 1) < 2e-9) }
    #expect(h.couplings == h.couplings.sorted())
  }

  /// m_psi = m_phi/2, where phi is too narrow to be computed at smaller h: the zero lies next to that edge, between it and the
  /// next of the couplings that are looked at.
  @Test(arguments: [(0.12, 1.0), (0.5, 3.0)]) func besideTheEdgeOfWhatIsComputable(mPhi: Double, g: Double) throws {
    let coupling = RelicCoupling(darkMatter: .fermion, device: Self.device)
    let solution = try coupling.h(mPhi: mPhi, mPsi: mPhi / 2, g: g)
    #expect(solution.status == .found)
    let points = solution.couplings.map { [mPhi, mPhi / 2, mPhi / 2, $0, g] }
    for density in try densities(of: .fermion, at: points) { #expect(abs(density / 0.12 - 1) < 2e-9) }
  }

  /// phi phi* alone annihilates too much; a heavy mediator never enough; masses outside the domain.
  @Test func noSolution() throws {
    let coupling = RelicCoupling(darkMatter: .fermion, device: Self.device)
    #expect(try coupling.h(mPhi: 1, mPsi: 0.99, g: 2).status == .alwaysBelow)
    #expect(try coupling.h(mPhi: 100, mPsi: 1, g: 1e-3).status == .alwaysAbove)
    #expect(try coupling.h(mPhi: 0.1, mPsi: 0.04, g: 0.1).status == .outsideDomain)
    #expect(try coupling.g(mPhi: 1, mPsi: 0.3, h: -1).status == .outsideDomain)
    #expect(try coupling.h(mPhi: 1, mPsi: 0.3, mPsi2: 1, g: 0.1).status == .outsideDomain)
    #expect(try coupling.h(mPhi: 0.1, mPsi: 0.04, g: 0.1).smallest.isNaN)
    #expect(try coupling.h(at: []).isEmpty)
  }

  /// The paper's estimate has the density h g = 9.47e-4 (m_phi/GeV) at m_psi = m_phi/3, its eq. (21).
  @Test func estimateOfThePaper() throws {
    let coupling = RelicCoupling(
      darkMatter: .fermion, relic: RelicChoices(treatment: .gk2022), device: Self.device)
    let h = try coupling.h(mPhi: 0.6, mPsi: 0.2, g: 0.08, target: 0.12).smallest
    #expect(abs(h * 0.08 / (9.47e-4 * 0.6) - 1) < 1e-8)
  }

  private func densities(of darkMatter: DarkMatter, at points: [[Double]]) throws -> [Double] {
    let formula = try #require(Model(darkMatter: darkMatter).formula(for: RelicObservables.density))
    var tables = (0..<5).map { column in points.map { $0[column] } }
    tables.append(try #require(try formula.auxiliary?()))
    let step = Program.Step(
      kernel: formula.kernel, inputs: (0..<5).map { .table($0, strides: [1]) }, outputs: Array(0..<7), auxiliary: 5)
    let program = Program(
      shape: [points.count], tables: tables, steps: [step], streamCount: 7,
      results: [Program.Result(stream: 0, type: .float64)])
    return try Self.device.evaluateAll(program)[0]
  }
}
