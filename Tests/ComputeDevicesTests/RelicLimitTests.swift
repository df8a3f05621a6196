import ComputeDevices
import Foundation
import LeptonicPortal
import PortalKernels
import Testing

/// Limits, symmetries and scaling of the annihilation cross section and the relic density.
struct RelicLimitTests {
  static let leptons = RelicTables(annihilation: .leptons)

  /// <sigma_eff v> at one point and x.
  private func sigmav(
    _ kind: DarkMatter, _ mPhi: Double, _ m1: Double, _ m2: Double, h: Double, g: Double, x: Double,
    on device: TestDevice
  ) throws -> Double {
    let kernel = Kernel(kind == .fermion ? portal_kernel_sigmav_fermions : portal_kernel_sigmav_scalars)
    let inputs = [mPhi, m1, m2, h, g, x].map { [$0] }
    let program = pointsProgram(kernel, inputs: inputs, auxiliary: try Self.leptons.build())
    return try evaluate(program, on: device.device)[0][0]
  }

  /// sigma v = a + b v^2 at threshold with a heavy mediator, from |M|^2 by hand.
  private func thresholdCoefficient(_ kind: DarkMatter, mPhi: Double, m: Double, h: Double, g: Double) -> Double {
    let (e, mu) = (PORTAL_ELECTRON_MASS, PORTAL_MUON_MASS)
    let s = 4 * m * m, distance = s - mPhi * mPhi
    let momentum = sqrt((s - (mu + e) * (mu + e)) * (s - (mu - e) * (mu - e))) / (2 * sqrt(s))
    let common = momentum * g * g * h * h * (s - e * e - mu * mu) / (distance * distance)
    return kind == .fermion ? common / (64 * Double.pi * m) : common / (32 * Double.pi * m * m * m)
  }

  /// Far from the resonance <sigma_eff v> tends to 6 b/(4x) for fermions (P wave) and to a/4 for scalars (S wave): a
  /// quarter, since a particle finds its partner among four species.
  @Test(arguments: testDevices)
  func nonrelativisticLimits(on device: TestDevice) throws {
    for x in [1e3, 1e4] {
      let fermions = try sigmav(.fermion, 3, 1, 1, h: 0.01, g: 0.1, x: x, on: device)
      let b = thresholdCoefficient(.fermion, mPhi: 3, m: 1, h: 0.01, g: 0.1)
      #expect(relativeError(fermions, 6 * b / x / 4) < 5 / x)
      let scalars = try sigmav(.scalar, 3, 1, 1, h: 0.01, g: 0.1, x: x, on: device)
      let a = thresholdCoefficient(.scalar, mPhi: 3, m: 1, h: 0.01, g: 0.1)
      #expect(relativeError(scalars, a / 4) < 1 / x)
    }
  }

  /// Today's cross section of scalars is the S-wave limit; that of fermions below m_phi vanishes.
  @Test(arguments: testDevices)
  func crossSectionToday(on device: TestDevice) throws {
    var points = RelicPoints()
    points.append(.scalar, mPhi: 3, 1, 1, h: 0.01, g: 0.1)
    points.append(.fermion, mPhi: 3, 1, 1, h: 0.01, g: 0.1)
    let today = try points.evaluate(on: device.device).sigmavToday
    #expect(relativeError(today[0], thresholdCoefficient(.scalar, mPhi: 3, m: 1, h: 0.01, g: 0.1) / 4) < 1e-8)
    #expect(today[1] == 0)
  }

  /// On a narrow resonance sigma ~ g^2 h^2/Gamma: with h ~ g it goes as g^2, whatever the width.
  @Test(arguments: testDevices)
  func narrowWidth(on device: TestDevice) throws {
    let scaled = try [1e-3, 1e-4, 3e-5].map {
      try sigmav(.fermion, 1, 0.4, 0.4, h: 0.5 * $0, g: $0, x: 20, on: device) / ($0 * $0)
    }
    #expect(relativeError(scaled[0], scaled[2]) < 3e-6)
    #expect(relativeError(scaled[1], scaled[2]) < 1e-7)
  }

