import LeptonicPortal

/// What a device evaluates: kernels applied in order at every point of an index space.
///
/// The index space is row-major with up to ``mostDimensions`` dimensions; a point is its linear index. A kernel reads
/// tables (values on the product of some of the dimensions, gathered by stride), streams (results of earlier steps
/// at the same point) and the linear index itself.
public struct Program: Sendable {
  public static let mostDimensions = 4

  /// Where a kernel's input comes from.
  public enum Operand: Sendable, Hashable {
    /// `tables[table][sum_k index_k * strides[k]]`; stride 0 along the dimensions the table does not have.
    case table(Int, strides: [Int])
    /// The stream of that number, at the same point.
    case stream(Int)
    /// The linear index of the point as a double, exact below 2^53: a counter for random numbers.
    case index
  }

  /// One kernel with its inputs; its outputs are new streams.
  public struct Step: Sendable {
    public var kernel: Kernel
    public var inputs: [Operand]
    public var outputs: [Int]
    /// The table handed to the kernel whole, for kernels that need shared run-time data.
    public var auxiliary: Int?

    public init(kernel: Kernel, inputs: [Operand], outputs: [Int], auxiliary: Int? = nil) {
      self.kernel = kernel
      self.inputs = inputs
      self.outputs = outputs
      self.auxiliary = auxiliary
    }
  }

  /// A stream to hand back, in the type in which it is stored.
  public struct Result: Sendable {
    public var stream: Int
    public var type: ElementType

    public init(stream: Int, type: ElementType) {
      self.stream = stream
      self.type = type
    }
  }

  public var shape: [Int]
  public var tables: [[Double]]
  public var steps: [Step]
  public var streamCount: Int
  public var results: [Result]

  public init(shape: [Int], tables: [[Double]], steps: [Step], streamCount: Int, results: [Result]) {
    self.shape = shape
    self.tables = tables
    self.steps = steps
    self.streamCount = streamCount
    self.results = results
  }

  /// Number of points.
  public var count: Int { shape.reduce(1, *) }
}

/// How a result is stored.
public enum ElementType: Sendable, Hashable, CaseIterable {
  case float64, float32, uint8, uint32

  public var size: Int {
    switch self {
    case .float64: 8
    case .float32, .uint32: 4
    case .uint8: 1
    }
  }
}
