import Foundation
import ScanStore

/// A file with every shape that scans store, and the numbers in it. `Readers/check_readers.py` knows the same numbers.
enum Example {
  static let card = "scan:\n  m_phi: {from: 0.106, to: 5.0, points: 3}  # µ ± ψ\n"

  static let dimensions: [FileSchema.Dimension] = [
    .init("m_phi", size: 3), .init("h_mue", size: 4), .init("m_psi_over_m_phi", size: 2), .init("g", size: 2),
    .init("sample", size: 5), .init("constraint", size: 3),
  ]

  static let labels = ["relic density", "", "µ → e φ"]

  static let coordinates: [FileSchema.Variable] = [
    axis("m_phi", [0.106, 1, 5], ["units": "GeV", "long_name": "mass of the scalar"]),
    axis("h_mue", [1e-4, 1e-3, 1e-2, 1e-1], ["units": "1"]),
    axis("m_psi_over_m_phi", [0.25, 0.5], ["units": "1"]),
    axis("g", [0.1, 1], ["units": "1"]),
    .init("constraint", dimensions: ["constraint"], content: .texts(labels), attributes: ["long_name": "label"]),
  ]

  static let columns: [FileSchema.Variable] = [
    .init(
      "delta_a_mu", dimensions: ["m_phi", "h_mue"], content: .reserved(.float64),
      attributes: ["units": "1", "references": "arXiv:2109.10905"]),
    .init(
      "m_psi", dimensions: ["m_phi", "m_psi_over_m_phi"], content: .reserved(.float64), attributes: ["units": "GeV"]),
    .init(
      "width_invisible", dimensions: ["m_phi", "m_psi_over_m_phi", "g"], content: .reserved(.float32),
      attributes: ["units": "GeV", "coordinates": "m_psi"]),
    .init(
      "relic_density", dimensions: ["m_phi", "h_mue", "m_psi_over_m_phi", "g"], content: .reserved(.float64),
      attributes: ["units": "1", "coordinates": "m_psi"]),
    .init(
      "status", dimensions: ["m_phi", "h_mue", "m_psi_over_m_phi", "g"], content: .reserved(.uint8),
      attributes: [
        "flag_values": .numbers([0, 1, 2] as [UInt8]), "flag_meanings": "ok below_threshold not_converged",
        "coordinates": "m_psi",
      ]),
    .init("count", dimensions: ["sample"], content: .reserved(.int64)),
    .init("limit", dimensions: ["constraint"], content: .reserved(.float64)),
    .init("source", dimensions: ["constraint"], content: .texts(["a", "b", "c"])),
    .init("seed", content: .values(StoredArray([UInt64.max]))),
    .init("resolved_card", content: .text(card), attributes: ["long_name": "run card with all defaults"]),
  ]

  static let schema = FileSchema(
    dimensions: dimensions, variables: coordinates + columns,
    attributes: [
      "title": "example", "schema_version": 1, "alpha": 0.0072973525693,
      "axis_sizes": .numbers([3, 4, 2, 2] as [Int64]),
      "empty": "", "author": "Müller",
    ], hasChecksums: true)

  /// Element k of every reserved variable is k + 0.5, or k where it is an integer.
  static func fill(_ writer: ScanFileWriter) throws {
    for (name, extent) in writer.extents where columns.contains(where: { $0.name == name }) && name != "seed" {
      let elements = 0..<extent.elementCount
      switch extent.type {
      case .float64: try store(name, in: writer, elements.map { Double($0) + 0.5 })
      case .float32: try store(name, in: writer, elements.map { Float($0) + 0.5 })
      case .uint8: try store(name, in: writer, elements.map { UInt8($0) })
      case .int64: try store(name, in: writer, elements.map { Int64($0) })
      default: continue
      }
    }
  }

  private static func store<Element: StoredElement>(
    _ name: String, in writer: ScanFileWriter, _ values: [Element]
  ) throws {
    try writer.write(variable: name, values: values)
    var checksums = ChecksumGathering(elements: values.count, type: Element.storedType)
    values.withUnsafeBytes { checksums.add($0, from: 0) }
    try writer.writeChecksums(checksums.sums, of: name)
  }

  @discardableResult
  static func write(to path: String, overwrite: Bool = false) throws -> ScanFileWriter {
    let writer = try ScanFileWriter.create(path, schema: schema, overwrite: overwrite)
    try fill(writer)
    try writer.publish()
    return writer
  }

  private static func axis(_ name: String, _ values: [Double], _ attributes: Attributes) -> FileSchema.Variable {
    .init(name, dimensions: [name], content: .values(StoredArray(values)), attributes: attributes)
  }
}

/// A directory for one test, removed with its last reference.
final class TemporaryDirectory {
  let url = FileManager.default.temporaryDirectory.appending(path: "ScanStoreTests-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }
}
