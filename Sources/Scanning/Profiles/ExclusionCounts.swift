import ScanStore

/// How many points of a scan its constraints exclude: the bits of the variable `excluded`, counted.
public struct ExclusionCounts: Sendable, Equatable {
  /// All points of the variable.
  public private(set) var points = 0
  /// Those where no bit is set.
  public private(set) var allowed = 0
  /// In the order of the bits; a point may have several.
  public private(set) var bits: [Bit] = []

  /// A constraint, or `not_computed`.
  public struct Bit: Sendable, Equatable {
    public let name: String
    public let points: Int
  }

  /// Elements in memory at a time.
  private static let pieceLength = 1 << 20

  /// Reads the whole variable, in pieces. Nil for a file without it.
  public init?(of file: ScanFile) throws {
    guard let variable = file.variables.first(where: { $0.name == "excluded" }),
      let masks = variable.attributes["flag_masks"]?.values(as: UInt32.self),
      let names = variable.attributes["flag_meanings"]?.text?.split(separator: " "), names.count == masks.count
    else { return nil }
    var counts = [Int](repeating: 0, count: masks.count)
    for start in stride(from: 0, to: variable.elementCount, by: ExclusionCounts.pieceLength) {
      let elements = start..<min(start + ExclusionCounts.pieceLength, variable.elementCount)
      for value in try file.readValues(variable.name, as: UInt32.self, elements: elements) {
        if value == 0 { allowed += 1 }
        for bit in masks.indices where value & masks[bit] != 0 { counts[bit] += 1 }
      }
    }
    points = variable.elementCount
    bits = zip(names, counts).map { Bit(name: String($0), points: $1) }
  }
}
