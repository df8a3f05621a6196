import ComputeDevices
import LeptonicPortal
import Synchronization

/// What the points of a grid share for one formula (``GridFormula``): rows of numbers for every group of points.
///
/// Rows are computed for a slab of the grid at a time: so many values of the groups' first dimension that memory should hold.
/// They depend on the largest values of the whole grid, so no result depends on where it is cut.
final class GridSharing: Sendable {
  let formula: GridFormula
  /// The number of the group that a point belongs to.
  let groups: Field
  private let auxiliary: [Double]
  private let grouping: [[Double]]
  private let largest: [Double]
  private let device: any Device
  /// Values of the groups' first dimension, all and in a slab.
  private let firstSize: Int
  private let slabLength: Int
  /// The rows asked for last.
  private let latest = Mutex<(groups: Range<Int>, tables: [Double])?>(nil)

  /// Fewer points than this in a group do not pay for its rows.
  static let fewestMembers = 1024
  /// Groups computed at a time.
  private static let stretch = 256

  /// - Returns: nil where the space is no grid for this formula, sharing does not pay, or a slab of one value does not fit.
  init?(
    _ formula: GridFormula, auxiliary: [Double], space: ParameterSpace, device: any Device, mostValues: Int
  ) {
    let grouping = formula.grouping.compactMap { space.parameters[$0] }
    let varying = formula.varying.compactMap { space.parameters[$0] }
    let dimensions = Set(grouping.flatMap(\.dimensions)).sorted()
    let others = Set(varying.flatMap(\.dimensions)).sorted()
    guard grouping.count == formula.grouping.count, varying.count == formula.varying.count,
      Set(dimensions).isDisjoint(with: others), space.count(others) >= GridSharing.fewestMembers
    else { return nil }
    self.formula = formula
    self.auxiliary = auxiliary
    self.device = device
    self.grouping = grouping.map { $0.values(over: dimensions, in: space) }
    largest = varying.map { $0.values.max() ?? 0 }
    groups = Field(dimensions: dimensions, values: (0..<space.count(dimensions)).map(Double.init))
    firstSize = space.count(Array(dimensions.prefix(1)))
    let own = formula.storage.length(auxiliary, groups: 0)
    let perValue = formula.storage.length(auxiliary, groups: groups.values.count / firstSize) - own
    let fitting = max(0, mostValues - own) / perValue
    guard fitting > 0 else { return nil }
    // Slabs of about the same length.
    let slabCount = (firstSize - 1) / fitting + 1
    slabLength = (firstSize - 1) / slabCount + 1
  }

  /// A part of a grid: some values of the groups' first dimension.
  struct Slab: Sendable {
    let indices: Range<Int>
    let groups: Range<Int>
  }

  var slabs: [Slab] {
    let groupsPerIndex = groups.values.count / firstSize
    return stride(from: 0, to: firstSize, by: slabLength).map { first in
      let indices = first..<min(first + slabLength, firstSize)
      return Slab(
        indices: indices, groups: indices.lowerBound * groupsPerIndex..<indices.upperBound * groupsPerIndex)
    }
  }

  /// The most bytes that rows take at a time.
  var byteCount: Int {
    let groups = slabs.first?.groups.count ?? 0
    return formula.storage.length(auxiliary, groups: groups) * MemoryLayout<Double>.size
  }

  /// The formula's run-time data with the rows of some groups.
  /// - Throws: the device's errors.
  func tables(_ groups: Range<Int>) throws -> [Double] {
    try latest.withLock { latest in
      if let latest, latest.groups == groups { return latest.tables }
      latest = nil
      var tables = formula.storage.begin(auxiliary, groups: groups.count, largest: largest)
      for first in stride(from: groups.lowerBound, to: groups.upperBound, by: GridSharing.stretch) {
        let part = first..<min(first + GridSharing.stretch, groups.upperBound)
        let rows = try device.evaluateAll(program(part))
        formula.storage.fill(&tables, first: first - groups.lowerBound, count: part.count, columns: rows)
      }
      latest = (groups, tables)
      return tables
    }
  }

  /// The rows of some groups: group x row.
  private func program(_ groups: Range<Int>) -> Program {
    let rows = formula.storage.rowCount(auxiliary)
    let inputs = grouping.map { Array($0[groups]) }
    let tables = inputs + largest.map { [$0] } + [(0..<rows).map(Double.init), auxiliary]
    let strides = inputs.map { _ in [1, 0] } + largest.map { _ in [0, 0] } + [[0, 1]]
    let outputs = Array(0..<formula.rowKernel.outputCount)
    let step = Program.Step(
      kernel: formula.rowKernel, inputs: strides.enumerated().map { .table($0, strides: $1) }, outputs: outputs,
      auxiliary: tables.count - 1)
    return Program(
      shape: [groups.count, rows], tables: tables, steps: [step], streamCount: outputs.count,
      results: outputs.map { Program.Result(stream: $0, type: .float64) })
  }
}
