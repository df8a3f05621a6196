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

  /// The first point as JSON: the variable names of an output file, in its units; masks as lists of names.
  func json() throws -> String {
    let pairs = zip(quantities, values).map { quantity, column in
      let value: JSONValue =
        quantity.flagKind == .masks
        ? .names(names(of: quantity, at: 0)) : .number(JSONNumber(column[0]))
      return (quantity.name, value)
    }
    return try JSON.text(Dictionary(uniqueKeysWithValues: pairs))
  }

  /// The columns of a table: every quantity, and beside a mask the names of its bits.
  var columnNames: [String] {
    quantities.flatMap { $0.flagKind == .masks ? [$0.name, "\($0.name)_names"] : [$0.name] }
  }

  /// All points, one per line, in the shortest form that reads back to the same bits; names are separated by spaces.
  /// - Parameter others: columns that are passed on as they are, after all others.
  func csv(others: [PointList.OtherColumn]) -> String {
    var text = (columnNames + others.map(\.name)).joined(separator: ",") + "\n"
    for point in 0..<(values.first?.count ?? 0) {
      let own = zip(quantities, values).flatMap { quantity, column in
        let number = quantity.flags.isEmpty ? "\(column[point])" : "\(Int(column[point]))"
        return quantity.flagKind == .masks
          ? [number, names(of: quantity, at: point).joined(separator: " ")] : [number]
      }
      text += (own + others.map { $0.fields[point] }).joined(separator: ",") + "\n"
    }
    return text
  }
}
