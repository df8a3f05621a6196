import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// Decays that phi would cause in the laboratory (docs/constraints.md).
struct DecayTests {
  static let muon = Kernel(portal_kernel_muon_to_electron_phi)
  static let fermions = Kernel(portal_kernel_muon_to_electron_fermions)
  static let scalars = Kernel(portal_kernel_muon_to_electron_scalars)
  static let kaon = Kernel(portal_kernel_kaon_to_electron_phi)
  static let higgs = Kernel(portal_kernel_higgs_to_phi_phi)

  /// decays.csv: 20 digits (Tests/ReferenceData/decays.py), down to 1 +- 1e-10 of every threshold.
  @Test(arguments: testDevices)
  func agreeWithQuadrature(on device: TestDevice) throws {
    let table = try ReferenceTable("decays")
    let masses = try table["m_phi"]
    let cases = [
      (Self.muon, 0, "width_mu_e_phi", 2e-15), (Self.kaon, 0, "ratio_k_e_nu_phi", 1e-13),
      (Self.higgs, 0, "width_higgs", 2e-15),
    ]
    for (kernel, output, column, tolerance) in cases {
      let computed = try evaluate(kernel, inputs: [masses], on: device.device)[output]
      for (i, expected) in try table[column].enumerated() {
        if expected.isNaN {
          #expect(computed[i].isNaN, "\(column) at \(masses[i])")
        } else {
          #expect(relativeError(computed[i], expected) <= tolerance, "\(column) at \(masses[i]): \(computed[i])")
        }
      }
    }
  }

  /// decays_dark.csv: on and off the resonance, phi as narrow as 1e-12 m_phi, unequal masses, thresholds.
  @Test(arguments: testDevices)
  func muonToDarkAgreesWithQuadrature(on device: TestDevice) throws {
    let table = try ReferenceTable("decays_dark")
    let inputs =
      try ["m_phi", "m_psi", "m_psi2", "width"].map { try table[$0] } + [[Double](repeating: 0, count: table.rowCount)]
    for (kernel, column) in [(Self.fermions, "fermions"), (Self.scalars, "scalars")] {
      let computed = try evaluate(kernel, inputs: inputs, on: device.device)
      for (i, expected) in try table[column].enumerated() {
        #expect(
          relativeError(computed[0][i], expected) <= 1e-12, "\(column) at \(inputs.map { $0[i] }): \(computed[0][i])")
        #expect(relativeError(computed[1][i], computed[0][i] / PORTAL_MUON_WIDTH) <= 0x1p-51)
      }
    }
  }

  /// The numbers of the physics specification, to the digits given there.
  @Test(arguments: testDevices)
  func publishedNumbers(on device: TestDevice) throws {
    let kaon = try evaluate(Self.kaon, inputs: [[0.106, 0.15, 0.2, 0.3]], on: device.device)[1]
    for (value, expected) in zip(kaon, [(3.566e-3, 0.5e-6), (1.013e-3, 0.5e-6), (3.54e-4, 0.5e-6), (3.3e-5, 0.5e-6)]) {
      #expect(abs(value - expected.0) <= expected.1)
    }
    let (mPhi, mPsi, h) = (0.25, 0.05, 0.03)
    let invisible = try evaluate(WidthTests.fermions, inputs: [[mPhi], [mPsi], [mPsi]], on: device.device)[0]
    let visible = try evaluate(WidthTests.visible, inputs: [[mPhi]], on: device.device)[0].map { $0 * h * h }
    let dark = try evaluate(
      Self.fermions, inputs: [[mPhi], [mPsi], [mPsi], invisible, visible], on: device.device)
    #expect(abs(dark[0][0] * h * h - 1.066e-15) <= 0.5e-18)
    #expect(abs(dark[1][0] * h * h - 3500) < 100)
  }

  /// A narrow on-shell phi factorises: Gamma(mu -> e psi psi) = Gamma(mu -> e phi) BR(phi -> psi psi).
  @Test(arguments: testDevices)
  func narrowWidthFactorises(on device: TestDevice) throws {
    let (masses, dark) = ([0.03, 0.06, 0.09], [Double](repeating: 0.01, count: 3))
    let muon = try evaluate(Self.muon, inputs: [masses], on: device.device)[0]
    for (kernel, widths) in [(Self.fermions, WidthTests.fermions), (Self.scalars, WidthTests.scalars)] {
      let invisible = try evaluate(widths, inputs: [masses, dark, dark], on: device.device)[0]
      let total = masses.map { $0 * 1e-13 }
      let zero = [0.0, 0, 0]
      let off = try evaluate(kernel, inputs: [masses, dark, dark, total, zero], on: device.device)[0]
      for i in masses.indices { #expect(relativeError(off[i] * total[i], muon[i] * invisible[i]) < 1e-9) }
    }
  }

  /// +0 at and beyond each threshold.
  @Test(arguments: testDevices)
  func closedBeyondThreshold(on device: TestDevice) throws {
    let cases: [(Kernel, Int, [Double])] = [
      (Self.muon, 0, [PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS, 0.11, 1e6]),
      (Self.kaon, 0, [(PORTAL_KAON_MASS - PORTAL_ELECTRON_MASS).nextUp, 0.5, 1e6]),
      (Self.higgs, 0, [PORTAL_HIGGS_MASS / 2, 63, 1e6]),
    ]
    for (kernel, output, masses) in cases {
      let values = try evaluate(kernel, inputs: [masses], on: device.device)[output]
      #expect(values.allSatisfy { $0.bitPattern == 0 }, "\(kernel.name) \(values)")
    }
    let heavy = [0.0526, 0.06, 1e3]
    let third = [1e-3, 1e-3, 1e-3]
    for kernel in [Self.fermions, Self.scalars] {
      let values = try evaluate(kernel, inputs: [[0.25, 0.05, 0.3], heavy, heavy, third, third], on: device.device)[0]
      #expect(values.allSatisfy { $0.bitPattern == 0 })
    }
  }

  /// The dark particles may be exchanged.
  @Test(arguments: testDevices)
  func symmetricInTheDarkMasses(on device: TestDevice) throws {
    let (light, heavy, mPhi, width) = (
      [0.001, 0.02, 1e-6], [0.09, 0.05, 0.1], [0.25, 0.06, 0.11], [1e-5, 1e-9, 0.02]
    )
    for kernel in [Self.fermions, Self.scalars] {
      let one = try evaluate(kernel, inputs: [mPhi, light, heavy, width, width], on: device.device)[0]
      let two = try evaluate(kernel, inputs: [mPhi, heavy, light, width, width], on: device.device)[0]
      for (a, b) in zip(one, two) { #expect(relativeError(a, b) < 1e-14) }
    }
  }
}
