import Foundation
import LeptonicPortal

extension PointList {
  /// Reads points from a CSV file with a header line; `#` starts a comment line, blank lines are skipped.
  ///
  /// - Throws: ``PointListError`` with line and column of the first thing that is wrong.
  public init(csv path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw PointListError.unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    var parser = PointListParser(file: path)
    try parser.parse(bytes)
    self.init(columns: parser.columns, count: parser.count)
  }
}

/// Line by line: the header says which column is which, every further line is a point.
private struct PointListParser {
  let file: String
  private var header: [String] = []
  private var values: [[Double]] = []
  private(set) var count = 0

  init(file: String) { self.file = file }

  var columns: [String: [Double]] { Dictionary(uniqueKeysWithValues: zip(header, values)) }

  mutating func parse(_ bytes: Data) throws {
    var line = 0
    for row in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      let text = String(decoding: row, as: UTF8.self)
      let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      if header.isEmpty {
        try parseHeader(text, line: line)
      } else {
        try parsePoint(text, line: line)
      }
    }
    if header.isEmpty {
      throw error(max(line, 1), 1, "no header line (columns are found by name) begin with m_phi,h_mue,m_psi,g")
    }
    if count == 0 { throw error(line, 1, "no points (only a header line was found) add one line per point") }
  }

  private mutating func parseHeader(_ text: String, line: Int) throws {
    for field in fields(of: text) {
      let known = PointList.requiredColumns + PointList.optionalColumns
      guard known.contains(field.text) else {
        if Double(field.text) != nil {
          throw error(line, field.column, "the first line is no header (it has numbers) begin with m_phi,h_mue,m_psi,g")
        }
        let names = known.joined(separator: ", ")
        throw error(line, field.column, "unknown column '\(field.text)' (the columns are \(names)) rename or remove it")
      }
      guard !header.contains(field.text) else {
        throw error(line, field.column, "column \(field.text) stands twice (which one counts is unclear) remove one")
      }
      header.append(field.text)
    }
    for required in PointList.requiredColumns where !header.contains(required) {
      throw error(
        line, 1, "no column \(required) (every point needs \(PointList.requiredColumns.joined(separator: ", "))) add it"
      )
    }
    values = header.map { _ in [] }
  }

  private mutating func parsePoint(_ text: String, line: Int) throws {
    let fields = fields(of: text)
    guard fields.count == header.count else {
      throw error(
        line, 1, "\(fields.count) values (the header names \(header.count) columns) give one value per column")
    }
    for (index, field) in fields.enumerated() {
      guard let value = Double(field.text) else {
        throw error(
          line, field.column, "\(header[index]) is '\(field.text)' (not a number) write it like 0.317 or 3e-3")
      }
      if let problem = PointList.problem(with: value, named: header[index]) {
        throw error(line, field.column, problem)
      }
      values[index].append(value)
    }
    count += 1
    try checkOrder(line: line)
  }

  /// The optional second dark particle is the heavier one.
  private func checkOrder(line: Int) throws {
    guard let first = header.firstIndex(of: "m_psi"), let second = header.firstIndex(of: "m_psi2"),
      let mPsi = values[first].last, let mPsi2 = values[second].last, mPsi2 < mPsi
    else { return }
    throw error(line, 1, PointList.orderProblem(mPsi2, mPsi))
  }

  private func fields(of text: String) -> [(text: String, column: Int)] {
    var column = 1
    return text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let leading = part.prefix { $0 == " " || $0 == "\t" }.count
      defer { column += part.count + 1 }
      return (part.trimmingCharacters(in: .whitespacesAndNewlines), column + leading)
    }
  }

  private func error(_ line: Int, _ column: Int, _ message: String) -> PointListError {
    .badFile(file: file, line: line, column: column, message: message)
  }
}
