import Foundation
import Scanning

extension ScanForecast {
  /// Disk and memory, printed before a scan starts.
  var text: String {
    let free = disk.free.map { "\(bytes($0)) free in \(disk.folder)" } ?? "free space of \(disk.folder) unknown"
    let needed = diskBytes == 0 ? "reserved already" : "\(bytes(diskBytes)) needed"
    return "disk: \(needed), \(free)\nmemory: up to \(bytes(memoryBytes))"
  }
}

extension ScanForecast {
  /// In the plan of a scan that keeps some of its points, the second stage at most.
  var textIfAllAreKept: String {
    "if all points are kept: \(bytes(diskBytes)) of disk, memory up to \(bytes(memoryBytes))"
  }
}

extension ScanCalibration {
  /// The time that the computation will take.
  var text: String { seconds < 1 ? "time: less than a second" : "time: about \(clock(seconds))" }
}
