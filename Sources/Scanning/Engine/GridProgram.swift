import ComputeDevices
import HostResources

/// A program on a parameter space, in slabs: what the points of a slab share (``GridSharing``) is computed when its turn
/// comes, and held until the next one's. Where nothing is shared there is one slab.
public struct GridProgram: Sendable {
  /// The step that reads what points share.
  struct SharedStep: Sendable {
    let sharing: GridSharing
    /// The numbers of the groups.
    let groupTable: Int
    /// The formula's run-time data with the rows.
    let rowTable: Int
  }

  /// Points of one slab.
  public struct Part: Sendable {
    public var points: RangeSet<Int>
    let groups: Range<Int>
  }

  /// The program, but for what is shared.
  private let outline: Program
  private let shared: SharedStep?
  private let slabs: [Part]

  /// - Parameter dimensions: those of the program, as numbers of the space's dimensions.
  init(_ outline: Program, shared: SharedStep?, dimensions: [Int]) {
    self.outline = outline
    self.shared = shared
    guard let sharing = shared?.sharing else {
      slabs = [Part(points: RangeSet(0..<outline.count), groups: 0..<0)]
      return
    }
    let position = sharing.groups.dimensions.first.flatMap(dimensions.firstIndex(of:))
    slabs = sharing.slabs.map { slab in
      Part(points: outline.points(slab.indices, along: position), groups: slab.groups)
    }
  }

  public var count: Int { outline.count }
  public var results: [Program.Result] { outline.results }
  public var steps: [Program.Step] { outline.steps }
  /// Tables that all slabs read.
  var tables: [[Double]] { outline.tables }
  /// The most bytes of shared rows at a time.
  var sharedBytes: Int { shared?.sharing.byteCount ?? 0 }

  /// Bytes of this machine's memory that `workers` threads take to evaluate it on a device.
  func hostBytes(on device: any Device, workers: Int) -> Int {
    let tableBytes = tables.reduce(sharedBytes) { $0 + $1.count * MemoryLayout<Double>.size }
    return device.hostBytes(for: outline, tableBytes: tableBytes, workers: workers)
  }

  /// `points` slab by slab, those without any left out.
  public func parts(of points: RangeSet<Int>) -> [Part] {
    if slabs.count == 1 { return [Part(points: points, groups: slabs[0].groups)].filter { !$0.points.isEmpty } }
    return slabs.compactMap { slab in
      let common = slab.points.intersection(points)
      return common.isEmpty ? nil : Part(points: common, groups: slab.groups)
    }
  }

  /// The program for the points of a part; gives nonsense at others. Its indices are those of the whole.
  /// - Throws: errors of the device that computes what is shared.
  public func program(for part: Part) throws -> Program {
    guard let shared else { return outline }
    var program = outline
    let first = Double(part.groups.lowerBound)
    if first > 0 { program.tables[shared.groupTable] = shared.sharing.groups.values.map { $0 - first } }
    program.tables[shared.rowTable] = try shared.sharing.tables(part.groups)
    return program
  }
}

extension Program {
  /// The points at some indices along one dimension; all points without a dimension.
  fileprivate func points(_ indices: Range<Int>, along dimension: Int?) -> RangeSet<Int> {
    guard let dimension else { return RangeSet(0..<count) }
    let inner = shape.dropFirst(dimension + 1).reduce(1, *)
    let block = inner * shape[dimension]
    return RangeSet(
      stride(from: 0, to: count, by: max(1, block)).map {
        $0 + indices.lowerBound * inner..<$0 + indices.upperBound * inner
      })
  }
}

extension Device {
  /// Evaluates a program whose results are all float64 at every point, in memory. One array per result.
  public func evaluateAll(_ program: GridProgram) throws -> [[Double]] {
    let parts = program.parts(of: RangeSet(0..<program.count))
    if parts.count == 1 { return try evaluateAll(program.program(for: parts[0])) }
    var columns = program.results.map { _ in [Double](repeating: 0, count: program.count) }
    for part in parts {
      let prepared = try prepare(program.program(for: part))
      for range in part.points.ranges {
        let values = try program.results.map { _ in try HostBuffer(byteCount: range.count * MemoryLayout<Double>.size) }
        try prepared.evaluate(range, into: values.map(\.start))
        for (k, column) in values.enumerated() {
          columns[k].replaceSubrange(
            range, with: UnsafeBufferPointer(start: column.elements(as: Double.self), count: range.count))
        }
      }
    }
    return columns
  }
}
