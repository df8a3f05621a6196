import ComputeDevices
import LeptonicPortal
import Production
import ScanStore
import Scanning
import Testing

/// The block `production` in scans.
struct ProductionScanTests {
  let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  private func card(_ block: String, hMue: String = "1e-3", more: String = "") -> String {
    """
    leptoscan: 1
    axes:
      m_phi: { values: [0.106, 0.317, 2.0] }
      h_mue: \(hMue)
      m_psi: 0.1
      g: 0.1
    production: { \(block) }
    \(more)
    """
  }

  private func field(_ quantity: Quantity, of card: String, device: any Device) throws -> Field {
    let plan = try folder.scan(card: card).plan
    var planner = Planner(model: plan.job.model, space: plan.job.space, device: device)
    return try planner.table(quantity)
  }

  private let lead = ProductionProcess(channel: .electronToMuon, nucleus: TargetMaterial.named("Pb")!.nucleus)

  @Test func variesAlongMassAndEnergy() throws {
    let energies = [0.3, 20, 100]
    let card = card("channel: e-mu, target: Pb, energy: { values: [0.3, 20, 100] }", hMue: "{ values: [1e-3, 1e-2] }")
    let sigma = try field(ProductionObservables.sigma, of: card, device: folder.device)
    let error = try field(ProductionObservables.error, of: card, device: folder.device)
    #expect(sigma.dimensions == [0, 2])
    let calculator = CrossSectionCalculator(process: lead, device: folder.device)
    let expected = try calculator.total(
      energy: [energies, energies, energies].flatMap(\.self), mPhi: [0.106, 0.317, 2].flatMap { [$0, $0, $0] })
    #expect(sigma.values == expected.map(\.value))
    #expect(error.values == expected.map(\.relativeError))
    #expect(sigma.values[6] == 0 && sigma.values[7] > 0)
  }

  @Test func cutsMethodAndCouplingCount() throws {
    func sigma(_ more: String) throws -> Double {
      try field(
        ProductionObservables.sigma, of: card("channel: e-mu, target: Pb, energy: 100 GeV" + more),
        device: folder.device
      ).values[1]
    }
    let plain = try sigma("")
    let cuts = ProductionCuts(recoilEnergy: 10...50, largestAngle: 0.01)
    let cut = try CrossSectionCalculator(process: lead, device: folder.device)
      .total(energy: [100], mPhi: [0.317], cuts: cuts)[0].value
    #expect(try sigma(", recoil_min: 10 GeV, recoil_max: 50 GeV, theta_max: 0.01") == cut && cut < plain)
    #expect(try (1.005...1.01).contains(sigma(", method: ww") / plain))
    #expect(try sigma(", chirality: left") == plain)
    #expect(try abs(sigma(", chirality: scalar") + sigma(", chirality: pseudoscalar") - 4 * plain) < 1e-5 * plain)
    #expect(try (1.02...1.025).contains(sigma(", form_factor: elastic+inelastic") / plain))
  }

  /// Every mass and energy has its own Monte Carlo, along no other axis: that of the integrator, to the bit.
  @Test func monteCarloAtEveryMassAndEnergy() throws {
    let card = card(
      "channel: mu-e, target: Pb, energy: { values: [100, 160] }, monte_carlo: { samples: 20000 }",
      hMue: "{ values: [1e-3, 1e-2] }", more: "seed: 7")
    let sigma = try field(ProductionObservables.sigma, of: card, device: folder.device)
    let error = try field(ProductionObservables.error, of: card, device: folder.device)
    #expect(sigma.dimensions == [0, 2])
    var process = lead
    (process.incomingMass, process.outgoingMass) = (process.outgoingMass, process.incomingMass)
    for (point, mPhi) in [0.106, 0.106, 0.317, 0.317, 2, 2].enumerated() {
      let random = RandomStream(seed: 7, point: UInt32(point))
      let expected = try MonteCarloIntegrator(process: process, random: random, device: folder.device)
        .total(energy: point % 2 == 0 ? 100 : 160, mPhi: mPhi, samples: 20000)
      #expect(sigma.values[point] == expected.value)
      #expect(error.values[point] == expected.standardError / expected.value)
    }
    #expect(Set(sigma.values).count == 6)
  }

