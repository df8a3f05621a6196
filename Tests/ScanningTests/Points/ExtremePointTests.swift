import ComputeDevices
import Constraints
import Foundation
import LeptonicPortal
import Production
import Scanning
import Testing

/// At the ends of what cards and lists may ask for every number is finite, or a status says why it is not.
@Suite struct ExtremePointTests {
  /// Every combination of masses and couplings at the ends of their ranges, and where formulas change within.
  private func points() throws -> PointList {
    let phi = [0.1056583755, 0.2113167510001, 1, 1e3, 1e6, 1e12, 1e30]
    let psi = [1e-30, 1e-12, 3.8331e-4, 0.053, 0.15, 5, 1e6, 1e30]
    let couplings = [1e-30, 1e-12, 1e-6, 0.1, 3.5449]
    var rows = "m_phi,h_mue,m_psi,g,m_psi2\n"
    for mPhi in phi {
      for mPsi in psi {
        for mPsi2 in Set([mPsi, 1.5 * mPsi, 1e30].filter { $0 >= mPsi && $0 <= 1e30 }) {
          for h in couplings {
            for g in couplings { rows += "\(mPhi),\(h),\(mPsi),\(g),\(mPsi2)\n" }
          }
        }
      }
    }
    let path = NSTemporaryDirectory() + "extreme-\(UUID().uuidString).csv"
    try Data(rows.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try PointList(csv: path)
  }

  @Test(arguments: DarkMatter.allCases, ["exact", "gk2022"])
  func everyNumberIsFiniteOrAStatusSaysWhyNot(darkMatter: DarkMatter, treatment: String) throws {
    let points = try points()
    let keys = "measurements: 2025\nexperiments: [na64e-2022]\ntreatment: \(treatment)\n"
    let model = try Comparison(yaml: keys, source: "test", darkMatter: darkMatter)
      .model(darkMatter, annihilation: .all, points: points)
    let evaluation = try PointEvaluation(of: points, model: model, device: NativeDevice())
    func column(_ name: String) throws -> [Double] {
      try evaluation.values[#require(evaluation.quantities.firstIndex { $0.name == name })]
    }
    let (relicStatus, excluded) = (try column("relic_status"), try column("excluded"))
    let xFreezeOut = try column("x_freeze_out")
    // Both are NaN where dark matter follows Y_eq to the end, which docs/relic-density.md gives as the meaning of a NaN there.
    let ofFreezeOut: Set = ["sigmav_freeze_out", "x_freeze_out"]
    let ofRelic: Set = [
      "relic_density", "relic_density_error", "sigmav_freeze_out", "sigmav_x20", "sigmav_today", "x_freeze_out",
      "p_ann",
    ]
    var wrong: Set<String> = []
    for (quantity, values) in zip(evaluation.quantities, evaluation.values) {
      for (point, value) in values.enumerated() where !value.isFinite {
        let isExplained =
          ofRelic.contains(quantity.name) && relicStatus[point] >= 2
          || ofFreezeOut.contains(quantity.name) && xFreezeOut[point].isNaN
          // A stable psi2; and a rate beyond every double, times a shift of 0, where m_psi is extreme.
          || quantity.name == "ctau_psi2" && value == .infinity || quantity.name == "michel_rho_shift"
          // A likelihood of 0, which excludes; or one that could not be computed, which `excluded` says.
          || quantity.name.hasPrefix("log_likelihood") && (value == -.infinity || excluded[point] >= 0x1p31)
        if !isExplained { wrong.insert("\(quantity.name) is \(value), relic_status \(relicStatus[point])") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.sorted())")
  }

  /// Below the leptons' threshold annihilation needs energies far above T: its rate at freeze-out may be too small for a
  /// double, which is 0 and no missing number.
  @Test(arguments: DarkMatter.allCases) func rateOfForbiddenAnnihilationIsKnown(darkMatter: DarkMatter) throws {
    var rows = "m_phi,h_mue,m_psi,g\n0.32985,0.015,3.8331e-4,9.45e-8\n"
    var generator = SplitMix64(state: 8)
    for _ in 0..<2000 {
      func logarithmic(_ range: ClosedRange<Double>) -> Double {
        exp(.random(in: log(range.lowerBound)...log(range.upperBound), using: &generator))
      }
      rows +=
        "\(logarithmic(0.11...10)),\(logarithmic(1e-4...3)),\(logarithmic(1e-5...1e-3)),\(logarithmic(1e-9...3))\n"
    }
    let path = NSTemporaryDirectory() + "forbidden-\(UUID().uuidString).csv"
    try Data(rows.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let evaluation = try PointEvaluation(
      of: PointList(csv: path), model: Model(darkMatter: darkMatter), device: NativeDevice())
    func column(_ name: String) throws -> [Double] {
      try evaluation.values[#require(evaluation.quantities.firstIndex { $0.name == name })]
    }
    let (status, rate, x) = (try column("relic_status"), try column("sigmav_freeze_out"), try column("x_freeze_out"))
    // Where x_freeze_out is NaN dark matter follows Y_eq to the end, and there is no freeze-out.
    let known = status.indices.filter { status[$0] < 2 && !x[$0].isNaN }
    #expect(known.count > 20)
    for point in known { #expect(rate[point] >= 0 && rate[point].isFinite && x[point].isFinite) }
    // e^(-2 (m_e + m_mu)/T) alone is below 1e-308 there.
    for point in known where (PhysicalConstants.muonMass - 2e-3) * x[point] / 1e-3 > 745 { #expect(rate[point] == 0) }
  }

  /// Cross sections are finite up to the largest energy; beyond it, where cards and options do not go, the error says so.
  @Test(arguments: ProductionChannel.allCases, CrossSectionMethod.allCases)
  func crossSectionsAreFiniteOrSaySo(channel: ProductionChannel, method: CrossSectionMethod) throws {
    let process = ProductionProcess(channel: channel, nucleus: try #require(ProductionTarget("Pb")).nucleus)
    let calculator = CrossSectionCalculator(process: process, method: method, device: NativeDevice())
    let masses = [0.1056583755, 1, 1e6, 1e30]
    for energy in [1e-30, 1e-3, 0.2, 10, 1e3, 1e5, ProductionProcess.largestEnergy, 1e13, 1e16, 1e60, 1e114] {
      for result in try calculator.total(energy: masses.map { _ in energy }, mPhi: masses, cuts: .none) {
        let isKnown = result.value.isFinite && result.value >= 0 && result.relativeError.isFinite
        #expect(
          isKnown || energy > ProductionProcess.largestEnergy && result.relativeError == .infinity,
          "\(energy) \(result)")
      }
    }
  }
}

private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
