import Cards
import LeptonicPortal

/// The line of a CSV file that names its columns: parameters, perhaps with units (`m_phi [MeV]`), and others.
struct PointListHeader {
  /// A column of the file.
  struct Column {
    /// The parameter, or the whole text of another column.
    let name: String
    let unit: ColumnUnit
    let isParameter: Bool
    /// Where it stands in the line, counted from 1.
    let place: Int
  }

  /// What is wrong, at a column of the line.
  struct Problem: Error {
    let place: Int
    let message: String
  }

  let columns: [Column]

  private static let parameters = PointList.requiredColumns + PointList.optionalColumns
  private static let example = "begin with m_phi,h_mue,m_psi,g"

  init(_ row: CSVRow, _ darkMatter: DarkMatter) throws(Problem) {
    var columns: [Column] = []
    for field in row.fields {
      let column: Column
      do {
        column = try PointListHeader.column(field, darkMatter)
      } catch {
        throw Problem(place: field.column, message: "\(error)")
      }
      if !column.name.isEmpty, columns.contains(where: { $0.name == column.name }) {
        throw Problem(
          place: field.column,
          message: "column \(printable(column.name)) stands twice (which one counts is unclear) remove one")
      }
      columns.append(column)
    }
    self.columns = columns
    try check()
  }

  /// Whether a line names all the columns that a point needs.
  static func isHeader(_ row: CSVRow) -> Bool {
    let names = Set(row.fields.map { parts(of: $0.text).name })
    return names.isSuperset(of: PointList.requiredColumns)
  }

  private static func column(_ field: CSVRow, _ darkMatter: DarkMatter) throws(UnitProblem) -> Column {
    let (name, unit) = parts(of: field.text)
    guard parameters.contains(name) else {
      return Column(name: field.text, unit: .standard, isParameter: false, place: field.column)
    }
    let columnUnit = try unit.map { text throws(UnitProblem) in try ColumnUnit(text, of: name, darkMatter) }
    return Column(name: name, unit: columnUnit ?? .standard, isParameter: true, place: field.column)
  }

  /// A name and its unit: `m_phi [GeV]`, `m_phi[GeV]`, `m_phi (GeV)`, `m_phi/GeV`, `m_phi GeV`.
  private static func parts(of text: String) -> (name: String, unit: String?) {
    guard let end = text.firstIndex(where: { "[(/ ".contains($0) }) else { return (text, nil) }
    let name = String(text[..<end])
    let rest = text[end...].drop { $0 == " " }
    switch (rest.first, rest.last) {
    case ("[", "]"), ("(", ")"): return (name, String(rest.dropFirst().dropLast()))
    case ("/", _): return (name, String(rest.dropFirst()))
    default: return CardNumber.Unit.energies.contains { $0.name == rest } ? (name, String(rest)) : (text, nil)
    }
  }

  /// Looks for columns that are missing, and for others that may be meant instead: none of these is passed over.
  private func check() throws(Problem) {
    let others = columns.filter { !$0.isParameter }
    let missing = PointListHeader.parameters.filter { parameter in !columns.contains { $0.name == parameter } }
    let isWithoutNames = missing.contains { PointList.requiredColumns.contains($0) }
    for column in others where isWithoutNames {
      if plainNumber(column.name.prefix { !" \t;".contains($0) }) != nil {
        throw Problem(
          place: column.place,
          message: "the first line is no header (it has numbers) \(PointListHeader.example)")
      }
      if let separator = CSVRow.separator(of: column.name, between: PointListHeader.parameters) {
        throw Problem(
          place: column.place,
          message: "columns are separated by \(separator) (a comma is expected, and a point in decimals) "
            + PointListHeader.example)
      }
    }
    for column in others where column.name.count > 1 {
      if let meant = nearest(to: column.name, among: missing) {
        throw Problem(
          place: column.place,
          message: "unknown column '\(printable(column.name))' (there is no column \(meant)) "
            + "did you mean '\(meant)'? give another quantity another name")
      }
    }
    for required in PointList.requiredColumns where missing.contains(required) {
      let needed = PointList.requiredColumns.joined(separator: ", ")
      throw Problem(place: 1, message: "no column \(required) (every point needs \(needed)) add it")
    }
  }
}
