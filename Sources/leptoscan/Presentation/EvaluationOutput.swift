import Scanning

extension PointEvaluation {
  /// The first point as a table with units.
  func table() -> String {
    var table = TextTable()
    for (quantity, column) in zip(quantities, values) {
      table.add(
        quantity.name, meaning(of: quantity, at: 0) ?? column[0].readable,
        quantity.units == "1" ? "" : quantity.units, quantity.longName)
    }
    return table.text
  }

  /// The first point as JSON: the variable names of an output file, in its units.
  func json() throws -> String {
    let pairs = zip(quantities, values).map { ($0.name, JSON.number($1[0])) }
    return try JSON.text(Dictionary(uniqueKeysWithValues: pairs))
  }

  /// All points, one per line, in the shortest form that reads back to the same bits.
  func csv() -> String {
    var text = quantities.map(\.name).joined(separator: ",") + "\n"
    for point in 0..<(values.first?.count ?? 0) {
      text += zip(quantities, values).map { quantity, column in
        quantity.flags.isEmpty ? "\(column[point])" : "\(Int(column[point]))"
      }.joined(separator: ",")
      text += "\n"
    }
    return text
  }
}
