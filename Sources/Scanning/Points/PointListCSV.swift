import Foundation
import LeptonicPortal

extension PointList {
  /// Reads points from a CSV file with a header line; `#` starts a comment line, blank lines are skipped, a field may
  /// stand in double quotes. Lines end as on any system, and a byte order mark is passed over.
  ///
  /// - Throws: ``PointListError`` with line and column of the first thing that is wrong.
  public init(csv path: String) throws {
    try self.init(csv: PointList.bytes(of: path), file: path)
  }

  /// - Parameter file: the name that messages carry.
  init(csv bytes: Data, file: String) throws {
    var parser = PointListParser(file: file)
    try bytes.withUnsafeBytes { try parser.parse($0) }
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

  mutating func parse(_ bytes: UnsafeRawBufferPointer) throws {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw error(1, 1, "the file is in UTF-16 (UTF-8 is expected) save it as CSV in UTF-8")
    }
    var (line, start) = (0, bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)
    while start <= bytes.count {
      line += 1
      let row = CSVRow(lineOf: bytes, from: start)
      start = row.nextLine
      if row.isEmpty || row.isComment { continue }
      if header.isEmpty {
        try parseHeader(row, line: line)
      } else {
        try parsePoint(row, line: line)
      }
    }
    if header.isEmpty {
      throw error(max(line, 1), 1, "no header line (columns are found by name) begin with m_phi,h_mue,m_psi,g")
    }
    if count == 0 { throw error(line, 1, "no points (only a header line was found) add one line per point") }
  }

  private mutating func parseHeader(_ row: CSVRow, line: Int) throws {
    for field in row.fields {
      let known = PointList.requiredColumns + PointList.optionalColumns
      guard known.contains(field.text) else {
        if Double(field.text) != nil {
          throw error(line, field.column, "the first line is no header (it has numbers) begin with m_phi,h_mue,m_psi,g")
        }
        if let separator = CSVRow.separator(of: field.text, between: known) {
          throw error(
            line, field.column,
            "columns are separated by \(separator) (a comma is expected, and a point in decimals) "
              + "begin with m_phi,h_mue,m_psi,g")
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

  private mutating func parsePoint(_ row: CSVRow, line: Int) throws {
    var index = 0
    for field in row.fields {
      defer { index += 1 }
      guard index < header.count else { continue }
      guard let value = Double(field.text) else {
        throw error(
          line, field.column, "\(header[index]) is '\(field.text)' (not a number) write it like 0.317 or 3e-3")
      }
      if let problem = PointList.problem(with: value, named: header[index]) {
        throw error(line, field.column, problem)
      }
      values[index].append(value)
    }
    guard index == header.count else {
      throw error(line, 1, "\(index) values (the header names \(header.count) columns) give one value per column")
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

  private func error(_ line: Int, _ column: Int, _ message: String) -> PointListError {
    .badFile(file: file, line: line, column: column, message: message)
  }
}