  /// Crossing m_phi = m_1 + m_2 nothing jumps: the difference dies out with the distance.
  @Test(arguments: testDevices)
  func continuityAcrossThreshold(on device: TestDevice) throws {
    for (kind, excess, tolerance) in [
      (DarkMatter.fermion, 1e-9, 1e-3), (.fermion, 1e-12, 1e-6), (.scalar, 1e-12, 1e-3),
    ] {
      var points = RelicPoints()
      for sign in [1.0, -1.0] { points.append(kind, mPhi: 0.8 * (1 + sign * excess), 0.4, 0.4, h: 0.01, g: 0.1) }
      let density = try points.evaluate(Self.leptons, on: device.device).relicDensity
      #expect(relativeError(density[0], density[1]) < tolerance)
    }
  }

  /// Far from the resonance Omega h^2 ~ 1/(g h)^2 up to the logarithm in x_f: half of g leaves nearly four times as much.
  @Test(arguments: testDevices)
  func couplingScaling(on device: TestDevice) throws {
    var points = RelicPoints()
    for g in [0.1, 0.05, 0.025] { points.append(.fermion, mPhi: 10, 1, 1, h: 0.1, g: g) }
    points.append(.fermion, mPhi: 10, 1, 1, h: 0.05, g: 0.1)
    let results = try points.evaluate(Self.leptons, on: device.device)
    for i in 0..<2 {
      let ratio = results.relicDensity[i + 1] / results.relicDensity[i]
      let expected = 4 * pow(results.xFreezeOut[i + 1] / results.xFreezeOut[i], 2)
      #expect(relativeError(ratio, expected) < 0.05)
    }
    #expect(relativeError(results.relicDensity[3], results.relicDensity[1]) < 1e-3)
  }

  @Test(arguments: testDevices)
  func speciesAreInterchangeable(on device: TestDevice) throws {
    var points = RelicPoints()
    for kind in DarkMatter.allCases {
      points.append(kind, mPhi: 1, 0.7, 0.9, h: 0.01, g: 0.3)
      points.append(kind, mPhi: 1, 0.9, 0.7, h: 0.01, g: 0.3)
    }
    let density = try points.evaluate(on: device.device).relicDensity
    #expect(density[0] == density[1])
    #expect(density[2] == density[3])
  }

  /// The paper's benchmark, m_phi = 3 m_mu = 3 m_psi, h = 3.3e-3, g = 0.08: 2.10 and not 0.12; and their own estimate.
  @Test(arguments: testDevices)
  func benchmarkOfGninenkoKrasnikov(on device: TestDevice) throws {
    var points = RelicPoints()
    points.append(.fermion, mPhi: 3 * PORTAL_MUON_MASS, PORTAL_MUON_MASS, PORTAL_MUON_MASS, h: 3.3e-3, g: 0.08)
    #expect(relativeError(try points.evaluate(on: device.device).relicDensity[0], 2.10) < 2e-3)
    let estimate = try evaluate(
      Kernel(portal_kernel_relic_gk2022),
      inputs: [[1, 0.3], [1.0 / 3, 0.1], [1.0 / 3, 0.1], [0.01, 3e-3], [0.0947, 0.0947]],
      on: device.device)[0]
    #expect(relativeError(estimate[0], 0.12) < 1e-14)
    #expect(relativeError(estimate[1], 0.12) < 1e-14)
  }

