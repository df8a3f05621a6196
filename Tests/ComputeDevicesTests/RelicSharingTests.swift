import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// Averages that the couplings of a grid share, against independent programs and against points on their own.
struct RelicSharingTests {
  /// relic_random.csv (adaptive quadrature and a stiff solver), with the averages of a grid that reaches from 0 to twice
  /// each point's couplings.
  @Test(arguments: testDevices)
  func adaptiveIntegration(on device: TestDevice) throws {
    let table = try RelicTable("relic_random")
    let shared = try table.points.evaluateShared(upTo: 2, on: device.device)
    for (row, pair) in zip(shared.relicDensity, try table["omega_h2_x2e4"]).enumerated() {
      #expect(relativeError(pair.0, pair.1) < 1e-4, "row \(row): \(pair)")
    }
    for (row, pair) in zip(shared.sigmav20, try table["sigmav_eff_x20"]).enumerated() {
      #expect(relativeError(pair.0, pair.1) < 1e-6, "row \(row): \(pair)")
    }
  }

  /// relic_threshold.csv likewise: some share, others are too close to the threshold.
  @Test func resonanceAtThreshold() throws {
    let table = try RelicTable("relic_threshold")
    let shared = try table.points.evaluateShared(upTo: 1.2, on: NativeDevice(threads: 2))
    for (row, pair) in zip(shared.relicDensity, try table["omega_h2_x2e4"]).enumerated() {
      let isPhiPairs = table.points.inputs[4][row] > 1e7 * table.points.inputs[3][row]
      #expect(relativeError(pair.0, pair.1) < (isPhiPairs ? 5e-4 : 1e-4), "row \(row): \(pair)")
    }
    for (row, pair) in zip(shared.sigmav20, try table["sigmav_eff_x20"]).enumerated() {
      #expect(relativeError(pair.0, pair.1) < 1e-5, "row \(row): \(pair)")
    }
  }

  /// Far below the largest couplings, where the width is 1e-4 of theirs.
  @Test(arguments: [10.0, 100]) func widthsFarBelowTheLargest(factor: Double) throws {
    let points = try RelicTable("relic_random").points
    let device = NativeDevice(threads: 2)
    let single = try points.evaluate(on: device), shared = try points.evaluateShared(upTo: factor, on: device)
    #expect(shared.status == single.status)
    var sharing = 0
    for (row, pair) in zip(shared.sigmav20, single.sigmav20).enumerated() {
      #expect(relativeError(pair.0, pair.1) < 2e-6, "row \(row): \(pair)")
      if pair.0.bitPattern != pair.1.bitPattern { sharing += 1 }
    }
    for (row, pair) in zip(shared.relicDensity, single.relicDensity).enumerated() {
      #expect(relativeError(pair.0, pair.1) < 1e-4, "row \(row): \(pair)")
    }
    // The other masses are close to the resonance's threshold, where every point is computed on its own.
    #expect(sharing > points.darkMatter.count / 2)
  }
}

extension RelicPoints {
  /// Every point as the member of a grid whose couplings reach up to `factor` times its own.
  func evaluateShared(upTo factor: Double, on device: any Device) throws -> Results {
    let tables = try RelicTables().build(), storage = SharedAverages()
    var outputs: [[Double]] = Array(repeating: [], count: 7)
    for (i, kind) in darkMatter.enumerated() {
      let isFermion = kind == .fermion
      let point = inputs.map { $0[i] }
      let largest = [factor * point[3], factor * point[4]]
      let rows = storage.rowCount(tables)
      let columns =
        (point[0..<3] + largest).map { Array(repeating: $0, count: rows) } + [(0..<rows).map(Double.init)]
      let rowKernel = Kernel(
        isFermion ? portal_kernel_shared_average_fermions : portal_kernel_shared_average_scalars)
      let computed = try ComputeDevicesTests.evaluate(
        pointsProgram(rowKernel, inputs: columns, auxiliary: tables), on: device)
      var shared = storage.begin(tables, groups: 1, largest: largest)
      storage.fill(&shared, first: 0, count: 1, columns: computed)
      let kernel = Kernel(isFermion ? portal_kernel_relic_fermions_shared : portal_kernel_relic_scalars_shared)
      let program = pointsProgram(kernel, inputs: (point + [0]).map { [$0] }, auxiliary: shared)
      for (output, values) in try ComputeDevicesTests.evaluate(program, on: device).enumerated() {
        outputs[output] += values
      }
    }
    return Results(outputs)
  }
}
