import HostResources
import LeptonicPortal
import Synchronization

/// One OpenCL device with double precision. The same bits as ``NativeDevice``.
public final class OpenCLDevice: Device {
  public let description: OpenCLDeviceDescription
  /// Doubles per work item.
  public let lanes: Int
  private let cache: ProgramCache
  private let compiled = Mutex(Compiled())
  private let latest = Mutex(LatestTables())

  /// The context, made by the first program, and the programs asked for so far.
  private struct Compiled {
    var context: OpenCLContext?
    var programs: [String: Compilation] = [:]

    mutating func context(for device: OpenCLDeviceDescription) throws -> OpenCLContext {
      if let context { return context }
      let new = try OpenCLContext(device: device)
      context = new
      return new
    }
  }

  /// The tables of the program prepared last, as long as anything evaluates it.
  private struct LatestTables {
    weak var tables: OpenCLTables?
  }

  /// - Parameters:
  ///   - lanes: doubles per work item, 1, 2, 4, 8 or 16; by default what was measured best for this kind of device.
  ///   - cache: where compiled kernels are kept.
  public init(_ description: OpenCLDeviceDescription, lanes: Int? = nil, cache: ProgramCache = .standard()) throws {
    guard description.hasFP64, description.isAvailable else { throw OpenCLDeviceUnusable(description) }
    self.description = description
    self.lanes = lanes ?? Self.preferredLanes(description.kind)
    self.cache = cache
  }

  /// Kernel time on PoCL 3.1 (2 cores of an AMD EPYC, AVX-512, ns per point) for 1, 4, 8, 16 lanes: anomalous_moments
  /// 65, 20, 14, 13; visible_width 30, 8, 4, 3; exponential 28, 8, 4, 3. GPUs have their lanes in hardware.
  private static func preferredLanes(_ kind: OpenCLDeviceDescription.Kind) -> Int { kind == .cpu ? 16 : 1 }

  /// The same device, working on so many doubles per work item.
  public func with(lanes: Int) throws -> OpenCLDevice { try OpenCLDevice(description, lanes: lanes, cache: cache) }

  public var identity: DeviceIdentity {
    DeviceIdentity(
      selector: description.selector, name: description.name,
      driver: "\(description.version), driver \(description.driver)", computeUnits: description.computeUnits)
  }

  /// A GPU has many work items under way on every compute unit, and hides the time of one behind the others; 256 is what
  /// kernels with many registers leave room for, not measured.
  public var pointsAtATime: Int { description.computeUnits * (description.kind == .gpu ? 256 : lanes) }

  public func prepare(_ program: Program) throws -> any PreparedProgram {
    try OpenCLPreparedProgram(program, on: self)
  }

  /// The tables of a program on this device; those who prepare the same program at the same time share them.
  func tables(of program: Program) throws -> OpenCLTables {
    let context = try context()
    return try latest.withLock { latest in
      if let tables = latest.tables, tables.hold(program.tables) { return tables }
      let tables = try OpenCLTables(program.tables, context: context)
      latest.tables = tables
      return tables
    }
  }

  public func hostBytes(for program: Program, tableBytes: Int, workers: Int) -> Int {
    let pieces = Pieces(program, on: description)
    // Results are read from pinned memory or, with everything else, from the device's memory, which is this machine's.
    return description.sharesHostMemory
      ? tableBytes + workers * (pieces.streamBytes + pieces.resultBytes) : workers * pieces.resultBytes
  }

  func context() throws -> OpenCLContext {
    try compiled.withLock { try $0.context(for: description) }
  }

  /// The entry point of a kernel, as a handle of its own.
  func entryPoint(of kernel: Kernel) throws -> OpenCLKernel {
    try OpenCLKernel(
      program: program("evaluate \(kernel.name)", KernelSource(kernel: kernel, lanes: lanes)),
      name: KernelSource.entryPoint)
  }

  func storeKernel(for type: ElementType) throws -> OpenCLKernel {
    try OpenCLKernel(program: program("store", .store), name: "store_\(type)")
  }

  /// Compiles kernels ahead of their use, several at a time. One that does not compile fails when it is used.
  ///
  /// - Parameter report: called after each, from any thread, with the number of those that are done.
  public func compile(_ kernels: [Kernel], report: @Sendable (Int) -> Void) {
    let done = Atomic(0)
    forEachIndex(below: kernels.count, threads: NativeDevice.usableCores, stackBytes: OwnThread.largeStackBytes) {
      _ = try? entryPoint(of: kernels[$0])
      report(done.add(1, ordering: .relaxed).newValue)
    }
  }

  /// What the driver made of a kernel.
  public func compilation(of kernel: Kernel) throws -> KernelCompilation {
    let entryPoint = try entryPoint(of: kernel)
    return KernelCompilation(
      workGroupSize: entryPoint.workGroupSize, privateBytes: entryPoint.privateBytes,
      buildSeconds: entryPoint.program.buildSeconds)
  }

  private func program(_ name: String, _ source: @autoclosure () -> KernelSource) throws -> OpenCLProgram {
    let (context, compilation) = try compiled.withLock { state in
      let compilation = state.programs[name] ?? Compilation()
      state.programs[name] = compilation
      return (try state.context(for: description), compilation)
    }
    return try compilation.program { try build(source(), in: context) }
  }

  func build(_ source: KernelSource, in context: OpenCLContext) throws -> OpenCLProgram {
    let device = description
    let key = ProgramCache.key([
      source.text, source.options, device.platform, device.vendor, device.name, device.version, device.driver,
    ])
    if let binary = cache.load(key),
      let program = try? OpenCLProgram(source, binary: binary, in: context)
    {
      return program
    }
    let program = try OpenCLProgram(source, in: context)
    // A driver that does not hand out binaries compiles again next time.
    if let binary = try? program.binary() { cache.store(binary, under: key) }
    return program
  }
}

/// A program that is compiled by whoever needs it first; others wait for it, and not for other programs.
private final class Compilation: Sendable {
  private let result: Mutex<OpenCLProgram?> = Mutex(nil)

  func program(_ build: () throws -> OpenCLProgram) throws -> OpenCLProgram {
    try result.withLock { result in
      if let result { return result }
      let program = try build()
      result = program
      return program
    }
  }
}

/// A device was chosen that cannot run the kernels.
public struct OpenCLDeviceUnusable: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ device: OpenCLDeviceDescription) {
    let why = device.hasFP64 ? "its driver has no compiler or is not available" : "it has no IEEE double precision"
    description = "\(device.selector) \(device.name) cannot be used (\(why)) use --device native"
  }
}
