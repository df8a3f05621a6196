import ComputeDevices
import Foundation
import LeptonicPortal
import Scanning

/// How fast a whole scan runs on one device: all default observables of a four-dimensional grid.
public struct ScanResult: Sendable, Hashable, Codable {
  public var points: Int
  public var bytes: Int
  /// Grid points per second, values handed over in the host's memory and dropped.
  public var computeRate: RateMeasurement
  /// As ``computeRate``, with every observable computed at every point of the grid, also those that vary along fewer axes.
  public var unsharedRate: RateMeasurement
  /// Grid points per second until the HDF5 file is complete, synchronised with the disk and under its name.
  public var fileRate: RateMeasurement
  /// Bytes per second into the file, in the same runs as ``fileRate``.
  public var fileBytesPerSecond: Double

  enum CodingKeys: String, CodingKey {
    case points, bytes
    case computeRate = "computed_points_per_s"
    case unsharedRate = "computed_points_per_s_without_sharing"
    case fileRate = "written_points_per_s"
    case fileBytesPerSecond = "written_bytes_per_s"
  }
}

struct ScanBenchmark {
  let device: any Device
  let mostPoints: Int
  let repeats: Int
  let directory: String

  func measure() throws -> ScanResult {
    let plan = try ScanPlan(job: job, device: device)
    let points = Double(plan.pointCount)
    let execution = ScanExecution(plan: plan, devices: [device])
    let computed = try rate(of: points, repeats: repeats) { try seconds { try execution.run(into: DroppingSink()) } }
    let unsharedExecution = ScanExecution(
      plan: try ScanPlan(job: job, device: device, sharing: false), devices: [device])
    let unshared = try rate(of: points, repeats: repeats) {
      try seconds { try unsharedExecution.run(into: DroppingSink()) }
    }
    let written = try rate(of: points, repeats: repeats) { try writingSeconds(execution) }
    return ScanResult(
      points: plan.pointCount, bytes: plan.byteCount, computeRate: computed, unsharedRate: unshared, fileRate: written,
      fileBytesPerSecond: written.median / points * Double(plan.byteCount))
  }

  private func writingSeconds(_ execution: ScanExecution) throws -> Double {
    let path = "\(directory)/leptoscan-bench-\(UUID().uuidString).h5"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let provenance = Provenance(source: "leptoscan bench", device: device.identity)
    return try seconds {
      let writer = try ScanOutput(plan: execution.plan, provenance: provenance).create(path, overwrite: false)
      try execution.run(into: FileSink(writer))
      try writer.publish()
    }
  }

  /// Equal numbers of m_phi, h_mue, m_psi and g.
  private var job: ScanJob {
    let side = max(2, Int(pow(Double(mostPoints), 0.25)))
    let model = Model(darkMatter: .fermion)
    let axes: [(Quantity, ClosedRange<Double>)] = [
      (Parameters.mPhi, 0.11...10), (Parameters.hMue, 1e-5...1e-2), (Parameters.mPsi, 0.001...1),
      (Parameters.g(model.darkMatter), 0.01...1),
    ]
    var parameters: [Quantity: Field] = [:]
    for (k, (quantity, range)) in axes.enumerated() {
      let step = log(range.upperBound / range.lowerBound) / Double(side - 1)
      let values = (0..<side).map { range.lowerBound * exp(step * Double($0)) }
      parameters[quantity] = Field(dimensions: [k], values: values)
    }
    parameters[Parameters.mPsi2] = parameters[Parameters.mPsi]
    let space = ParameterSpace(
      dimensions: axes.map { .init(name: $0.0.name, size: side) }, parameters: parameters)
    return ScanJob(model: model, space: space, observables: model.observables)
  }
}

/// Takes values and forgets them.
private struct DroppingSink: ScanSink {
  func store(_ points: Range<Int>, ofPass pass: Int, columns: [UnsafeRawBufferPointer]) throws {}
  func retract(_ points: RangeSet<Int>, ofPass pass: Int) throws {}
}
