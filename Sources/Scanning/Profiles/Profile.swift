import ScanStore

/// A variable of a file reduced along all axes but some, and where the values come from. The variable is read in pieces,
/// which are compared with their checksums, and never held as a whole.
public struct Profile: Sendable {
  public let variable: ScanFile.Variable
  public let reduction: Reduction
  /// The axes that are left, in the order of the variable.
  public let dimensions: [String]
  public let shape: [Int]
  /// Row-major in ``dimensions``; NaN where all values are.
  public private(set) var values: [Double]
  /// The element of the variable (row-major) that each value is from, the first of equals; -1 where it is NaN.
  public private(set) var sources: [Int]

  /// Elements read at a time: 16 MiB, a whole number of blocks under one checksum.
  private static let pieceElements = 1 << 21

  /// - Parameters:
  ///   - kept: the axes that are not reduced; those that the variable does not have are passed over.
  ///   - shouldStop: asked between pieces; throws ``ScanStopped`` then.
  /// - Throws: `ScanStoreError` for a variable that is not there, holds no numbers or is damaged.
  public init(
    of name: String, in file: ScanFile, keeping kept: [String], by reduction: Reduction,
    shouldStop: () -> Bool = { false }
  ) throws {
    let reader = try CheckedReader(file, variable: name)
    let variable = reader.variable
    self.variable = variable
    self.reduction = reduction
    let axes = variable.dimensions.indices.filter { kept.contains(variable.dimensions[$0]) }
    dimensions = axes.map { variable.dimensions[$0] }
    shape = axes.map { variable.shape[$0] }
    let count = shape.reduce(1, *)
    values = [Double](repeating: .nan, count: count)
    sources = [Int](repeating: -1, count: count)
    let position = PlanePosition(shape: variable.shape, kept: axes)
    for piece in RangeSet(0..<variable.elementCount).chunks(of: Profile.pieceElements) {
      if shouldStop() { throw ScanStopped() }
      let numbers = try reader.intactDoubles(piece)
      numbers.withUnsafeBufferPointer { add($0, from: piece.lowerBound, position) }
    }
  }

  /// The value that the reduction prefers to all others, and the element of the variable that it is from; nil where
  /// there is none.
  public var best: (value: Double, source: Int)? {
    var best: (value: Double, source: Int)?
    for (value, source) in zip(values, sources) where reduction.prefers(value, to: best?.value ?? .nan) {
      best = (value, source)
    }
    return best
  }

  private mutating func add(_ numbers: UnsafeBufferPointer<Double>, from start: Int, _ position: PlanePosition) {
    values.withUnsafeMutableBufferPointer { values in
      sources.withUnsafeMutableBufferPointer { sources in
        var offset = 0
        while offset < numbers.count {
          let run = position.run(at: start + offset, atMost: numbers.count - offset)
          for k in 0..<run.count {
            let number = reduction.value(numbers[offset + k])
            let place = run.place + k * run.step
            if reduction.prefers(number, to: values[place]) {
              values[place] = number
              sources[place] = start + offset + k
            }
          }
          offset += run.count
        }
      }
    }
  }
}

/// Where the elements of a variable go when only some axes are kept.
private struct PlanePosition {
  private let shape: [Int]
  /// Elements of the variable per step along each axis.
  private let strides: [Int]
  /// Elements of the plane per step along each axis; 0 for an axis that is not kept.
  private let keptStrides: [Int]

  init(shape: [Int], kept: [Int]) {
    self.shape = shape
    strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
    var keptStrides = shape.map { _ in 0 }
    var stride = 1
    for axis in kept.reversed() {
      keptStrides[axis] = stride
      stride *= shape[axis]
    }
    self.keptStrides = keptStrides
  }

  /// The elements from one on that differ along the last axis only: their first place, the step to the next, how many.
  func run(at element: Int, atMost most: Int) -> (place: Int, step: Int, count: Int) {
    guard let last = shape.last, let step = keptStrides.last else { return (0, 0, min(1, most)) }
    var place = 0
    for axis in shape.indices { place += element / strides[axis] % shape[axis] * keptStrides[axis] }
    return (place, step, min(most, last - element % last))
  }
}
