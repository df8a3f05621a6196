import ComputeDevices
import LeptonicPortal
import SelfTesting

/// What was measured on one device.
public struct DeviceResult: Sendable, Codable {
  public var device: String
  public var name: String
  public var driver: String
  public var computeUnits: Int
  public var ceilings: DeviceCeilings?
  public var kernels: [KernelResult]
  public var scan: ScanResult?
  /// What could not be measured, and why.
  public var failures: [String]

  enum CodingKeys: String, CodingKey {
    case device, name, driver, ceilings, kernels, scan, failures
    case computeUnits = "compute_units"
  }
}

/// A result file.
public struct BenchmarkReport: Sendable, Codable {
  public var system: SystemDescription
  public var benchmark = "devices"
  public var repeats: Int
  public var devices: [DeviceResult]

  public init(system: SystemDescription, repeats: Int, devices: [DeviceResult]) {
    self.system = system
    self.repeats = repeats
    self.devices = devices
  }
}

/// Measures devices: every kernel alone, with the transfer of its outputs and with an HDF5 file of them, a scan with its
/// file, and the limits that these meet.
public struct DeviceBenchmark: Sendable {
  /// The most points of any measurement; nil for as many as suit the device.
  public var points: Int?
  public var repeats: Int
  /// Where files are written, and removed again.
  public var directory: String

  public init(points: Int? = nil, repeats: Int = 5, directory: String) {
    self.points = points.map { max(1, $0) }
    self.repeats = max(1, repeats)
    self.directory = directory
  }

  /// Never throws: what fails on a device is in its result's `failures`.
  public func measure(_ device: any MeasurableDevice) -> DeviceResult {
    let identity = device.identity
    var result = DeviceResult(
      device: identity.selector, name: identity.name, driver: identity.driver, computeUnits: identity.computeUnits,
      kernels: [], failures: [])
    func attempt<Value>(_ what: String, _ body: () throws -> Value) -> Value? {
      do { return try body() } catch {
        result.failures.append("\(what): \(error)")
        return nil
      }
    }
    let points = points ?? Self.suitablePoints(device)
    // Before and after, since a machine is not equally busy all the time.
    let before = attempt("limits") { try device.measureCeilings(repeats: repeats) }
    let benchmark = KernelBenchmark(device: device, mostPoints: points, repeats: repeats, directory: directory)
    for kernel in Kernel.all {
      guard let domain = kernelDomains[kernel.name] else { continue }
      if let measured = attempt(kernel.name, { try benchmark.measure(kernel, in: domain) }) {
        result.kernels.append(measured)
      }
    }
    let after = attempt("limits") { try device.measureCeilings(repeats: repeats) }
    if let before, let after {
      let ceilings = before.joined(with: after)
      for k in result.kernels.indices { result.kernels[k].compare(with: ceilings) }
      result.ceilings = ceilings
    }
    let scan = ScanBenchmark(device: device, mostPoints: points, repeats: repeats, directory: directory)
    result.scan = attempt("scan") { try scan.measure() }
    return result
  }
}

extension DeviceBenchmark {
  /// Four million points; on a GPU so many that a column of them fits no cache, which grows with the memory: a power of
  /// two up to 2^26, one for every 2 KiB.
  static func suitablePoints(_ device: any Device) -> Int {
    guard let description = (device as? OpenCLDevice)?.description, description.kind == .gpu else { return 1 << 22 }
    return suitablePoints(memory: description.memory)
  }

  package static func suitablePoints(memory: Int) -> Int {
    let points = max(1, memory / 2048)
    return min(1 << 26, max(1 << 22, 1 << (Int.bitWidth - 1 - points.leadingZeroBitCount)))
  }
}

/// The random inputs that each kernel is measured with, by its name, for the program that counts its operations.
public func benchmarkInputs(points: Int) -> [String: KernelInputs] {
  kernelDomains.mapValues { domain in
    KernelInputs(
      inputs: KernelBenchmark.inputs(of: domain, count: min(points, domain.count ?? points)),
      auxiliary: domain.auxiliary)
  }
}

/// Inputs of one kernel: `inputs[j][i]` is input j of point i; auxiliary is the data that all points share.
public struct KernelInputs: Sendable, Encodable {
  public var inputs: [[Double]]
  public var auxiliary: [Double]?
}
