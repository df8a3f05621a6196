/// A formula on a grid: the costly part depends on some inputs only, and is computed once for all values of the others.
///
/// The points of a grid fall into groups, one for each combination of the values of `grouping`. For each group a kernel
/// computes rows of numbers; another kernel makes the outputs from them.
public struct GridFormula: Sendable {
  /// Reads the formula's inputs and the number of the group, and the rows as run-time data; gives the formula's outputs.
  public let kernel: Kernel
  /// Inputs that a group has in common.
  public let grouping: [Quantity]
  /// Inputs that vary within a group. Rows depend on their largest values only.
  public let varying: [Quantity]
  /// Reads `grouping`, the largest values of `varying` and the number of the row; gives a row's numbers.
  public let rowKernel: Kernel
  /// Where rows go.
  public let storage: any GridRowStorage

  public init(
    kernel: Kernel, grouping: [Quantity], varying: [Quantity], rowKernel: Kernel, storage: any GridRowStorage
  ) {
    self.kernel = kernel
    self.grouping = grouping
    self.varying = varying
    self.rowKernel = rowKernel
    self.storage = storage
  }
}

/// How the rows of a ``GridFormula`` are put behind the formula's run-time data.
public protocol GridRowStorage: Sendable {
  /// Rows of a group.
  func rowCount(_ auxiliary: [Double]) -> Int
  /// Numbers to be held for so many groups, the formula's own run-time data included.
  func length(_ auxiliary: [Double], groups: Int) -> Int
  /// The run-time data with room for all rows. `largest` are those of the varying inputs.
  func begin(_ auxiliary: [Double], groups: Int, largest: [Double]) -> [Double]
  /// Puts in the outputs of the row kernel, group by group, for groups from `first` on.
  func fill(_ tables: inout [Double], first: Int, count: Int, columns: [[Double]])
}
