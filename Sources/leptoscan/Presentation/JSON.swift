import Foundation

/// JSON text for machines: sorted keys, doubles in the shortest form that reads back to the same bits, NaN as null.
enum JSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// A number as JSON can hold it.
  static func number(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
