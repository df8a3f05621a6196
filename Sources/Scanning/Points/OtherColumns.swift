import Cards
import LeptonicPortal
import ScanStore

extension PointList {
  /// The columns that are no parameters, without those whose names an evaluation gives to its own, as where its output is
  /// evaluated again.
  public func others(besides names: [String]) -> [OtherColumn] { others.filter { !names.contains($0.name) } }
}

extension PointList.OtherColumn {
  /// Without quotes.
  private var texts: [String] {
    fields.map { field in
      guard field.count > 1, field.hasPrefix("\""), field.hasSuffix("\"") else { return field }
      return String(field.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
  }

  /// The numbers; nil if a field is none. An empty one is NaN.
  private var numbers: [Double]? {
    let numbers = texts.map { $0.isEmpty ? .nan : plainNumber($0) }
    return numbers.contains(nil) ? nil : numbers.compactMap(\.self)
  }

  /// A variable along the points: numbers, or else texts.
  fileprivate func variable(named name: String) -> FileSchema.Variable {
    FileSchema.Variable(
      name, dimensions: [PointList.dimensionName],
      content: numbers.map { .values(StoredArray($0)) } ?? .texts(texts),
      attributes: ["long_name": .text("column \"\(self.name)\" of the list")])
  }

  /// The name with letters, digits and underscores only.
  fileprivate var variableName: String {
    let allowed = name.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? scalar : "_"
    }
    let text = String(String.UnicodeScalarView(allowed))
    return text.first.map { $0.isNumber } ?? true ? "column_\(text)" : text
  }
}

extension FileSchema {
  /// Adds columns of a list of points as variables, renamed where a name is taken or would not do.
  mutating func add(_ columns: [PointList.OtherColumn]) {
    for column in columns {
      let names = Set(variables.map(\.name))
      let base = column.variableName
      let name = names.contains(base) ? (2...).lazy.map { "\(base)_\($0)" }.first { !names.contains($0) } : base
      variables.append(column.variable(named: name ?? base))
    }
  }
}
