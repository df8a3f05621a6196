import ComputeDevices
import Foundation
import LeptonicPortal
import PortalKernels
import Testing

/// Points for the relic-density kernels, fermions and scalars mixed, and their results in the same order.
struct RelicPoints {
  var darkMatter: [DarkMatter] = []
  /// m_phi, m_psi, m_psi2, h_mue, g, one array each.
  var inputs: [[Double]] = Array(repeating: [], count: 5)

  mutating func append(_ kind: DarkMatter, mPhi: Double, _ m1: Double, _ m2: Double, h: Double, g: Double) {
    darkMatter.append(kind)
    for (i, value) in [mPhi, m1, m2, h, g].enumerated() { inputs[i].append(value) }
  }

  /// What the kernels give, one array per output.
  struct Results {
    var relicDensity: [Double]
    var relativeError: [Double]
    var sigmavFreezeOut: [Double]
    var sigmav20: [Double]
    var sigmavToday: [Double]
    var xFreezeOut: [Double]
    var status: [Double]

    /// From the kernels' outputs, in their order.
    init(_ outputs: [[Double]]) {
      relicDensity = outputs[0]
      relativeError = outputs[1]
      sigmavFreezeOut = outputs[2]
      sigmav20 = outputs[3]
      sigmavToday = outputs[4]
      xFreezeOut = outputs[5]
      status = outputs[6]
    }
  }

  func evaluate(_ tables: RelicTables = RelicTables(), on device: any Device) throws -> Results {
    let auxiliary = try tables.build()
    var outputs = Array(repeating: Array(repeating: Double.nan, count: darkMatter.count), count: 7)
    for kind in DarkMatter.allCases {
      let rows = darkMatter.indices.filter { darkMatter[$0] == kind }
      if rows.isEmpty { continue }
      let kernel = Kernel(kind == .fermion ? portal_kernel_relic_fermions : portal_kernel_relic_scalars)
      let program = pointsProgram(
        kernel, inputs: inputs.map { column in rows.map { column[$0] } }, auxiliary: auxiliary)
      for (output, values) in try ComputeDevicesTests.evaluate(program, on: device).enumerated() {
        for (row, value) in zip(rows, values) { outputs[output][row] = value }
      }
    }
    return Results(outputs)
  }
}

/// A reference table whose first column is the kind of dark matter, then m_phi, m_1, m_2, h, g and results.
struct RelicTable {
  var points = RelicPoints()
  private var results: [String: [Double]] = [:]

  init(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: "ReferenceData/\(name)", withExtension: "csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    let header = try #require(lines.first).split(separator: ",").map(String.init)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",")
      let kind = try #require(DarkMatter(rawValue: String(fields[0])))
      let numbers = try fields.dropFirst().map { try #require(Double($0)) }
      points.append(kind, mPhi: numbers[0], numbers[1], numbers[2], h: numbers[3], g: numbers[4])
      for (name, value) in zip(header.dropFirst(6), numbers.dropFirst(5)) { results[name, default: []].append(value) }
    }
  }

  subscript(_ column: String) -> [Double] {
    get throws { try #require(results[column], "no column \(column)") }
  }
}
