import ScanStore

/// A column of a table: a variable, repeated along the axes that it does not have.
struct TableField {
  private let variable: ScanFile.Variable
  /// For numbers.
  private let reader: CheckedReader?
  /// Sizes of the table's axes, and the variable's elements per step along each: 0 where it does not vary.
  private let shape: [Int]
  private let strides: [Int]
  /// The texts of a variable of texts.
  private let texts: [String]

  init(_ variable: ScanFile.Variable, of file: ScanFile, over dimensions: [ScanFile.Dimension]) throws {
    self.variable = variable
    shape = dimensions.map(\.size)
    strides = dimensions.map { dimension in
      variable.dimensions.firstIndex(of: dimension.name).map { variable.shape[($0 + 1)...].reduce(1, *) } ?? 0
    }
    texts = variable.content == .text ? try file.intactTexts(variable.name).map(quoted) : []
    reader = if case .numbers = variable.content { try CheckedReader(file, variable: variable.name) } else { nil }
  }

  /// The cells of consecutive rows.
  func cells(of rows: Range<Int>) throws -> [String] {
    let elements = rows.map(element)
    guard let first = elements.min(), let last = elements.max() else { return [] }
    switch variable.content {
    case .text: return elements.map { texts[$0] }
    case .numbers(.float64): return try cells(elements, first...last, as: Double.self)
    case .numbers(.float32): return try cells(elements, first...last, as: Float.self)
    case .numbers(.uint8): return try cells(elements, first...last, as: UInt8.self)
    case .numbers(.int32): return try cells(elements, first...last, as: Int32.self)
    case .numbers(.uint32): return try cells(elements, first...last, as: UInt32.self)
    case .numbers(.int64): return try cells(elements, first...last, as: Int64.self)
    case .numbers(.uint64): return try cells(elements, first...last, as: UInt64.self)
    case .other: return elements.map { _ in "" }
    }
  }

  /// Numbers in the shortest form that reads back to the same bits.
  private func cells<Element: StoredElement>(
    _ elements: [Int], _ range: ClosedRange<Int>, as type: Element.Type
  ) throws -> [String] {
    guard let values = try reader?.intactValues(Range(range), as: Element.self) else { return [] }
    return elements.map { "\(values[$0 - range.lowerBound])" }
  }

  /// The variable's element at a row of the table.
  private func element(_ row: Int) -> Int {
    var (rest, element) = (row, 0)
    for axis in shape.indices.reversed() {
      element += rest % shape[axis] * strides[axis]
      rest /= shape[axis]
    }
    return element
  }
}

/// A text as a cell of CSV (RFC 4180).
private func quoted(_ text: String) -> String {
  guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
