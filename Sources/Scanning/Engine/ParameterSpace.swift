import LeptonicPortal

/// The points of a scan: named dimensions, and for every parameter its values on the product of some of them.
///
/// A grid has one dimension per axis (m_psi given as a ratio varies along two: m_phi and the ratio); a list of points
/// has one dimension, along which every parameter varies. Everything downstream treats both alike.
public struct ParameterSpace: Sendable {
  public struct Dimension: Sendable, Hashable {
    public var name: String
    public var size: Int

    public init(name: String, size: Int) {
      self.name = name
      self.size = size
    }
  }

  public var dimensions: [Dimension]
  public var parameters: [Quantity: Field]
  /// Coordinates that are not parameters themselves: m_psi/m_phi where an axis is given as this ratio.
  public var ratios: [Quantity: Field]

  public init(dimensions: [Dimension], parameters: [Quantity: Field], ratios: [Quantity: Field] = [:]) {
    self.dimensions = dimensions
    self.parameters = parameters
    self.ratios = ratios
  }

  /// Sizes of the given dimensions.
  func shape(_ indices: [Int]) -> [Int] { indices.map { dimensions[$0].size } }

  /// Number of points in the product of the given dimensions.
  public func count(_ indices: [Int]) -> Int { shape(indices).reduce(1, *) }

  /// All dimensions.
  public var all: [Int] { Array(dimensions.indices) }
}

/// Values on the product of some dimensions of a ``ParameterSpace``, row-major.
public struct Field: Sendable {
  /// Indices into ``ParameterSpace/dimensions``, ascending; empty for one value.
  public var dimensions: [Int]
  public var values: [Double]

  public init(dimensions: [Int], values: [Double]) {
    self.dimensions = dimensions
    self.values = values
  }

  /// The strides with which a program over `dimensions` of `space` reads this field: 0 where it does not vary.
  func strides(over dimensions: [Int], in space: ParameterSpace) -> [Int] {
    var strides = [Int](repeating: 0, count: dimensions.count)
    var stride = 1
    for dimension in self.dimensions.reversed() {
      if let position = dimensions.firstIndex(of: dimension) { strides[position] = stride }
      stride *= space.dimensions[dimension].size
    }
    return strides
  }

  /// The values at every point of a space.
  public func values(over space: ParameterSpace) -> [Double] { values(over: space.all, in: space) }

  /// The values at every point of the product of some dimensions, which include its own.
  func values(over dimensions: [Int], in space: ParameterSpace) -> [Double] {
    let strides = strides(over: dimensions, in: space)
    return (0..<space.count(dimensions)).map { point in
      var (rest, index) = (point, 0)
      for (dimension, stride) in zip(dimensions, strides).reversed() {
        let size = space.dimensions[dimension].size
        index += rest % size * stride
        rest /= size
      }
      return values[index]
    }
  }
}
