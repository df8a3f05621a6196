import ComputeDevices
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
