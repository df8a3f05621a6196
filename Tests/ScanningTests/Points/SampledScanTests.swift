import ComputeDevices
import Foundation
import LeptonicPortal
import PortalKernels
import ScanStore
import Scanning
import Testing

/// Scans of points drawn from ranges.
@Suite struct SampledScanTests {
  private let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  static func card(
    _ method: Sampling.Method = .sobol, count: Int = 300, seed: Int = 1,
    mPhi: String = "{ from: 110 MeV, to: 10 GeV }",
    mPsi: String = "{ ratio_to_m_phi: { from: 0.1, to: 0.6, spacing: linear } }",
    mPsi2: String = "{ splitting: 0 MeV }",
    g: String = "{ from: 0.01, to: 1 }"
  ) -> String {
    """
    leptoscan: 1
    points: { method: \(method.rawValue), count: \(count) }
    axes:
      m_phi: \(mPhi)
      h_mue: { from: 1e-5, to: 0.1 }
      m_psi: \(mPsi)
      g: \(g)
      m_psi2: \(mPsi2)
    observables: [delta_a_mu, width_invisible, br_invisible]
    seed: \(seed)
    """
  }

  /// A column of the scan of a card.
  private func columns(_ card: String, _ names: String...) throws -> [[Double]] {
    let name = "\(UUID().uuidString).h5"
    try folder.write(folder.scan(card: card), to: name)
    let file = try ScanFile.open(folder.path(name))
    return try names.map { try file.readDoubles($0) }
  }

  /// Where values lie in their range, 0 to 1, in the logarithm.
  private func fractions(_ values: [Double], from: Double, to: Double) -> [Double] {
    values.map { log($0 / from) / log(to / from) }
  }

  @Test(arguments: Sampling.Method.allCases) func valuesFillTheirRanges(method: Sampling.Method) throws {
    let count = 4096
    let values = try columns(SampledScanTests.card(method, count: count), "m_phi", "h_mue", "m_psi", "g")
    let uniforms = [
      fractions(values[0], from: 0.11, to: 10), fractions(values[1], from: 1e-5, to: 0.1),
      zip(values[2], values[0]).map { ($0 / $1 - 0.1) / 0.5 }, fractions(values[3], from: 0.01, to: 1),
    ]
    for axis in uniforms {
      #expect(axis.allSatisfy { (-1e-12...1 + 1e-12).contains($0) })
      // Sobol: 64 in each of 64 intervals, but for rounding at their edges; random: chi-square of 63 degrees of freedom.
      let counts = axis.reduce(into: [Int](repeating: 0, count: 64)) { $0[min(63, max(0, Int($1 * 64)))] += 1 }
      let chiSquare = counts.reduce(0) { $0 + pow(Double($1) - 64, 2) / 64 }
      #expect(method == .sobol ? chiSquare < 0.1 : (25...120).contains(chiSquare), "chi-square \(chiSquare)")
    }
    for a in 0..<4 {
      for b in 0..<a {
        let correlation = zip(uniforms[a], uniforms[b]).reduce(0) { $0 + 12 * ($1.0 - 0.5) * ($1.1 - 0.5) } / 4096
        #expect(abs(correlation) < 5 / 64.0)
      }
    }
  }

  @Test func randomPointsArePhiloxAtTheirNumber() throws {
    let card = SampledScanTests.card(
      .random, count: 20, seed: 4_294_967_301, mPhi: "{ from: 1, to: 2, spacing: linear }",
      g: "{ from: 1, to: 2, spacing: linear }")
    let values = try columns(card, "m_phi", "g")
    for point in 0..<20 {
      func uniform(_ block: Double, _ half: Int) -> Double {
        let words = Kernel(portal_kernel_philox).evaluate(at: block, Double(0x706f_696e), Double(point), 0, 5, 1)
        return Double(UInt64(words[2 * half]) << 21 | UInt64(words[2 * half + 1]) >> 11) * 0x1p-53
      }
      #expect(values[0][point] == 1 + uniform(0, 0))
      #expect(values[1][point] == 1 + uniform(1, 1))
    }
  }

