import Cards
import Foundation
import LeptonicPortal

extension PointList {
  /// Reads points from a CSV file with a header line; `#` starts a comment line, blank lines are skipped, a field may
  /// stand in double quotes. Lines end as on any system, and a byte order mark is passed over. The header may be a comment,
  /// as numpy.savetxt writes it, and may have units: `m_phi [MeV]`. Columns that are no parameters are kept as they are.
  ///
  /// - Parameters:
  ///   - darkMatter: decides whether g has a unit.
  ///   - keepsOthers: whether the fields of other columns are kept.
  /// - Throws: ``PointListError`` with line and column of the first thing that is wrong.
  public init(csv path: String, darkMatter: DarkMatter = .fermion, keepsOthers: Bool = false) throws {
    try self.init(csv: PointList.bytes(of: path), file: path, darkMatter, keepsOthers: keepsOthers)
  }

  /// - Parameter file: the name that messages carry.
  init(csv bytes: Data, file: String, _ darkMatter: DarkMatter, keepsOthers: Bool) throws {
    var parser = PointListParser(file: file, darkMatter: darkMatter, keepsOthers: keepsOthers)
    try bytes.withUnsafeBytes { try parser.parse($0) }
    self.init(columns: parser.columns, count: parser.count)
    others = parser.others
  }
}

/// Line by line: the header says which column is which, every further line is a point.
private struct PointListParser {
  let file: String
  let darkMatter: DarkMatter
  let keepsOthers: Bool
  private var header: [PointListHeader.Column] = []
  /// Of the columns that are parameters.
  private var values: [[Double]] = []
  /// Of the columns that are none.
  private var texts: [[String]] = []
  private(set) var count = 0

  init(file: String, darkMatter: DarkMatter, keepsOthers: Bool) {
    (self.file, self.darkMatter, self.keepsOthers) = (file, darkMatter, keepsOthers)
  }

  var columns: [String: [Double]] {
    let parameters = zip(header, values).filter(\.0.isParameter)
    return Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $1) })
  }

  var others: [PointList.OtherColumn] {
    zip(header, texts).filter { !$0.0.isParameter }.map { PointList.OtherColumn(name: $0.name, fields: $1) }
  }

  mutating func parse(_ bytes: UnsafeRawBufferPointer) throws {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw error(1, 1, "the file is in UTF-16 (UTF-8 is expected) save it as CSV in UTF-8")
    }
    var (line, start) = (0, bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)
    while start <= bytes.count {
      line += 1
      let row = CSVRow(lineOf: bytes, from: start)
      start = row.nextLine
      if row.isEmpty { continue }
      if row.isComment {
        if header.isEmpty { try parseCommentedHeader(row.comment, line: line) }
      } else if header.isEmpty {
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
    do {
      header = try PointListHeader(row, darkMatter).columns
    } catch {
      throw self.error(line, error.place, error.message)
    }
    values = header.map { _ in [] }
    texts = header.map { _ in [] }
  }

  /// A comment that names all parameters is the header; other comments are none.
  private mutating func parseCommentedHeader(_ row: CSVRow, line: Int) throws {
    if PointListHeader.isHeader(row) { return try parseHeader(row, line: line) }
    let names = row.text.split { " \t;".contains($0) }.map(String.init)
    if Set(names).isSuperset(of: PointList.requiredColumns) { try parseHeader(row, line: line) }
  }

  private mutating func parsePoint(_ row: CSVRow, line: Int) throws {
    var index = 0
    for field in row.fields {
      defer { index += 1 }
      guard index < header.count else { continue }
      if header[index].isParameter {
        values[index].append(try value(field, header[index], line: line))
      } else if keepsOthers {
        texts[index].append(field.rawText)
      }
    }
    guard index == header.count else {
      throw error(line, 1, "\(index) values (the header names \(header.count) columns) give one value per column")
    }
    count += 1
    try checkOrder(line: line)
  }

  private func value(_ field: CSVRow, _ column: PointListHeader.Column, line: Int) throws -> Double {
    let text = field.text
    guard let value = column.unit.number(text) else {
      let why =
        (try? CardNumber(text)).flatMap(\.unit) == nil
        ? "not a number" : "units stand in the header: \(column.name) [MeV]"
      throw error(line, field.column, "\(column.name) is '\(printable(text))' (\(why)) write it like 0.317 or 3e-3")
    }
    if let problem = PointList.problem(with: value, named: column.name) { throw error(line, field.column, problem) }
    return value
  }

  /// The optional second dark particle is the heavier one.
  private func checkOrder(line: Int) throws {
    guard let first = header.firstIndex(where: { $0.name == "m_psi" && $0.isParameter }),
      let second = header.firstIndex(where: { $0.name == "m_psi2" && $0.isParameter }),
      let mPsi = values[first].last, let mPsi2 = values[second].last, mPsi2 < mPsi
    else { return }
    throw error(line, 1, PointList.orderProblem(mPsi2, mPsi))
  }

  private func error(_ line: Int, _ column: Int, _ message: String) -> PointListError {
    .badFile(file: file, line: line, column: column, message: message)
  }
}
