import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// Decays of pi, K, Z, h and of the heavier dark particle, with all masses (docs/constraints.md).
struct RareDecayTests {
  static let pion = Kernel(portal_kernel_pion_to_electron_phi)
  static let kaonWindow = Kernel(portal_kernel_kaon_to_electron_phi_accepted)
  static let zBoson = Kernel(portal_kernel_z_to_electron_muon_phi)
  static let higgs = Kernel(portal_kernel_higgs_to_electron_muon_phi)
  static let fermions = Kernel(portal_kernel_psi2_widths_fermions)
  static let scalars = Kernel(portal_kernel_psi2_widths_scalars)

  /// rare_decays.csv: 20 digits (Tests/ReferenceData/rare_decays.py), down to 1 +- 1e-10 of every threshold.
  @Test(arguments: testDevices)
  func agreeWithQuadrature(on device: TestDevice) throws {
    let table = try ReferenceTable("rare_decays")
    let masses = try table["m_phi"]
    let cases = [
      (Self.pion, 0, "ratio_pi_e_nu_phi", 1e-13, 1.0),
      (Self.kaonWindow, 0, "ratio_k_e_nu_phi_accepted", 1e-13, PORTAL_KAON_TO_MUON_NEUTRINO),
      (Self.zBoson, 0, "ratio_z_e_mu_phi", 3e-12, 1), (Self.zBoson, 1, "ratio_z_e_mu_phi_accepted", 1e-12, 1),
      (Self.higgs, 0, "width_h_e_mu_phi", 1e-13, 1),
    ]
    for (kernel, output, column, tolerance, factor) in cases {
      let computed = try evaluate(kernel, inputs: [masses], on: device.device)[output]
      for (i, expected) in try table[column].enumerated() {
        if expected.isNaN {
          #expect(computed[i].isNaN, "\(column) at \(masses[i])")
        } else {
          let error = relativeError(computed[i], expected * factor)
          #expect(error <= tolerance, "\(column) at \(masses[i]): \(computed[i]), \(error)")
        }
      }
    }
  }

  /// psi2_decays.csv: 20 digits, thresholds, phi nearly on its shell.
  @Test(arguments: testDevices)
  func psi2AgreesWithQuadrature(on device: TestDevice) throws {
    let table = try ReferenceTable("psi2_decays")
    let inputs = try ["m_phi", "m_psi", "m_psi2"].map { try table[$0] }
    for (kernel, column) in [(Self.fermions, "fermions"), (Self.scalars, "scalars")] {
      let computed = try evaluate(kernel, inputs: inputs, on: device.device)
      for (i, expected) in try table[column].enumerated() {
        let error = relativeError(computed[0][i], expected)
        #expect(error <= 1e-12, "\(column) at \(inputs.map { $0[i] }): \(computed[0][i]), \(error)")
        #expect(computed[1][i] == 0)
      }
    }
  }

  /// The tables given with the task, each within its own accuracy.
  @Test(arguments: testDevices)
  func givenTables(on device: TestDevice) throws {
    let cases: [(Kernel, Int, String, String, Double, Double)] = [
      (Self.pion, 0, "pi_e_nu_phi", "ratio_over_h2", 1e-12, 1),
      (Self.kaonWindow, 0, "k_e_nu_phi_window", "br_window_over_h2", 1e-6, 1),
      (Self.zBoson, 0, "z_e_mu_phi", "ratio_over_h2", 2e-7, 1),
      (Self.zBoson, 1, "z_e_mu_phi", "ratio_accepted_over_h2", 1e-9, 1),
      (Self.higgs, 1, "h_e_mu_phi", "width_GeV", 1e-10, 1 / 4.1e-3),
    ]
    for (kernel, output, name, column, tolerance, factor) in cases {
      let table = try ReferenceTable(name)
      let computed = try evaluate(kernel, inputs: [table["m_phi"]], on: device.device)[output]
      for (value, expected) in zip(computed, try table[column]) {
        #expect(relativeError(value, expected * factor) <= tolerance, "\(name): \(value) \(expected)")
      }
    }
    let table = try ReferenceTable("psi2_decay")
    let (h, g) = try (table["h"], table["g"])
    let widths = try evaluate(
      Self.scalars, inputs: [table["m_phi"], table["m_1"], table["m_2"]], on: device.device)[0]
    let (expected, lengths) = try (table["width_GeV"], table["ctau_m"])
    let scaled = widths.indices.map { widths[$0] * h[$0] * h[$0] * g[$0] * g[$0] }
    let computed = try evaluate(Kernel(portal_kernel_decay_length), inputs: [scaled], on: device.device)[0]
    for i in widths.indices {
      #expect(relativeError(scaled[i], expected[i]) <= 1e-12)
      #expect(relativeError(computed[i], lengths[i]) <= 1e-9)
    }
  }

