import ArgumentParser
import ComputeDevices
import HostResources
import LeptonicPortal
import PortalKernels

struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "List the devices that can compute, and how fast they are.",
    discussion: """
      The rate is measured now: one million evaluations of both anomalous moments, the copy of the results included. \
      What a device is called in --device stands first. For why a device is missing see `leptoscan doctor`.
      """)

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let catalog = DriverCrash.reported { DeviceCatalog() }
    let native = Row(
      selector: "native", name: catalog.native.identity.name, driver: catalog.native.identity.driver, fp64: true,
      memoryBytes: nil, computeUnits: catalog.native.threads
    ).measured { try rate(of: catalog.native) }
    let rows = [native] + catalog.openCL.map { device in Row(device).measured { try rate(of: OpenCLDevice(device)) } }
    if json { return try printOutput(JSON.text(rows)) }
    try printOutput(table(rows))
    for row in rows { if let failure = row.failure { try printOutput("  \(row.selector): \(failure)") } }
    for failure in catalog.openCLFailures { try printOutput("  \(failure)") }
  }

  /// What is listed of a device.
  struct Row: Encodable {
    var selector: String
    var name: String
    var driver: String
    var fp64: Bool
    var memoryBytes: Int?
    var computeUnits: Int
    var pointsPerSecond: Double?
    /// Why there is no rate.
    var failure: String?

    enum CodingKeys: String, CodingKey {
      case selector, name, driver, fp64, failure
      case memoryBytes = "memory_bytes"
      case computeUnits = "compute_units"
      case pointsPerSecond = "points_per_second"
    }
  }

  private func table(_ rows: [Row]) -> String {
    var table = TextTable(rightAligned: [4, 5, 6])
    table.add("device", "name", "driver", "FP64", "units", "memory", "points/s")
    for row in rows {
      table.add(
        row.selector, row.name, row.driver, row.fp64 ? "yes" : "no", "\(row.computeUnits)",
        row.memoryBytes.map(bytes) ?? "", row.pointsPerSecond.map(scaled) ?? "failed")
    }
    return table.text
  }

  /// Both anomalous moments at a million masses, the best of three.
  private func rate(of device: any Device) throws -> Double {
    let count = 1 << 20
    let masses = (0..<count).map { 0.106 + 10 * Double($0) / Double(count) }
    let program = Program(
      shape: [count], tables: [masses],
      steps: [
        .init(
          kernel: Kernel(portal_kernel_anomalous_moments), inputs: [.table(0, strides: [1])], outputs: [0, 1])
      ],
      streamCount: 2, results: [.init(stream: 0, type: .float64), .init(stream: 1, type: .float64)])
    let prepared = try device.prepare(program)
    let buffers = try program.results.map { _ in try HostBuffer(byteCount: count * MemoryLayout<Double>.size) }
    let seconds = try (0..<4).map { _ in
      let start = ContinuousClock.now
      try prepared.evaluate(0..<count, into: buffers.map(\.start))
      return (ContinuousClock.now - start).seconds
    }
    return Double(count) / (seconds.dropFirst().min() ?? .infinity)
  }
}

extension DevicesCommand.Row {
  init(_ device: OpenCLDeviceDescription) {
    self.init(
      selector: device.selector, name: device.name, driver: "\(device.version), driver \(device.driver)",
      fp64: device.hasFP64, memoryBytes: device.memory, computeUnits: device.computeUnits)
  }

  /// With the rate that a measurement gives, or why it failed.
  fileprivate func measured(_ rate: () throws -> Double) -> Self {
    var row = self
    do { row.pointsPerSecond = try rate() } catch { row.failure = "\(error)" }
    return row
  }
}
