import ComputeDevices
import Foundation
import ScanStore

/// A file of one kernel's outputs, float64 along one dimension, written as a scan is: computed in chunks that are stored
/// while the next ones are computed.
struct KernelFile {
  let device: any Device
  let program: Program
  let directory: String

  /// Seconds until the file is complete, synchronised with the disk and under its name. It is removed afterwards.
  func secondsToWrite() throws -> Double {
    let path = "\(directory)/leptoscan-bench-\(UUID().uuidString).h5"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try seconds {
      let points = 0..<program.count
      let section = JournaledWriter.Section(variables: names, points: points)
      let writer = try JournaledWriter.create(path, identity: "leptoscan bench", schema: schema, sections: [section])
      var executor = SharedExecutor(devices: [device])
      executor.pointsRecheckedPerChunk = 0
      try executor.run(program, over: [points]) {
        try writer.store(section: 0, points: $0.range, columns: $0.results)
      }
      try writer.publish()
    }
  }

  private var names: [String] { program.results.indices.map { "output_\($0)" } }

  private var schema: FileSchema {
    FileSchema(
      dimensions: [.init("point", size: program.count)],
      variables: names.map { .init($0, dimensions: ["point"], content: .reserved(.float64)) }, hasChecksums: true)
  }
}
