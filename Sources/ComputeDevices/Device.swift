/// Something that evaluates programs: all cores of this machine, or one OpenCL device. Every device gives the same bits.
public protocol Device: Sendable {
  var identity: DeviceIdentity { get }

  /// About as many points as it computes at a time: fewer take as long.
  var pointsAtATime: Int { get }

  /// Everything that is done once per program: compilation, tables copied to the device.
  func prepare(_ program: Program) throws -> any PreparedProgram

  /// Bytes of this machine's memory that `workers` threads take which have prepared the same program, the program itself and
  /// the memory for results aside. `tableBytes` are those of all tables.
  func hostBytes(for program: Program, tableBytes: Int, workers: Int) -> Int
}

extension Device {
  public func hostBytes(for program: Program, tableBytes: Int, workers: Int) -> Int { 0 }
}

/// A program made ready on a device. Used by one thread at a time; the device parallelises inside.
public protocol PreparedProgram {
  /// Evaluates the points `range` (linear indices) and writes result k to `results[k]`, `range.count` elements of its
  /// type.
  func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws
}

/// How a device is named in output files and messages.
public struct DeviceIdentity: Sendable, Hashable {
  /// How the command line selects it: `native` or `opencl:N`.
  public var selector: String
  /// The product, for instance `AMD EPYC` or `NVIDIA H100`.
  public var name: String
  /// Driver and version, or the instruction set of the native device.
  public var driver: String
  public var computeUnits: Int

  public init(selector: String, name: String, driver: String, computeUnits: Int) {
    self.selector = selector
    self.name = name
    self.driver = driver
    self.computeUnits = computeUnits
  }
}