  /// Deviations from quadrature in units of the standard error have mean 0 and width 1: 400 points with few samples each.
  @Test func monteCarloErrorsAreHonest() throws {
    let energies = "{ from: 100, to: 100.001, points: 400 }"
    let card = card("channel: e-mu, target: Pb, energy: \(energies), monte_carlo: { samples: 65536 }")
    let sigma = try field(ProductionObservables.sigma, of: card, device: folder.device).values
    let error = try field(ProductionObservables.error, of: card, device: folder.device).values
    let exact = try CrossSectionCalculator(process: lead, device: folder.device)
      .total(energy: [100, 100, 100], mPhi: [0.106, 0.317, 2]).map(\.value)
    let pulls = sigma.indices.map { (sigma[$0] / exact[$0 / 400] - 1) / error[$0] }
    let mean = pulls.reduce(0, +) / 1200
    let width = (pulls.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1199).squareRoot()
    // 1200 pulls fix the mean to 0.03 and the width to 2 %; 16 strata of 4 tiles widen the pulls by 2 %.
    #expect(abs(mean) < 0.1, "mean \(mean)")
    #expect((0.93...1.1).contains(width), "width \(width)")
  }

  @Test(arguments: NativeDevice.InstructionSet.available)
  func sameBitsForEveryInstructionSetAndChunk(instructionSet: NativeDevice.InstructionSet) throws {
    let card = card("channel: e-mu, target: Al, energy: 30, monte_carlo: { samples: 2000 }")
    let plan = try folder.scan(card: card).plan
    var planner = Planner(model: plan.job.model, space: plan.job.space, device: folder.device)
    let program = try planner.program(for: [ProductionObservables.sigma, ProductionObservables.error], over: [0])
    let whole = try folder.device.evaluateAll(program)
    let part = try #require(program.parts(of: RangeSet(0..<3)).first)
    let device = NativeDevice(threads: 1, instructionSet: instructionSet)
    let prepared = try device.prepare(program.program(for: part))
    for point in 0..<3 {
      #expect(try evaluate(prepared, point, results: 2) == whole.map { $0[point] })
    }
  }

  private func evaluate(_ prepared: any PreparedProgram, _ point: Int, results: Int) throws -> [Double] {
    let buffers = (0..<results).map { _ in UnsafeMutablePointer<Double>.allocate(capacity: 1) }
    defer { buffers.forEach { $0.deallocate() } }
    try prepared.evaluate(point..<point + 1, into: buffers.map(UnsafeMutableRawPointer.init))
    return buffers.map(\.pointee)
  }

  @Test func fileHasTheEnergies() throws {
    let scan = try folder.scan(card: card("channel: e-mu, target: Pb, energy: { from: 10, to: 100, points: 3 }"))
    try folder.write(scan, to: "scan.h5")
    let file = try ScanFile.open(folder.path("scan.h5"))
    let sigma = try #require(file.variables.first { $0.name == "sigma_pb" })
    #expect(sigma.dimensions == ["m_phi", "energy"])
    #expect(file.variables.contains { $0.name == "energy" && $0.dimensions == ["energy"] })
    #expect(try Recalculation(of: file, device: folder.device).differences.isEmpty)
  }

  @Test func monteCarloIsNotRepeatedAlongTheCouplings() throws {
    let card = """
      leptoscan: 1
      axes: { m_phi: { values: [0.2, 0.3] }, h_mue: { values: [0.2, 0.3] }, m_psi: { values: [0.2, 0.3] }, g: { values: [1, 2] } }
      production: { channel: e-mu, target: Pb, energy: { values: [10, 20] }, monte_carlo: { samples: 1000 } }
      """
    let passes = try folder.scan(card: card).plan.passes
    #expect(passes.first { $0.quantities.contains(ProductionObservables.sigma) }?.dimensions == [0, 4])
  }
}
