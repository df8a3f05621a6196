import ScanStore

/// How many points of a scan its constraints exclude: the bits of the variable `excluded`, or `would_exclude`, counted.
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
    /// As the file has it; nil for `not_computed`, perturbativity, and in files from before there was evidence.
    public let evidence: String?
  }

  /// Elements in memory at a time, a whole number of blocks under one checksum.
  private static let pieceLength = 1 << 20

  /// Reads the whole variable, in pieces, and compares it with its checksums. Nil for a file without it.
  /// - Throws: `ScanStoreError` of kind `damaged`; errors of the file.
  public init?(of file: ScanFile, variable name: String = "excluded") throws {
    guard let variable = file.variables.first(where: { $0.name == name }),
      let masks = variable.attributes["flag_masks"]?.values(as: UInt32.self),
      let names = variable.attributes["flag_meanings"]?.text?.split(separator: " "), names.count == masks.count
    else { return nil }
    var counts = [Int](repeating: 0, count: masks.count)
    let reader = try CheckedReader(file, variable: variable.name)
    for start in stride(from: 0, to: variable.elementCount, by: ExclusionCounts.pieceLength) {
      let elements = start..<min(start + ExclusionCounts.pieceLength, variable.elementCount)
      for value in try reader.intactValues(elements, as: UInt32.self) {
        if value == 0 { allowed += 1 }
        for bit in masks.indices where value & masks[bit] != 0 { counts[bit] += 1 }
      }
    }
    points = variable.elementCount
    let evidence = variable.attributes["flag_evidence"]?.text?.split(separator: " ").map(String.init) ?? []
    bits = names.indices.map { bit in
      let word = bit < evidence.count && evidence[bit] != "none" ? evidence[bit] : nil
      return Bit(name: String(names[bit]), points: counts[bit], evidence: word)
    }
  }
}
