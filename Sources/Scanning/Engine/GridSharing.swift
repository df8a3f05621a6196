import ComputeDevices
import LeptonicPortal

/// What the points of a grid share for one formula (``GridFormula``), computed.
struct GridSharing: Sendable {
  /// The number of the group that a point belongs to.
  let groups: Field
  /// The formula's run-time data with the rows of all groups.
  let auxiliary: [Double]
}

extension GridSharing {
  /// Fewer points than this in a group do not pay for its rows.
  static let fewestMembers = 1024
  /// Rows of more than 512 MiB are not held: every point is computed on its own.
  static let mostValues = 1 << 26
  /// Groups computed at a time.
  private static let stretch = 256

  /// - Returns: nil where the space is no grid for this formula, or sharing does not pay.
  /// - Throws: the device's errors.
  init?(_ formula: GridFormula, auxiliary: [Double], space: ParameterSpace, device: any Device) throws {
    let grouping = formula.grouping.compactMap { space.parameters[$0] }
    let varying = formula.varying.compactMap { space.parameters[$0] }
    let dimensions = Set(grouping.flatMap(\.dimensions)).sorted()
    let others = Set(varying.flatMap(\.dimensions)).sorted()
    let count = space.count(dimensions)
    guard grouping.count == formula.grouping.count, varying.count == formula.varying.count,
      Set(dimensions).isDisjoint(with: others), space.count(others) >= GridSharing.fewestMembers,
      formula.storage.length(auxiliary, groups: count) <= GridSharing.mostValues
    else { return nil }

    let largest = varying.map { $0.values.max() ?? 0 }
    let columns = grouping.map { $0.values(over: dimensions, in: space) }
    var tables = formula.storage.begin(auxiliary, groups: count, largest: largest)
    for first in stride(from: 0, to: count, by: GridSharing.stretch) {
      let part = first..<min(first + GridSharing.stretch, count)
      let program = GridSharing.program(
        formula, auxiliary: auxiliary, grouping: columns.map { Array($0[part]) }, largest: largest)
      let rows = try device.evaluateAll(program)
      formula.storage.fill(&tables, first: first, count: part.count, columns: rows)
    }
    self.auxiliary = tables
    groups = Field(dimensions: dimensions, values: (0..<count).map(Double.init))
  }

  /// The rows of some groups: group x row.
  private static func program(
    _ formula: GridFormula, auxiliary: [Double], grouping: [[Double]], largest: [Double]
  ) -> Program {
    let rows = formula.storage.rowCount(auxiliary)
    let tables = grouping + largest.map { [$0] } + [(0..<rows).map(Double.init), auxiliary]
    let strides = grouping.map { _ in [1, 0] } + largest.map { _ in [0, 0] } + [[0, 1]]
    let outputs = Array(0..<formula.rowKernel.outputCount)
    let step = Program.Step(
      kernel: formula.rowKernel, inputs: strides.enumerated().map { .table($0, strides: $1) }, outputs: outputs,
      auxiliary: tables.count - 1)
    return Program(
      shape: [grouping.first?.count ?? 0, rows], tables: tables, steps: [step], streamCount: outputs.count,
      results: outputs.map { Program.Result(stream: $0, type: .float64) })
  }
}