  @Test(arguments: [1, 2]) func everyPointIsThatOfALongerScan(seed: Int) throws {
    for method in Sampling.Method.allCases {
      let short = try columns(SampledScanTests.card(method, count: 37, seed: seed), "m_phi", "br_invisible")
      let long = try columns(SampledScanTests.card(method, count: 1000, seed: seed), "m_phi", "br_invisible")
      #expect(long.map { Array($0.prefix(37)) } == short)
      let other = try columns(SampledScanTests.card(method, count: 37, seed: seed + 1), "m_phi")
      #expect(Set(other[0]).isDisjoint(with: short[0]))
    }
  }

  /// What a scan stores of a point is what the point alone gives.
  @Test(arguments: ["{ splitting: 10 MeV }", "{ ratio_to_m_psi: 1.5 }", "7 GeV"])
  func observablesAreThoseOfTheParameters(mPsi2: String) throws {
    try folder.write(folder.scan(card: SampledScanTests.card(mPsi2: mPsi2)), to: "scan.h5")
    let list = try PointList(hdf5: folder.path("scan.h5"))
    let evaluation = try PointEvaluation(of: list, model: Model(darkMatter: .fermion), device: folder.device)
    let file = try ScanFile.open(folder.path("scan.h5"))
    for name in ["delta_a_mu", "width_invisible", "br_invisible", "status"] {
      let column = try #require(evaluation.quantities.firstIndex { $0.name == name })
      #expect(try file.readDoubles(name) == evaluation.values[column])
    }
    let relation: [(Double, Double) -> Bool] = [{ $1 == $0 + 0.01 }, { $1 == 1.5 * $0 }, { _, second in second == 7 }]
    let index = ["{ splitting: 10 MeV }", "{ ratio_to_m_psi: 1.5 }", "7 GeV"].firstIndex(of: mPsi2) ?? 0
    #expect(zip(list.columns["m_psi"] ?? [], list.columns["m_psi2"] ?? []).allSatisfy(relation[index]))
  }

  @Test func fixedValuesAddNoDimension() throws {
    try folder.write(folder.scan(card: SampledScanTests.card(mPhi: "317 MeV", mPsi: "0.1")), to: "scan.h5")
    let file = try ScanFile.open(folder.path("scan.h5"))
    #expect(file.dimensions.map(\.name) == ["point"])
    #expect(try file.variable("m_phi").shape == [] && file.variable("h_mue").dimensions == ["point"])
    #expect(try file.readDoubles("m_phi") == [0.317] && file.readDoubles("m_psi") == [0.1])
    #expect(try file.variable("delta_a_mu").attributes["coordinates"] == .text("m_phi m_psi h_mue g"))
    #expect(!file.variables.contains { $0.name == "m_psi2" })
  }

  /// Parameters keep double precision where results are stored in single.
  @Test func parametersAreStoredInFull() throws {
    let card = SampledScanTests.card() + "\noutput: { precision: float32 }"
    try folder.write(folder.scan(card: card), to: "scan.h5")
    let file = try ScanFile.open(folder.path("scan.h5"))
    #expect(try file.variable("m_psi").content == .numbers(.float64))
    #expect(try file.variable("br_invisible").content == .numbers(.float32))
  }

