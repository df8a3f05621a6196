import Foundation
import Testing

/// A table of `ReferenceData/`: comments (#), a header line, comma-separated fields.
struct ReferenceTable {
  struct Row {
    let fields: [String: Substring]

    subscript(_ column: String) -> Double {
      get throws { try #require(Double(try text(column)), "\(fields)") }
    }

    func text(_ column: String) throws -> Substring { try #require(fields[column], "no column \(column)") }
  }

  let rows: [Row]

  init(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: "ReferenceData/\(name)", withExtension: "csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    let header = try #require(lines.first).split(separator: ",").map(String.init)
    rows = try lines.dropFirst().map { line in
      let fields = line.split(separator: ",")
      try #require(fields.count == header.count, "\(name).csv: \(line)")
      return Row(fields: Dictionary(uniqueKeysWithValues: zip(header, fields)))
    }
  }
}

/// |value / expected - 1|; 0 where both are 0.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  value == expected ? 0 : abs(value - expected) / abs(expected)
}
