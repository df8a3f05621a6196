import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// Partial widths and branching ratios (GK 12-14).
struct WidthTests {
  static let fermions = Kernel(portal_kernel_invisible_width_fermions)
  static let scalars = Kernel(portal_kernel_invisible_width_scalars)
  static let visible = Kernel(portal_kernel_visible_width)
  static let branching = Kernel(portal_kernel_invisible_branching_ratio)

  /// widths.csv: 60-digit values (Tests/ReferenceData/widths.py), equal and unequal masses, down to 1 +- 1e-15 of the
  /// threshold, at it and below it.
  @Test(arguments: testDevices)
  func agreeWithTheTable(on device: TestDevice) throws {
    let table = try ReferenceTable("widths")
    let masses = [try table["m_phi"], try table["m_psi"], try table["m_psi2"]]
    let cases = [
      (Self.fermions, masses, "fermions_per_g2"), (Self.scalars, masses, "scalars_per_g2"),
      (Self.visible, [masses[0]], "visible_per_h2"),
    ]
    for (kernel, inputs, column) in cases {
      let computed = try evaluate(kernel, inputs: inputs, on: device.device)[0]
      for (i, expected) in try table[column].enumerated() {
        #expect(
          relativeError(computed[i], expected) <= 2e-15, "\(column) at \(masses.map { $0[i] }): \(computed[i])")
      }
    }
  }

  /// A fermion pair of this chirality is produced in a P wave, Gamma ~ p^3; scalars and mu e in an S wave, Gamma ~ p.
  @Test(arguments: testDevices)
  func thresholdExponents(on device: TestDevice) throws {
    let excess = 0x1p-20
    let pair = [0.25 * (1 + excess), 0.25 * (1 + 4 * excess)]  // p doubles
    let daughters = [[0.125, 0.125], [0.125, 0.125]]
    let fermions = try evaluate(Self.fermions, inputs: [pair] + daughters, on: device.device)[0]
    let scalars = try evaluate(Self.scalars, inputs: [pair] + daughters, on: device.device)[0]
    #expect(relativeError(fermions[1] / fermions[0], 8) < 1e-5)
    #expect(relativeError(scalars[1] / scalars[0], 2) < 1e-5)
    let threshold = PORTAL_MUON_MASS + PORTAL_ELECTRON_MASS
    let masses = [threshold * (1 + excess), threshold * (1 + 4 * excess)]
    let visible = try evaluate(Self.visible, inputs: [masses], on: device.device)[0]
    // p^2 is linear in the excess up to excess m_phi / (4 m_e).
    #expect(relativeError(visible[1] / visible[0], 2) < 1e-3)
  }

  @Test(arguments: testDevices)
  func closedAtAndBelowThreshold(on device: TestDevice) throws {
    let inputs = [[0.25, 0.2, 0.1, 0.01, 1e-6], Array(repeating: 0.125, count: 5), Array(repeating: 0.125, count: 5)]
    let closed = Array(repeating: 0.0, count: 5)
    for kernel in [Self.fermions, Self.scalars] {
      let widths = try evaluate(kernel, inputs: inputs, on: device.device)[0]
      #expect(widths.map(\.bitPattern) == closed.map(\.bitPattern), "+0, not -0")
    }
    let light = [PORTAL_MUON_MASS, PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS, 0.05, 0.001]
    let visible = try evaluate(Self.visible, inputs: [light], on: device.device)[0]
    #expect(visible.allSatisfy { $0.bitPattern == 0 })
  }

  /// Below |m1 - m2| Kaellen's function is positive again; the decay stays closed.
  @Test(arguments: testDevices)
  func closedBelowTheMassDifference(on device: TestDevice) throws {
    let inputs = [[0.1, 0.1], [0.5, 0.01], [0.01, 0.5]]
    for kernel in [Self.fermions, Self.scalars] {
      let widths = try evaluate(kernel, inputs: inputs, on: device.device)[0]
      #expect(widths.allSatisfy { $0.bitPattern == 0 })
    }
  }

  @Test(arguments: testDevices)
  func branchingRatioIsAProbability(on device: TestDevice) throws {
    var generator = SplitMix64(seed: 5)
    let widths = (0..<1000).map { _ in Double.random(in: 0...1, using: &generator) }
    let others = widths.map { $0 * Double.random(in: 0...1e3, using: &generator) }
    let invisible = try evaluate(Self.branching, inputs: [widths, others], on: device.device)[0]
    let visible = try evaluate(Self.branching, inputs: [others, widths], on: device.device)[0]
    #expect(invisible.allSatisfy { (0...1).contains($0) })
    #expect(zip(invisible, visible).allSatisfy { abs($0 + $1 - 1) <= 0x1p-52 })
  }

  @Test(arguments: testDevices)
  func branchingRatioAtItsEdges(on device: TestDevice) throws {
    let ratios = try evaluate(Self.branching, inputs: [[0, 1, 0, 2], [0, 0, 1, 2]], on: device.device)[0]
    #expect(ratios == [0, 1, 0, 0.5])
  }

  @Test(arguments: testDevices)
  func couplingsEnterSquared(on device: TestDevice) throws {
    let kernel = Kernel(portal_kernel_times_squared_coupling)
    let values = try evaluate(kernel, inputs: [[0, 1, 2, -0.5], [3, 3, 3, 3]], on: device.device)[0]
    #expect(values == [0, 3, 12, 0.75])
  }
}
