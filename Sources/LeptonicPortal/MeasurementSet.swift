/// A dated, named and immutable list of measurements. A run card names the set, so that a scan means the same for ever:
/// new results make a new set, and an old one is never changed.
public struct MeasurementSet: Sendable, Hashable {
  public let name: String
  /// ISO 8601, year and month of the newest result in it.
  public let date: String
  public let title: String
  public let measurements: [Measurement]
  /// The named sets that a combined one consists of; empty for a named set.
  public var parts: [String] = []
  /// The measurements of a combined set that no named one has.
  public var own: [Measurement] = []

  /// Named sets, and measurements of one's own.
  public static func combining(_ sets: [MeasurementSet], own: [Measurement]) -> MeasurementSet {
    if own.isEmpty, sets.count == 1 { return sets[0] }
    return MeasurementSet(
      name: (sets.map(\.name) + own.map(\.name)).joined(separator: ", "), date: sets.last?.date ?? "",
      title: "measurements of a card", measurements: sets.flatMap(\.measurements) + own, parts: sets.map(\.name),
      own: own)
  }

  /// Every set, oldest first.
  public static let all: [MeasurementSet] = [gk2022, year2025, year2026, year2026Cesium]
  /// The one that `limits` compares with unless told otherwise.
  public static let latest = year2025

  /// The set of that name; nil if there is none.
  public static func named(_ name: String) -> MeasurementSet? { all.first { $0.name == name } }

  /// The measurement of that name; nil if the set has none.
  public subscript(_ name: String) -> Measurement? { measurements.first { $0.name == name } }

  /// The keys of everything it cites, each once, in order.
  public var citations: [String] {
    var seen = Set<String>()
    return measurements.flatMap(\.citations).filter { seen.insert($0).inserted }
  }
}
