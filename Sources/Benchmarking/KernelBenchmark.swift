import ComputeDevices
import LeptonicPortal
import SelfTesting

/// How fast one kernel runs on one device.
public struct KernelResult: Sendable, Hashable, Codable {
  public var kernel: String
  public var points: Int
  /// Points per second in the kernel itself: from the device's clock on an OpenCL device, from the wall clock on the
  /// native one; inputs in the device's memory, outputs left there.
  public var kernelRate: RateMeasurement
  /// Points per second until all outputs are in a buffer of the host, in double precision.
  public var transferRate: RateMeasurement
  /// Points per second until all outputs are in a complete HDF5 file, in double precision, with checksums; nil where no
  /// file could be written.
  public var fileRate: RateMeasurement?
  /// Through memory in ``kernelRate``: 8 per input and, on a device with a memory of its own, per output; on a processor
  /// outputs stay in the cache.
  public var bytesPerPoint: Double
  /// nil for a kernel that Benchmarks/operations has not counted.
  public var operations: OperationCount?
  public var flopsPerPoint: Double?
  /// Of the device's limits; nil where those or the operations are unknown.
  public var fractionOfMultiplyAdd: Double?
  public var fractionOfBandwidth: Double?
  /// What the driver of an OpenCL device made of it.
  public var compilation: KernelCompilation?

  enum CodingKeys: String, CodingKey {
    case kernel, points, compilation
    case kernelRate = "kernel_points_per_s"
    case transferRate = "with_transfer_points_per_s"
    case fileRate = "written_points_per_s"
    case bytesPerPoint = "bytes_per_point"
    case operations = "operations_per_point"
    case flopsPerPoint = "flops_per_point"
    case fractionOfMultiplyAdd = "fraction_of_multiply_add"
    case fractionOfBandwidth = "fraction_of_bandwidth"
  }
}

extension KernelResult {
  /// Compares with what the device can do at most: the highest of all repeats, since a limit is a maximum.
  mutating func compare(with ceilings: DeviceCeilings) {
    fractionOfMultiplyAdd = flopsPerPoint.map { $0 * kernelRate.median / ceilings.multiplyAdd.highest }
    fractionOfBandwidth = bytesPerPoint * kernelRate.median / ceilings.bandwidth.highest
  }
}

/// Measures one kernel on one device.
struct KernelBenchmark {
  let device: any Device
  /// The most points of a measurement; a kernel with long loops gets fewer, so that one takes about ``targetSeconds``.
  let mostPoints: Int
  let repeats: Int
  /// Where files are written.
  let directory: String

  private static let targetSeconds = 0.06

  func measure(_ kernel: Kernel, in domain: KernelDomain) throws -> KernelResult {
    let points = try affordablePoints(kernel, domain)
    let inputs = KernelBenchmark.inputs(of: domain, count: points)
    var program = Program(kernel, at: inputs, auxiliary: domain.auxiliary)
    let transfer = try transferRate(of: program)
    let file = KernelFile(device: device, program: program, directory: directory)
    let written = try? rate(of: Double(points), repeats: repeats) { try file.secondsToWrite() }
    program.results = []
    let rate = try kernelRate(of: program)
    let operations = operationCounts[kernel.name]
    let hasOwnMemory = (device as? OpenCLDevice).map { !$0.description.sharesHostMemory } ?? false
    let bytes = Double(8 * (kernel.inputCount + (hasOwnMemory ? kernel.outputCount : 0)))
    return KernelResult(
      kernel: kernel.name, points: points, kernelRate: rate, transferRate: transfer, fileRate: written,
      bytesPerPoint: bytes, operations: operations, flopsPerPoint: operations?.flops,
      compilation: try (device as? OpenCLDevice)?.compilation(of: kernel))
  }

  /// A program without results computes and keeps its outputs on the device.
  private func kernelRate(of program: Program) throws -> RateMeasurement {
    let prepared = try device.prepare(program)
    return try rate(of: Double(program.count), repeats: repeats) {
      let before = (prepared as? any TimedProgram)?.timings.kernel
      let wall = try seconds { try prepared.evaluate(0..<program.count, into: []) }
      guard let timed = prepared as? any TimedProgram, let before else { return wall }
      let onDevice = timed.timings.kernel - before
      return onDevice > 0 ? onDevice : wall
    }
  }

  private func transferRate(of program: Program) throws -> RateMeasurement {
    let prepared = try device.prepare(program)
    let buffers = program.results.map {
      UnsafeMutableRawPointer.allocate(byteCount: max(1, program.count * $0.type.size), alignment: 4096)
    }
    defer { buffers.forEach { $0.deallocate() } }
    return try rate(of: Double(program.count), repeats: repeats) {
      try seconds { try prepared.evaluate(0..<program.count, into: buffers) }
    }
  }

  /// So many points that one run takes about the target time, in steps of 8 from 512.
  private func affordablePoints(_ kernel: Kernel, _ domain: KernelDomain) throws -> Int {
    var points = min(512, mostPoints)
    while points < mostPoints {
      let inputs = KernelBenchmark.inputs(of: domain, count: points)
      let prepared = try device.prepare(Program(kernel, at: inputs, auxiliary: domain.auxiliary).withoutResults)
      try prepared.evaluate(0..<points, into: [])
      let once = try seconds { try prepared.evaluate(0..<points, into: []) }
      if once * 8 > KernelBenchmark.targetSeconds {
        let factor = max(1, KernelBenchmark.targetSeconds / once)
        return min(mostPoints, Int(Double(points) * factor) / 512 * 512)
      }
      points *= 8
    }
    return mostPoints
  }

  /// Random points of the domain; beyond 2^16 they repeat.
  static func inputs(of domain: KernelDomain, count: Int) -> [[Double]] {
    let samples = domain.samples(min(count, 1 << 16), seed: 1)
    return samples.map { sample in
      var values: [Double] = []
      values.reserveCapacity(count)
      while values.count < count { values += sample.prefix(count - values.count) }
      return values
    }
  }
}

extension Program {
  fileprivate var withoutResults: Program {
    var program = self
    program.results = []
    return program
  }
}
