import Foundation
import ScanStore
import Scanning

/// What constraints make of a scan, for a person or, encoded, for a machine.
struct ExclusionDescription: Encodable {
  var points: Int
  var allowed: Int
  /// By constraint, and `not_computed`; a point may count several times.
  var excluded: [String: Int]
  /// The same of hypothetical constraints and projections, which do not count; nil where there are none.
  var would_exclude: [String: Int]?
  /// Of every constraint that has some.
  var evidence: [String: String]
  private let bits: [ExclusionCounts.Bit]
  private let wouldBits: [ExclusionCounts.Bit]

  enum CodingKeys: String, CodingKey {
    case points, allowed, excluded, would_exclude, evidence
  }

  /// - Throws: `ShardGiven`, ``UsageError`` for another file without counts, errors of the file.
  init(of file: ScanFile) throws {
    try file.checkIsNoShard()
    if file.attributes[fileKindName]?.text == profileFileKind {
      throw UsageError(
        "\(file.path) is a profile (its excluded says yes or no) count the points of the scan", code: .badInput)
    }
    let would = try ExclusionCounts(of: file, variable: "would_exclude")
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
    wouldBits = would?.bits ?? []
    would_exclude = would.map { Dictionary($0.bits.map { ($0.name, $0.points) }, uniquingKeysWith: +) }
    let known = (bits + wouldBits).compactMap { bit in bit.evidence.map { (bit.name, $0) } }
    evidence = Dictionary(known, uniquingKeysWith: { first, _ in first })
  }

  var text: String {
    var table = TextTable(rightAligned: [1, 2])
    func share(_ count: Int) -> String { String(format: "%.1f %%", 100 * Double(count) / Double(max(points, 1))) }
    table.add("allowed", "\(allowed)", share(allowed))
    for bit in bits { table.add(bit.name, "\(bit.points)", share(bit.points), bit.evidence ?? "") }
    let counted = "points that constraints exclude, of \(points)\n\(table.text)"
    if wouldBits.isEmpty { return counted }
    var would = TextTable(rightAligned: [1, 2])
    for bit in wouldBits { would.add(bit.name, "\(bit.points)", share(bit.points), bit.evidence ?? "") }
    return "\(counted)\npoints that others would exclude, if what is assumed of them were so\n\(would.text)"
  }
}
