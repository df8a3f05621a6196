import Foundation
import Testing

/// The rows of a table of `ReferenceData/`: comments (#), a header line, comma-separated fields.
func referenceRows(_ name: String) throws -> [[String]] {
  let url = try #require(Bundle.module.url(forResource: "ReferenceData/\(name)", withExtension: "csv"))
  let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
  return lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
}