  /// The ends of the maps from [0, 1) to ranges, and values against libm.
  @Test func rangesHaveTheirEnds() throws {
    let uniforms = [0, 0x1p-53, 0.25, 0.5, 0.75, 1 - 0x1p-53, 1]
    for (from, to) in [(0.11, 10.0), (1e-60, 1e60), (0.1056583755, 0.1056583756), (1e-5, 0.1)] {
      let logarithmic = uniforms.map { Kernel(portal_kernel_logarithmic_range).evaluate(at: $0, from, to)[0] }
      let linear = uniforms.map { Kernel(portal_kernel_linear_range).evaluate(at: $0, from, to)[0] }
      for values in [logarithmic, linear] {
        #expect(values.first == from && values == values.sorted() && values.allSatisfy { (from...to).contains($0) })
      }
      #expect(linear.last == to)
      for (u, value) in zip(uniforms, logarithmic) {
        // log(to/from) and its product with u are rounded: their logarithm has that error.
        let error = log(to / from) * 0x1p-52 + 0x1p-51
        #expect(abs(value / (from * pow(to / from, u)) - 1) < error)
      }
    }
  }

  // Bits

  @Test(arguments: NativeDevice.InstructionSet.available, [100, 1000, 1 << 20])
  func sameBytesOnEveryDeviceAndInAnyChunks(instructionSet: NativeDevice.InstructionSet, chunkBytes: Int) throws {
    for method in Sampling.Method.allCases {
      let scan = try folder.scan(card: SampledScanTests.card(method))
      let reference = try folder.wholeScan(scan)
      let writer = try scan.create(folder.path("other.h5"))
      var execution = ScanExecution(
        plan: scan.plan,
        devices: [NativeDevice(threads: 1, instructionSet: instructionSet), NativeDevice(threads: 2)])
      execution.executor.mostChunkBytes = chunkBytes
      try execution.run(into: FileSink(writer))
      try writer.publish()
      #expect(try folder.contents("other.h5") == reference)
      for name in ["other.h5", "whole.h5"] { try FileManager.default.removeItem(atPath: folder.path(name)) }
    }
  }

  @Test(arguments: Sampling.Method.allCases, [2, 7]) func mergedShardsAreTheWholeScan(
    method: Sampling.Method, count: Int
  ) throws {
    let card = SampledScanTests.card(method, mPhi: "317 MeV")
    let reference = try folder.wholeScan(folder.scan(card: card))
    let names = (1...count).map { "part-\($0).h5" }
    for (index, name) in names.enumerated() {
      try folder.write(folder.scan(card: card, shard: "\(index + 1)/\(count)"), to: name)
      let recalculation = try Recalculation(of: ScanFile.open(folder.path(name)), device: folder.device)
      #expect(recalculation.differences.isEmpty)
    }
    let merge = try ShardMerge(names.reversed().map(folder.path), device: folder.device)
    let writer = try merge.output.create(folder.path("merged.h5"))
    try merge.run(into: writer)
    try writer.publish()
    #expect(try folder.contents("merged.h5") == reference)
  }

  @Test func stoppedAndResumedIsTheWholeScan() throws {
    let scan = try folder.scan(card: SampledScanTests.card(count: 1000))
    let reference = try folder.wholeScan(scan)
    let path = folder.path("stopped.h5")
    for run in 0..<100 {
      guard let writer = try folder.resume(scan, path) else { break }
      try #require(run < 99)
      do {
        try folder.execution(scan, chunkBytes: 5000).run(
          into: FileSink(writer), work: scan.work(after: writer), shouldStop: { true })
        try writer.publish()
      } catch is ScanStopped {
        try writer.checkpoint()
      }
    }
    #expect(try folder.contents("stopped.h5") == reference)
  }

  @Test func anotherSeedMethodOrCountIsRefused() throws {
    let path = folder.path("scan.h5")
    try folder.scan(card: SampledScanTests.card()).create(path).checkpoint()
    for other in [
      SampledScanTests.card(seed: 2), SampledScanTests.card(.random), SampledScanTests.card(count: 301),
      SampledScanTests.card(g: "{ from: 0.01, to: 2 }"),
    ] {
      let error = #expect(throws: ScanStoreError.self) { try folder.resume(folder.scan(card: other), path) }
      #expect(error?.kind == .differentScan)
    }
  }
}