  /// A point has its bits wherever it stands and whatever its neighbours are, though each point has its own window of
  /// temperatures and points in one vector skip work together.
  @Test(arguments: testDevices)
  func neighboursDoNotMatter(on device: TestDevice) throws {
    var points = RelicPoints(), reversed = RelicPoints()
    let couplings = [(1e-5, 0.03), (3e-3, 0.3), (0.1, 1.5), (1e-8, 1e-6)]
    let masses = [(0.2, 0.03, 0.03), (1, 0.33, 0.33), (1, 0.49, 0.6), (0.5, 0.48, 0.48), (3, 4, 5), (20, 25, 25)]
    let grid = couplings.flatMap { c in masses.map { m in (c, m) } }
    for (c, m) in grid { points.append(.fermion, mPhi: m.0, m.1, m.2, h: c.0, g: c.1) }
    for (c, m) in grid.reversed() { reversed.append(.fermion, mPhi: m.0, m.1, m.2, h: c.0, g: c.1) }
    let there = try points.evaluate(on: device.device), back = try reversed.evaluate(on: device.device)
    for (a, b) in [
      (there.relicDensity, back.relicDensity), (there.xFreezeOut, back.xFreezeOut), (there.status, back.status),
      (there.relativeError, back.relativeError), (there.sigmavFreezeOut, back.sigmavFreezeOut),
    ] { #expect(a.map(\.bitPattern) == b.reversed().map(\.bitPattern)) }
    let finite = there.relicDensity.indices.filter { there.relicDensity[$0].isFinite }
    #expect(finite.count >= 15)
    for i in finite { #expect(there.xFreezeOut[i].isFinite && there.sigmavFreezeOut[i] > 0) }
  }

  @Test(arguments: testDevices)
  func statusOfEveryKind(on device: TestDevice) throws {
    var points = RelicPoints()
    points.append(.fermion, mPhi: 1, 0.3, 0.3, h: 0.01, g: 0.1)
    points.append(.fermion, mPhi: 0.2, 0.05, 0.05, h: 0.03, g: 1)
    points.append(.fermion, mPhi: 0.1, 0.03, 0.03, h: 0.01, g: 0.1)
    points.append(.scalar, mPhi: 1, -0.3, 0.3, h: 0.01, g: 0.1)
    points.append(.scalar, mPhi: 1, 0.3, 1, h: 0.01, g: 0.1)
    points.append(.scalar, mPhi: .nan, 0.3, 0.3, h: 0.01, g: 0.1)
    points.append(.fermion, mPhi: 1, 0.3, 0.3, h: 1e-9, g: 1e-7)
    points.append(.fermion, mPhi: 1, 0.4999999, 0.4999999, h: 2e-6, g: 1e-3)
    points.append(.scalar, mPhi: 1, 0.3, 0.3, h: 0.01, g: 50)
    let results = try points.evaluate(on: device.device)
    #expect(results.status == [0, 1, 2, 2, 2, 2, 3, 4, 5])
    for column in [results.relicDensity, results.relativeError, results.sigmav20, results.xFreezeOut] {
      #expect(column.map(\.isFinite) == results.status.map { $0 < 2 })
    }
  }

  /// Everything outside the domain has status 2 and NaN; beyond the table of the degrees of freedom, and with couplings
  /// that are not perturbative, there are numbers.
  @Test(arguments: testDevices)
  func edgesOfTheDomain(on device: TestDevice) throws {
    var outside = RelicPoints(), inside = RelicPoints()
    for bad in [0, -0.1, .infinity, -.infinity, .nan] {
      outside.append(.fermion, mPhi: 1, 0.3, 0.3, h: bad, g: 0.1)
      outside.append(.fermion, mPhi: 1, 0.3, 0.3, h: 0.01, g: bad)
      outside.append(.scalar, mPhi: 1, 0.3, bad, h: 0.01, g: 0.1)
    }
    outside.append(.fermion, mPhi: 1e6, 0.3, 0.3, h: 0.01, g: 0.1)
    outside.append(.fermion, mPhi: 3, 0.3, 0.901, h: 0.01, g: 0.1)
    let results = try outside.evaluate(on: device.device)
    #expect(results.status.allSatisfy { $0 == 2 })
    for column in [results.relicDensity, results.xFreezeOut, results.sigmav20, results.sigmavToday] {
      #expect(column.allSatisfy { $0.isNaN })
    }
    inside.append(.fermion, mPhi: 1e5, 4e4, 4e4, h: 1, g: 1)  // freezes out at 2 TeV; z = 2 is at 40 TeV
    inside.append(.fermion, mPhi: 0.12, 0.04, 0.04, h: 0.01, g: 1)
    inside.append(.fermion, mPhi: 1, 0.3, 0.3, h: 0.01, g: 4)
    let numbers = try inside.evaluate(on: device.device)
    #expect(numbers.status == [0, 1, 0])
    #expect(numbers.relicDensity.allSatisfy { $0 > 0 && $0.isFinite })
  }

  /// Settings that the kernels cannot hold are refused.
  @Test func settingsOutOfRange() {
    #expect(throws: RelicTablesError.self) { try RelicTables(quarters: 1).build() }
    #expect(throws: RelicTablesError.self) { try RelicTables(lastX: 1).build() }
    #expect(throws: RelicTablesError.self) { try RelicTables(refinement: 9).build() }
    #expect(throws: RelicTablesError.self) { try RelicTables(lastX: .nan).build() }
  }
}
