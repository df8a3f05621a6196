import Foundation

/// JSON text for machines: sorted keys, doubles in the shortest form that reads back to the same bits. JSON has finite numbers
/// only: what is not known (NaN) is null, and an infinite value the text "Infinity" or "-Infinity", as in Protocol Buffers' JSON,
/// which Python's float() reads.
enum JSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Where a number is not wrapped in JSONNumber it still must not keep the rest from being written.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: JSONNumber.infinity, negativeInfinity: "-\(JSONNumber.infinity)", nan: "NaN")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

/// Any number as JSON can hold it.
struct JSONNumber: Encodable {
  let value: Double

  static let infinity = "Infinity"

  init(_ value: Double) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isNaN {
      try container.encodeNil()
    } else if value.isInfinite {
      try container.encode(value < 0 ? "-\(JSONNumber.infinity)" : JSONNumber.infinity)
    } else {
      try container.encode(value)
    }
  }
}

/// What a point has: a number, or of a mask the names of its bits.
enum JSONValue: Encodable {
  case number(JSONNumber)
  case names([String])

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .number(let number): try number.encode(to: encoder)
    case .names(let names): try names.encode(to: encoder)
    }
  }
}