  /// +0 at and beyond each threshold; NaN where an intermediate muon is real.
  @Test(arguments: testDevices)
  func closedBeyondThreshold(on device: TestDevice) throws {
    let top = PORTAL_Z_MASS - PORTAL_MUON_MASS
    let cases: [(Kernel, Int, [Double])] = [
      (Self.pion, 0, [(PORTAL_PION_MASS - PORTAL_ELECTRON_MASS).nextUp, 0.5, 1e6]),
      (Self.kaonWindow, 0, [0.1628, 0.5, 1e6]), (Self.zBoson, 0, [top, 92, 1e6]),
      (Self.zBoson, 1, [PORTAL_Z_MASS_WINDOW, 6, 1e6]), (Self.higgs, 0, [PORTAL_HIGGS_MASS, 130, 1e6]),
    ]
    for (kernel, output, masses) in cases {
      let values = try evaluate(kernel, inputs: [masses], on: device.device)[output]
      #expect(values.allSatisfy { $0.bitPattern == 0 }, "\(kernel.name) \(values)")
    }
    for kernel in [Self.pion, Self.kaonWindow, Self.zBoson] {
      let masses = [0.05, 0.1, (PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS).nextDown]
      let values = try evaluate(kernel, inputs: [masses], on: device.device)
      #expect(values.allSatisfy { $0.allSatisfy(\.isNaN) }, "\(kernel.name) \(values)")
    }
    for kernel in [Self.fermions, Self.scalars] {
      let values = try evaluate(kernel, inputs: [[0.5, 0.5, 1], [0.1, 0.1, 3], [0.1, 0.2, 3.1]], on: device.device)
      #expect(values[0].allSatisfy { $0.bitPattern == 0 } && values[1].allSatisfy { $0.bitPattern == 0 })
      #expect(values[2][0] == 0 && values[2][1] > 0 && values[2][2] > 0)
    }
  }

  /// A phi that psi2 can emit is real, and its width that of two bodies; just above, the virtual one's tail goes as
  /// (m_phi - m_2 + m_1)^(-1/2).
  @Test(arguments: testDevices)
  func realPhi(on device: TestDevice) throws {
    let (m1, m2) = ([0.2, 0.2], [0.9, 0.9])
    let real = try evaluate(Self.fermions, inputs: [[0.5, 0.69], m1, m2], on: device.device)
    for (i, mPhi) in [0.5, 0.69].enumerated() {
      let momentum =
        ((1.1 * 1.1 - mPhi * mPhi) * (0.7 * 0.7 - mPhi * mPhi)).squareRoot() / (2 * 0.9)
      let expected = momentum / (8 * Double.pi * 0.81) * (1.1 * 1.1 - mPhi * mPhi)
      #expect(relativeError(real[1][i], expected) < 1e-13)
      #expect(real[0][i] == 0)
    }
    let split = m2[0] - m1[0]
    let near = try evaluate(Self.fermions, inputs: [[split + 1e-8, split + 4e-8], m1, m2], on: device.device)[0]
    #expect(relativeError(near[0] / near[1], 2) < 1e-3)
    #expect(try evaluate(Self.fermions, inputs: [[0.5], [0.25], [0.75]], on: device.device)[0][0].isNaN)
  }

  /// michel.csv: the fit as it stands, 16 digits (Tests/ReferenceData/michel.py).
  @Test(arguments: testDevices)
  func shiftOfRhoAgreesWithTheFit(on device: TestDevice) throws {
    let table = try ReferenceTable("michel")
    let inputs = try ["m_phi", "m_psi", "m_psi2"].map { try table[$0] }
    let cases = [
      (portal_kernel_michel_shift_fermions, "fermions"), (portal_kernel_michel_shift_scalars, "scalars"),
    ]
    for (kernel, column) in cases {
      let computed = try evaluate(Kernel(kernel), inputs: inputs, on: device.device)
      let (shifts, fractions) = try (table[column], table["fraction_\(column)"])
      for i in shifts.indices {
        #expect(relativeError(computed[0][i], shifts[i]) <= 1e-12, "\(column) at \(inputs.map { $0[i] })")
        #expect(relativeError(computed[1][i], fractions[i]) <= 1e-12, "\(column) at \(inputs.map { $0[i] })")
        #expect(computed[2][i] == abs(computed[0][i]))
      }
    }
  }

