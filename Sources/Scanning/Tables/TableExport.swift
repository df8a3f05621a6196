import Foundation
import ScanStore

/// The variables of a file as a table: a row for every point of the axes that they span together, first the
/// coordinates, then the variables. Rows are made in blocks and never held as a whole.
public struct TableExport {
  public let columns: [String]
  public let rowCount: Int
  private let fields: [TableField]
  private let shape: [Int]

  /// Rows made at a time.
  private static let blockRows = 1 << 16

  /// - Parameter variables: their names; all that hold numbers if nil.
  /// - Throws: ``TableError``, ``ShardGiven``, `ScanStoreError` for a variable that is not there.
  public init(of file: ScanFile, variables names: [String]? = nil) throws {
    try file.checkIsNoShard()
    let isCoordinate = TableExport.coordinateTest(of: file)
    let chosen = try names?.map(file.variable) ?? file.variables.filter { !isCoordinate($0) && $0.isNumeric }
    guard !chosen.isEmpty else { throw TableError.nothing(file.path) }
    for variable in chosen where !variable.isNumeric { throw TableError.noNumbers(variable.name) }
    let dimensions = file.dimensions.filter { dimension in chosen.contains { $0.dimensions.contains(dimension.name) } }
    shape = dimensions.map(\.size)
    rowCount = shape.reduce(1, *)
    let spanned = Set(dimensions.map(\.name))
    let coordinates = file.variables.filter { variable in
      isCoordinate(variable) && spanned.isSuperset(of: variable.dimensions)
        && !chosen.contains { $0.name == variable.name }
    }
    fields = try (coordinates + chosen).map { try TableField($0, of: file, over: dimensions) }
    columns = (coordinates + chosen).map(\.name)
  }

  /// Hands over the table as CSV, the header line first, in pieces of text; numbers are compared with their checksums.
  /// - Parameter shouldStop: asked between pieces; throws ``ScanStopped`` then.
  public func csv(shouldStop: () -> Bool = { false }, _ receive: (String) throws -> Void) throws {
    try receive(columns.joined(separator: ",") + "\n")
    if rowCount == 0 { return }
    // A block never ends within a step of the first axis if that is short, and never crosses one if that is long: so fields
    // without that axis are read in one stretch of at most a block.
    let perStep = rowCount / max(1, shape.first ?? 1)
    let (stretch, length) =
      perStep > TableExport.blockRows
      ? (perStep, TableExport.blockRows) : (rowCount, TableExport.blockRows / perStep * perStep)
    for start in stride(from: 0, to: rowCount, by: stretch) {
      for rows in RangeSet(start..<start + stretch).chunks(of: length) {
        if shouldStop() { throw ScanStopped() }
        try receive(text(of: rows))
      }
    }
  }

  private func text(of rows: Range<Int>) throws -> String {
    let cells = try fields.map { try $0.cells(of: rows) }
    var text = ""
    for row in rows.indices {
      for (column, field) in cells.enumerated() {
        if column > 0 { text += "," }
        text += field[row - rows.lowerBound]
      }
      text += "\n"
    }
    return text
  }

  /// Coordinates: those of dimensions, and what variables name in their attribute `coordinates`.
  private static func coordinateTest(of file: ScanFile) -> (ScanFile.Variable) -> Bool {
    let named = Set(
      file.variables.flatMap { $0.attributes["coordinates"]?.text?.split(separator: " ").map(String.init) ?? [] })
    return { $0.dimensions == [$0.name] || named.contains($0.name) }
  }
}

extension ScanFile.Variable {
  fileprivate var isNumeric: Bool {
    if case .numbers = content { true } else { false }
  }
}

/// Why a file cannot be a table. Reads `PROBLEM (WHY) SUGGESTION`.
public enum TableError: Error, Sendable, Hashable, CustomStringConvertible {
  case nothing(String)
  case noNumbers(String)

  public var description: String {
    switch self {
    case .nothing(let path): "\(path) has no variables with numbers (a table needs one) choose another file"
    case .noNumbers(let name): "\(name) holds no numbers (a table has numbers) choose other --variables"
    }
  }
}
