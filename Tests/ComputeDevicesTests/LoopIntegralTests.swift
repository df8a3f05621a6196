import ComputeDevices
import Foundation
import LeptonicPortal
import PortalKernels
import Testing

private let muonMass = PORTAL_MUON_MASS
private let electronMass = PORTAL_ELECTRON_MASS

/// The anomalous moments per h^2 (GK 3, 4).
struct LoopIntegralTests {
  private func moments(_ masses: [Double], on device: TestDevice) throws -> (muon: [Double], electron: [Double]) {
    let outputs = try evaluate(Kernel(portal_kernel_anomalous_moments), inputs: [masses], on: device.device)
    return (outputs[0], outputs[1])
  }

  /// Tests/ReferenceData/loop_integral.py: loop_integral.csv has ordinary masses, loop_integral_dense.csv thresholds, the points
  /// where the arrangement changes, up to 1e9 m_mu.
  @Test(arguments: testDevices, ["loop_integral", "loop_integral_dense"])
  func agreesWithQuadrature(on device: TestDevice, table name: String) throws {
    let table = try ReferenceTable(name)
    let masses = try table["m_phi"]
    let (muon, electron) = try moments(masses, on: device)
    let expected = (muon: try table["delta_a_mu_over_h2"], electron: try table["delta_a_e_over_h2"])
    #expect(table.rowCount > 30)
    for i in masses.indices {
      #expect(relativeError(muon[i], expected.muon[i]) <= 1e-13, "muon, m_phi = \(masses[i])")
      #expect(relativeError(electron[i], expected.electron[i]) <= 1e-13, "electron, m_phi = \(masses[i])")
    }
  }

  /// With r = (m_l/m_phi)^2, s = (m_f/m_phi)^2: L = 1/3 + r/4 + s (ln s + 11/6) + O(s^2 ln s, r^2).
  @Test(arguments: testDevices, [1e2, 1e3, 1e4])
  func heavyLimitWithItsFirstCorrection(on device: TestDevice, ratio: Double) throws {
    let mass = ratio * muonMass
    let (muon, electron) = try moments([mass], on: device)
    for (moment, lepton, loopLepton) in [(muon[0], muonMass, electronMass), (electron[0], electronMass, muonMass)] {
      let (r, s) = (pow(lepton / mass, 2), pow(loopLepton / mass, 2))
      let correction = r / 4 + s * (log(s) + 11.0 / 6)
      let integral = 16 * Double.pi * Double.pi / r * moment
      // The next order is larger by r + s |ln s| up to a factor of order 10; rounding adds 1e-15 to L.
      let tolerance = abs(correction) * 10 * (r + s * abs(log(s))) + 1e-15
      #expect(abs(integral - 1.0 / 3 - correction) <= tolerance)
      #expect(tolerance < 0.1 * abs(correction), "the tolerance would hide the correction")
    }
  }

  @Test(arguments: testDevices)
  func heavyScalarDecouples(on device: TestDevice) throws {
    let (muon, electron) = try moments([1e7, 1e8, 1e9], on: device)
    for values in [muon, electron] {
      #expect(relativeError(values[0] / values[1], 100) < 1e-12)
      #expect(relativeError(values[1] / values[2], 100) < 1e-12)
    }
    #expect(relativeError(muon[2] / electron[2], pow(muonMass / electronMass, 2)) < 1e-13)
  }

  /// Across all arrangements, and the places where one takes over from another, the moments are positive and fall.
  @Test(arguments: testDevices)
  func momentsArePositiveAndFall(on device: TestDevice) throws {
    let masses = (0...20000).map { muonMass * exp(Double($0) / 4000) }
    let (muon, electron) = try moments(masses, on: device)
    for values in [muon, electron] {
      #expect(values.allSatisfy { $0 > 0 })
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
    }
  }

  /// Outside the domain, m_phi < m_mu, the result is NaN and status says so; at m_mu itself it is regular (the
  /// singularity of the formula is at m_phi = m_mu - m_e).
  @Test(arguments: testDevices)
  func belowTheMuonMassIsFlagged(on device: TestDevice) throws {
    let outside = [Double.nan, 0, -1, 0.05, muonMass - electronMass, muonMass.nextDown, -Double.infinity]
    let inside = [muonMass, muonMass.nextUp, 0.3, 1e9, 1e15]
    let couplings = [Double](repeating: 1e-3, count: outside.count + inside.count)
    let status = try evaluate(
      Kernel(portal_kernel_status_scalars), inputs: [outside + inside, couplings], on: device.device)[0]
    #expect(status == outside.map { _ in 1 } + inside.map { _ in 0 })
    let (muon, electron) = try moments(outside + inside, on: device)
    for values in [muon, electron] {
      #expect(values.prefix(outside.count).allSatisfy { $0.isNaN })
      #expect(values.dropFirst(outside.count).allSatisfy { $0 > 0 && $0.isFinite })
    }
  }

  /// h up to sqrt(4 pi) and, for fermions, g too; m_phi comes first.
  @Test(arguments: testDevices)
  func strongCouplingsAreFlagged(on device: TestDevice) throws {
    let largest = Perturbativity.largestCoupling, above = largest.nextUp
    let columns = [[0.3, 0.3, 0.3, 0.05, 0.3], [largest, above, 1, 9, 1], [largest, 1, above, 1, .nan]]
    let fermions = try evaluate(Kernel(portal_kernel_status_fermions), inputs: columns, on: device.device)[0]
    #expect(fermions.prefix(4) == [0, 2, 2, 1])
    let scalars = try evaluate(
      Kernel(portal_kernel_status_scalars), inputs: Array(columns.prefix(2)), on: device.device)[0]
    #expect(scalars == [0, 2, 0, 1, 0])
  }

  /// A bad point leaves its neighbours in the same vector alone.
  @Test(arguments: testDevices)
  func badPointsDoNotDisturbOthers(on device: TestDevice) throws {
    let good = (0..<64).map { muonMass * exp(Double($0) / 16) }
    let bad = [Double.nan, 0, -1, 0.05, .infinity]
    let mixed = good.enumerated().flatMap { [$0.element, bad[$0.offset % bad.count]] }
    let alone = try moments(good, on: device).muon
    let together = try moments(mixed, on: device).muon
    #expect(stride(from: 0, to: mixed.count, by: 2).map { together[$0] } == alone)
  }
}
