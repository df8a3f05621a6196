import Foundation
import Testing

/// A table of `ReferenceData/`: comments (#), a header line, comma-separated numbers (decimal or hexadecimal).
struct ReferenceTable {
  let columns: [String: [Double]]
  let rowCount: Int

  init(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: "ReferenceData/\(name)", withExtension: "csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    let header = try #require(lines.first).split(separator: ",").map(String.init)
    var columns = Dictionary(uniqueKeysWithValues: header.map { ($0, [Double]()) })
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",")
      try #require(fields.count == header.count, "\(name).csv: \(line)")
      for (name, field) in zip(header, fields) { columns[name]?.append(try #require(Double(field), "\(line)")) }
    }
    self.columns = columns
    rowCount = lines.count - 1
  }

  subscript(_ column: String) -> [Double] {
    get throws { try #require(columns[column], "no column \(column)") }
  }
}
