import Foundation
import Testing

/// The rows of a table in ReferenceData, as fields by column.
func referenceRows(_ name: String) throws -> [[String: String]] {
  let url = try #require(Bundle.module.url(forResource: "ReferenceData/\(name)", withExtension: "csv"))
  let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
  let columns = try #require(lines.first).split(separator: ",").map(String.init)
  return lines.dropFirst().map { line in
    Dictionary(uniqueKeysWithValues: zip(columns, line.split(separator: ",").map(String.init)))
  }
}

extension [String: String] {
  func number(_ column: String) throws -> Double { try #require(self[column].flatMap { Double($0) }) }
}
