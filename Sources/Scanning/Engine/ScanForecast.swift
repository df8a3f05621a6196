import ComputeDevices
import Dispatch
import Foundation
import LeptonicPortal
import ScanStore

/// What a scan will take, known before it starts.
public struct ScanForecast: Sendable {
  /// Bytes of the file that are still to be taken from the disk; 0 where an unfinished file has them already.
  public let diskBytes: Int
  public let disk: DiskSpace
  /// The most memory of the host that the scan will use.
  public let memoryBytes: Int

  /// The program, its libraries and their caches; drivers of devices come with what they take by then.
  private static var baseBytes: Int { max(64 << 20, (residentBytes ?? 0) + (16 << 20)) }

  /// What the process takes now; nil where the system does not tell in Linux's way.
  private static var residentBytes: Int? {
    let statistics = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii)
    let pages = statistics.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
    return pages.map { $0 * Int(sysconf(CInt(_SC_PAGESIZE))) }
  }

  /// Metadata of a file, generously.
  private static let metadataBytes = 1 << 18

  public init(_ scan: ScanOutput, on execution: ScanExecution, path: String) {
    let plan = scan.plan
    let isReserved = FileManager.default.fileExists(atPath: ScanFileWriter.partialPath(of: path))
    let stored = ScanWork(points: scan.points, finished: []).byteCount(of: plan)
    diskBytes =
      isReserved
      ? 0
      : stored + stored / (BlockChecksums.blockBytes / 8) + plan.coordinateBytes
        + ScanForecast.metadataBytes
    disk = DiskSpace(for: path)
    let buffers = plan.passes.map { pass in
      min(execution.executor.mostChunkBytes, pass.program.count * pass.bytesPerPoint)
    }
    let workers = execution.executor.devices.count * execution.executor.workersPerDevice
    memoryBytes = ScanForecast.baseBytes + plan.tableBytes + 2 * plan.coordinateBytes + workers * (buffers.max() ?? 0)
  }
}

/// How long the points still to be computed will take, from a few that are computed and dropped.
///
/// The first stretches are short; if they say that the scan lasts, longer ones follow, which also leave the preparation of
/// programs aside.
public struct ScanCalibration: Sendable {
  /// Seconds for the computation; writing goes on beside it.
  public private(set) var seconds = 0.0

  private static let stretches = 8
  private static let fewPoints = 128
  /// A scan shorter than this needs no better estimate.
  private static let shortScan = 1.0
  /// Seconds that the longer stretches take.
  private static let effort = 0.2

  /// - Throws: the devices' errors.
  public init(_ execution: ScanExecution, work: ScanWork) throws {
    var execution = execution
    execution.executor.pointsRecheckedPerChunk = 0
    for (pass, missing) in zip(execution.plan.passes, work.missing) where !missing.isEmpty {
      seconds += try ScanCalibration.seconds(of: pass, missing, execution.executor)
    }
  }

  private static func seconds(of pass: ScanPass, _ missing: RangeSet<Int>, _ executor: SharedExecutor) throws -> Double
  {
    let parts = pass.program.parts(of: missing)
    guard let part = parts.first else { return 0 }
    let start = DispatchTime.now().uptimeNanoseconds
    let program = try pass.program.program(for: part)
    // What the first slab's points share is kept for the scan.
    let shared = Double(parts.count - 1) * secondsSince(start)
    let total = Double(missing.count)
    let first = try measure(program, sample(of: part.points, points: stretches * fewPoints), executor)
    let guess = first.seconds * total / first.points
    if guess < shortScan { return shared + guess }
    let points = min(part.points.count, Int(effort / first.seconds * first.points))
    let second = try measure(program, sample(of: part.points, points: max(points, stretches * fewPoints)), executor)
    return shared + second.seconds * total / second.points
  }

  /// Stretches of equal length, evenly spread.
  private static func sample(of missing: RangeSet<Int>, points: Int) -> [Range<Int>] {
    if missing.count <= points { return Array(missing.ranges) }
    let length = points / stretches
    let start = missing.ranges.first?.lowerBound ?? 0
    let end = missing.ranges.last?.upperBound ?? 0
    let places = (0..<stretches).map { start + (end - start - length) / (stretches - 1) * $0 }
    return Array(RangeSet(places.map { $0..<$0 + length }).intersection(missing).ranges)
  }

  private static func measure(
    _ program: Program, _ ranges: [Range<Int>], _ executor: SharedExecutor
  ) throws -> (seconds: Double, points: Double) {
    let start = DispatchTime.now().uptimeNanoseconds
    try executor.run(program, over: ranges, deliver: { _ in })
    return (secondsSince(start), Double(ranges.reduce(0) { $0 + $1.count }))
  }

  private static func secondsSince(_ start: UInt64) -> Double {
    Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }
}

extension ScanPlan {
  /// Coordinates, as they are stored.
  fileprivate var coordinateBytes: Int {
    (Array(job.space.parameters.values) + Array(job.space.ratios.values)).reduce(0) { $0 + 8 * $1.values.count }
  }

  /// The tables of all programs, those that programs share once, and the rows of the largest slab.
  fileprivate var tableBytes: Int {
    var sizes: [UnsafeRawPointer: Int] = [:]
    for table in passes.flatMap(\.program.tables) {
      table.withUnsafeBytes { bytes in
        if let start = bytes.baseAddress { sizes[start] = bytes.count }
      }
    }
    return sizes.values.reduce(0, +) + (passes.map(\.program.sharedBytes).max() ?? 0)
  }
}
