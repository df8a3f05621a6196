import ComputeDevices
import Foundation
import HostResources
import LeptonicPortal
import ScanStore

/// What a scan will take, known before it starts.
public struct ScanForecast: Sendable {
  /// Bytes of the file that are still to be taken from the disk, those of an unfinished file aside; 0 where it has
  /// them all.
  public let diskBytes: Int
  public let disk: DiskSpace
  /// The most memory of the host that the scan will use.
  public let memoryBytes: Int

  /// The program, its libraries and their caches; drivers of devices come with what they take by then, as tables do.
  private static func baseBytes(tables: Int) -> Int { max((64 << 20) + tables, (residentBytes ?? 0) + (16 << 20)) }

  /// What the process takes now; nil where the system does not tell in Linux's way.
  private static var residentBytes: Int? {
    let statistics = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii)
    let pages = statistics.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
    return pages.map { $0 * Int(sysconf(CInt(_SC_PAGESIZE))) }
  }

  /// Throws `ResourceError` where a limit on this process (`ulimit -v`) leaves less memory than the scan will use.
  public func checkMemory() throws {
    try AddressSpace.check(max(0, memoryBytes - (ScanForecast.residentBytes ?? 0)))
  }

  /// Metadata of a file, generously.
  private static let metadataBytes = 1 << 18

  /// - Parameter reusesPart: whether the unfinished file of that name, if there is one, is gone on with or makes room.
  public init(_ scan: ScanOutput, on execution: ScanExecution, path: String, reusesPart: Bool = false) {
    let plan = scan.plan
    let stored = ScanWork(of: scan).byteCount(of: plan)
    let needed =
      stored + stored / (BlockChecksums.blockBytes / 8) + plan.coordinateBytes + ScanForecast.metadataBytes
    let taken = reusesPart ? DiskSpace.taken(by: ScanFileWriter.partialPath(of: path)) : 0
    // An unfinished file that has its whole size lacks no more than what is generous here.
    diskBytes = taken > 0 && needed - taken <= ScanForecast.metadataBytes ? 0 : needed - taken
    disk = DiskSpace(for: path)
    let evaluation = plan.passes.map { ScanForecast.evaluationBytes($0, execution.executor) }.max() ?? 0
    memoryBytes =
      ScanForecast.baseBytes(tables: plan.tableBytes) + plan.sharedBytes + 2 * plan.coordinateBytes + evaluation
  }

  /// Buffers for results, and what devices take of this machine's memory.
  private static func evaluationBytes(_ pass: ScanPass, _ executor: SharedExecutor) -> Int {
    let chunk = min(executor.mostChunkBytes, pass.program.count * pass.bytesPerPoint)
    let workers = executor.workersPerDevice
    return executor.devices.reduce(0) { $0 + workers * chunk + pass.program.hostBytes(on: $1, workers: workers) }
  }

  /// The second stage of a scan that keeps some of its points, if it keeps all: the most that it may take.
  ///
  /// - Parameters:
  ///   - scan: the same without keeping, of which the numbers of the points are no part.
  ///   - list: the points where the card names a file of them, those of which are copied that are kept.
  public init(keepingAllOf scan: ScanOutput, list: PointList?, on execution: ScanExecution, path: String) {
    let forecast = ScanForecast(scan, on: execution, path: path)
    let points = scan.points.map(\.count).max() ?? 0
    disk = forecast.disk
    diskBytes = forecast.diskBytes + points * MemoryLayout<Double>.size
    // Numbers, twice while their array grows.
    memoryBytes = forecast.memoryBytes + points * 2 * MemoryLayout<Double>.size + (list?.byteCount ?? 0)
  }
}

extension ScanPlan {
  /// Coordinates, as they are stored; those that are computed point by point are counted with the points.
  fileprivate var coordinateBytes: Int {
    let given = job.space.parameters.filter { !job.observables.contains($0.key) }
    return (Array(given.values) + Array(job.space.ratios.values)).reduce(0) { $0 + 8 * $1.values.count }
  }

  /// The rows of the largest slab.
  fileprivate var sharedBytes: Int { passes.map(\.program.sharedBytes).max() ?? 0 }

  /// The tables of all programs, those that programs share once.
  fileprivate var tableBytes: Int {
    var sizes: [UnsafeRawPointer: Int] = [:]
    for table in passes.flatMap(\.program.tables) {
      table.withUnsafeBytes { bytes in
        if let start = bytes.baseAddress { sizes[start] = bytes.count }
      }
    }
    return sizes.values.reduce(0, +)
  }
}
