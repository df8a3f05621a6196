import Foundation
import ScanStore
import Scanning

/// What constraints make of a scan, for a person or, encoded, for a machine.
struct ExclusionDescription: Encodable {
  var points: Int
  var allowed: Int
  /// By constraint, and `not_computed`; a point may count several times.
  var excluded: [String: Int]
  private let bits: [ExclusionCounts.Bit]

  enum CodingKeys: String, CodingKey {
    case points, allowed, excluded
  }

  /// - Throws: `ShardGiven`, ``UsageError`` for another file without counts, errors of the file.
  init(of file: ScanFile) throws {
    try file.checkIsNoShard()
    if file.attributes[fileKindName]?.text == profileFileKind {
      throw UsageError(
        "\(file.path) is a profile (its excluded says yes or no) count the points of the scan", code: .badInput)
    }
    guard let counts = try ExclusionCounts(of: file) else {
      throw UsageError(
        "\(file.path) has no variable excluded (it comes with measurements or experiments in the run card) "
          + "leave out --counts", code: .badInput)
    }
    points = counts.points
    allowed = counts.allowed
    bits = counts.bits
    // Names are unique in the files of this version.
    excluded = Dictionary(bits.map { ($0.name, $0.points) }, uniquingKeysWith: +)
  }

  var text: String {
    var table = TextTable(rightAligned: [1, 2])
    func share(_ count: Int) -> String { String(format: "%.1f %%", 100 * Double(count) / Double(max(points, 1))) }
    table.add("allowed", "\(allowed)", share(allowed))
    for bit in bits { table.add(bit.name, "\(bit.points)", share(bit.points)) }
    return "points that constraints exclude, of \(points)\n\(table.text)"
  }
}
