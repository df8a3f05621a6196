/// The points of a plan that are to be evaluated, pass by pass.
public struct ScanWork: Sendable, Equatable {
  /// The points that belong to the output: all, or a shard's.
  public var points: [Range<Int>]
  /// Those among them that are not stored yet.
  public var missing: [RangeSet<Int>]

  public init(points: [Range<Int>], finished: [RangeSet<Int>]) {
    self.points = points
    missing = zip(points, finished).map { RangeSet($0).subtracting($1) }
  }

  /// Everything.
  public init(all plan: ScanPlan) {
    self.init(points: plan.passes.map { 0..<$0.program.count }, finished: plan.passes.map { _ in RangeSet() })
  }

  /// All points of an output.
  public init(of output: ScanOutput) {
    self.init(points: output.points, finished: output.points.map { _ in RangeSet() })
  }

  /// Bytes of the output's points.
  public func byteCount(of plan: ScanPlan) -> Int {
    zip(points, plan.passes).map { $0.count * $1.bytesPerPoint }.reduce(0, +)
  }

  /// Bytes of the points that are not stored yet.
  public func missingByteCount(of plan: ScanPlan) -> Int {
    zip(missing, plan.passes).map { $0.count * $1.bytesPerPoint }.reduce(0, +)
  }

  /// The output's part of the points of the parameter space, by the bytes that it stores.
  func pointCount(of plan: ScanPlan) -> Int {
    let (part, whole) = (byteCount(of: plan), plan.byteCount)
    return part == whole ? plan.pointCount : Int(Double(plan.pointCount) * Double(part) / Double(max(1, whole)))
  }
}

extension RangeSet<Int> {
  /// Number of integers in the set.
  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The integers at some positions of the ascending order.
  func members(_ positions: Range<Int>) -> [Range<Int>] {
    var before = 0
    return ranges.compactMap { range in
      defer { before += range.count }
      let part = positions.clamped(to: before..<before + range.count)
      let offset = range.lowerBound - before
      return part.isEmpty ? nil : part.lowerBound + offset..<part.upperBound + offset
    }
  }

  /// The ranges cut into pieces of at most `length`, in order.
  func chunks(of length: Int) -> some Sequence<Range<Int>> {
    ranges.lazy.flatMap { range in
      stride(from: range.lowerBound, to: range.upperBound, by: length).lazy.map {
        $0..<Swift.min($0 + length, range.upperBound)
      }
    }
  }
}
