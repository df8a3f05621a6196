import Foundation
import LeptonicPortal
import Production
import Testing

/// Limits, symmetries and the edges of phase space.
struct LimitTests {
  /// m_i = m_f: the amplitudes of Liu, McKeen, Miller (arXiv:1609.06781) for a scalar and a pseudoscalar, integrated with
  /// 30 digits (production.py).
  @Test func flavourDiagonal() throws {
    for row in try ReferenceTable("production_flavour_diagonal").rows {
      let mass = try row["muon_beam"] == 1 ? PhysicalConstants.muonMass : PhysicalConstants.electronMass
      let process = ProductionProcess(
        incomingMass: mass, outgoingMass: mass,
        nucleus: try Nucleus(charge: Int(row["charge"]), massNumber: row["mass_number"]),
        coupling: ChiralCoupling(scalar: try row["c_s"], pseudoscalar: try row["c_p"]))
      let sigma = try CrossSectionCalculator(process: process, device: device).doubleDifferential(
        energy: [row["energy"]], mPhi: [row["m_phi"]], oneMinusX: [row["one_minus_x"]], theta: [row["theta"]])[0]
      #expect(relativeError(sigma, try row["d2sigma"]) <= 1e-9, "\(row.fields): \(sigma)")
    }
  }

  /// The nucleus' mass enters through its recoil only, so 1 % of A changes little, apart from the form factor's size.
  @Test func massNumberHardlyMatters() throws {
    func sigma(_ massNumber: Double) throws -> Double {
      let nucleus = try Nucleus(charge: 82, massNumber: massNumber)
      let process = ProductionProcess(channel: .electronToMuon, nucleus: nucleus)
      return try CrossSectionCalculator(process: process, device: device).total(energy: [100], mPhi: [0.317])[0].value
    }
    let change = try sigma(207.2 * 1.01) / sigma(207.2) - 1
    #expect(change < 0 && change > -0.01)
  }

  /// Only the sizes of C_S and C_P matter, and for one chirality only their sum of squares.
  @Test func chirality() throws {
    func sigma(_ scalar: Double, _ pseudoscalar: Double) throws -> Double {
      var process = try process(.electronToMuon, "Pb")
      process.coupling = ChiralCoupling(scalar: scalar, pseudoscalar: pseudoscalar)
      return try CrossSectionCalculator(process: process, device: device).total(energy: [50], mPhi: [0.5])[0].value
    }
    let left = try sigma(0.5, 0.5), right = try sigma(0.5, -0.5)
    #expect(left == right)
    let scalar = try sigma(1, 0), pseudoscalar = try sigma(0, 1)
    // e_plus terms add up: left = (scalar + pseudoscalar)/4.
    #expect(relativeError(left, (scalar + pseudoscalar) / 4) < 1e-6)
    #expect(relativeError(try sigma(2, 0), 4 * scalar) < 1e-14)
    #expect(abs(scalar / pseudoscalar - 1) > 1e-4)
  }

  @Test func crossSectionIsTheIntegralOfItsDistribution() throws {
    let calculator = try calculator(.electronToMuon)
    let cuts = [0...20.0, 20...50, 50...100].map { ProductionCuts(recoilEnergy: $0) }
    let parts = try cuts.map { try calculator.total(energy: [100], mPhi: [0.3169751265], cuts: $0)[0].value }
    let whole = try calculator.total(energy: [100], mPhi: [0.3169751265])[0].value
    #expect(relativeError(parts.reduce(0, +), whole) < 3e-6)
  }

  @Test(arguments: [ProductionChannel.electronToMuon, .muonToElectron])
  func opensAtThreshold(channel: ProductionChannel) throws {
    let threshold = try process(channel, "C").thresholdEnergy(mPhi: 2)
    let energies = [threshold * (1 - 1e-9), threshold, threshold * 1.001, threshold * 1.01, threshold * 1.1]
    let sigma = try calculator(channel, "C").total(energy: energies, mPhi: Array(repeating: 2, count: 5)).map(\.value)
    #expect(sigma[0] == 0 && sigma[1] >= 0)
    #expect(sigma[2] > 0 && sigma[2] < sigma[3] && sigma[3] < sigma[4])
  }

  @Test(arguments: CrossSectionMethod.allCases)
  func outsidePhaseSpaceIsZero(method: CrossSectionMethod) throws {
    let calculator = try calculator(.electronToMuon, method: method)
    let hostile: [(Double, Double, Double, Double)] = [
      (100, 0.317, 0, 0.001), (100, 0.317, 1, 0.001), (100, 0.317, -0.1, 0.001), (100, 0.317, 1e-6, 0.001),
      (100, 0.317, 0.9999, 0.001), (0.2, 0.317, 0.5, 0.001), (0, 0.317, 0.5, 0.001), (-5, 0.317, 0.5, 0.001),
      (100, 0, 0.5, 0.001), (100, -1, 0.5, 0.001), (.nan, 0.317, 0.5, 0.001), (100, .nan, 0.5, 0.001),
      (100, 0.317, .nan, 0.001), (100, 0.317, 0.5, .nan), (.infinity, 0.317, 0.5, 0.001),
    ]
    let values = try calculator.doubleDifferential(
      energy: hostile.map(\.0), mPhi: hostile.map(\.1), oneMinusX: hostile.map(\.2), theta: hostile.map(\.3))
    #expect(values == Array(repeating: 0, count: hostile.count))
    let totals = try calculator.total(energy: [0.3, -1, .nan, 4], mPhi: [0.317, 0.317, 0.317, 5])
    #expect(totals.map(\.value) == [0, 0, 0, 0])
  }

  /// A muon that decays to phi has no finite cross section at tree level.
  @Test(arguments: CrossSectionMethod.allCases) func decayingMuonsAreZero(method: CrossSectionMethod) throws {
    let muons = try calculator(.muonToElectron, method: method)
    #expect(try muons.total(energy: [160, 160], mPhi: [0.05, 0.105]).map(\.value) == [0, 0])
    #expect(throws: ProductionError.self) { try muons.process.requireOpen(energy: 160, mPhi: 0.105) }
  }

  @Test func errorsSayWhatToDo() throws {
    let process = try process(.electronToMuon, "Pb")
    #expect(throws: ProductionError.self) { try process.requireOpen(energy: 0.3, mPhi: 0.317) }
    #expect(throws: ProductionError.notPositive(name: "m_phi", value: -1)) {
      try process.requireOpen(energy: 100, mPhi: -1)
    }
    #expect(throws: NucleusError.notANucleus(charge: 0, massNumber: 1)) { try Nucleus(charge: 0, massNumber: 1) }
    #expect(throws: ProductionError.badBins(count: 1)) { try HistogramBins(.phiEnergy, edges: [2, 1]) }
    #expect(throws: ProductionError.self) { try process.requireFraction(0.001, energy: 100, mPhi: 0.317) }
    #expect(throws: ProductionError.angleOutOfRange(theta: 4)) { try process.requireAngle(4) }
  }

  @Test(arguments: [1, 2, 3, 16, 96])
  func gaussLegendreIsExactForPolynomials(count: Int) {
    let rule = GaussLegendre(count: count)
    for degree in [0, 1, 2 * count - 2, 2 * count - 1] {
      let sum = zip(rule.nodes, rule.weights).reduce(0) { $0 + pow($1.0, Double(degree)) * $1.1 }
      #expect(relativeError(sum, 1 / Double(degree + 1)) < 1e-14 * Double(count), "degree \(degree)")
    }
  }
}