  /// Exactly -3/4 for massless fermions and heavy phi; the given values; nothing above 39.0 MeV; not defined for a real phi.
  @Test(arguments: testDevices)
  func shiftOfRho(on device: TestDevice) throws {
    func shift(_ kernel: portal_kernel, _ mPhi: Double, _ mPsi: Double) throws -> Double {
      try evaluate(Kernel(kernel), inputs: [[mPhi], [mPsi], [mPsi]], on: device.device)[0][0]
    }
    let (fermions, scalars) = (portal_kernel_michel_shift_fermions, portal_kernel_michel_shift_scalars)
    #expect(try abs(shift(fermions, 1e5, 1e-9) + 0.75) < 1e-11)
    let given: [(portal_kernel, Double, Double, Double)] = [
      (fermions, 0.11, 0.011, -0.73630), (fermions, 0.15, 0.025, -1.05338), (fermions, 1, 0.025, -1.24202),
      (scalars, 0.11, 0.011, -0.54985), (scalars, 0.15, 0.025, -1.37421), (scalars, 1, 0.011, -0.20091),
    ]
    for (kernel, mPhi, mPsi, expected) in given {
      #expect(try abs(shift(kernel, mPhi, mPsi) / expected - 1) < 1e-3)
    }
    #expect(try shift(fermions, 0.3, 0.0391) == 0)
    #expect(try shift(fermions, 0.3, 0.06) == 0)
    #expect(try shift(fermions, 0.1, 0.01).isNaN)
  }

  /// Off resonance and with a width: mu+ e- -> phi* -> s1 s2*, the given table.
  @Test(arguments: testDevices)
  func annihilationAtOneEnergy(on device: TestDevice) throws {
    let table = try ReferenceTable("mu_plus_e_annihilation")
    let (masses, lighter, heavier) = try (table["m_phi"], table["m_1"], table["m_2"])
    let (h, g, expected) = try (table["h"], table["g"], table["sigma"])
    let invisible = try evaluate(WidthTests.scalars, inputs: [masses, lighter, heavier], on: device.device)[0]
    let visible = try evaluate(WidthTests.visible, inputs: [masses], on: device.device)[0]
    let widths = masses.indices.map { invisible[$0] * g[$0] * g[$0] + visible[$0] * h[$0] * h[$0] }
    let sigma = try evaluate(
      Kernel(portal_kernel_annihilation_at_energy_scalars),
      inputs: [masses, lighter, heavier, widths, table["E"]], on: device.device)[0]
    for i in sigma.indices {
      let value = sigma[i] * h[i] * h[i] * g[i] * g[i]
      #expect(relativeError(value, expected[i]) <= 1e-10, "\(masses[i]): \(value)")
    }
  }

  /// psi2 -> psi1 e e nu nu by nested adaptive quadrature (SciPy), m_phi = 0.317, m_1 = 0.1, m_2 = 0.19 GeV.
  @Test(arguments: testDevices)
  func belowTheThresholdOfMuons(on device: TestDevice) throws {
    for (kernel, expected) in [(Self.fermions, 4.790183193e-28), (Self.scalars, 6.170529320e-27)] {
      let width = try evaluate(kernel, inputs: [[0.317], [0.1], [0.19]], on: device.device)[2][0]
      #expect(relativeError(width, expected) < 1e-8, "\(width)")
    }
  }

  /// p_ann is 0 where psi2 has decayed within 1e13 s, to e mu or, below that threshold, to e e nu nu.
  @Test func annihilationOfWhatIsLeft() {
    let survival = Kernel(portal_kernel_psi2_survival)
    let edge = PORTAL_HBAR / 1e13
    #expect(survival.evaluate(at: 3, edge * (1 - 1e-12), 0, 0) == [3])
    #expect(survival.evaluate(at: 3, edge * (1 + 1e-12), 0, 0) == [0])
    #expect(survival.evaluate(at: 3, 0, edge * 4, 0.5 * (1 - 1e-12)) == [3])
    #expect(survival.evaluate(at: 3, 0, edge * 4, 0.5 * (1 + 1e-12)) == [0])
    #expect(survival.evaluate(at: .nan, 1, 0, 0) == [0])
  }
}
