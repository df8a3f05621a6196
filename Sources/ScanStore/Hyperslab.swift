/// A box of a variable's index space: along each dimension `count` elements from `start` on.
public struct Hyperslab: Sendable, Hashable {
  public var start: [Int]
  public var count: [Int]

  public init(start: [Int], count: [Int]) {
    self.start = start
    self.count = count
  }

  /// The whole of that shape.
  public init(all shape: [Int]) {
    self.init(start: shape.map { _ in 0 }, count: shape)
  }

  public var elementCount: Int { count.reduce(1, *) }

  /// Whether it lies within the shape and has its number of dimensions.
  func fits(_ shape: [Int]) -> Bool {
    start.count == shape.count && count.count == shape.count
      && zip(zip(start, count), shape).allSatisfy { box, size in
        box.0 >= 0 && box.1 >= 0 && box.1 <= size && box.0 <= size - box.1
      }
  }

  /// The boxes that together are a range of elements in row-major order, each of them contiguous; their order is that
  /// of the elements. There are at most two per dimension.
  static func boxes(covering range: Range<Int>, of shape: [Int]) -> [Hyperslab] {
    // Elements per step along each dimension.
    let strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
    if shape.isEmpty { return range.isEmpty ? [] : [Hyperslab(all: [])] }
    var boxes: [Hyperslab] = []
    var next = range.lowerBound
    while next < range.upperBound {
      let rest = range.upperBound - next
      // The slowest dimension along which whole steps can be taken from here.
      let axis = strides.firstIndex { next % $0 == 0 && $0 <= rest } ?? shape.count - 1
      let start = shape.indices.map { next / strides[$0] % shape[$0] }
      let steps = min(shape[axis] - start[axis], rest / strides[axis])
      let count = shape.indices.map { $0 < axis ? 1 : $0 == axis ? steps : shape[$0] }
      boxes.append(Hyperslab(start: start, count: count))
      next += steps * strides[axis]
    }
    return boxes
  }
}
