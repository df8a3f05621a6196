/// Names with a meaning in HDF5 or netCDF-4, which a schema may not give to its attributes.
let reservedAttributeNames: Set<String> = [
  "CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS", "_NCProperties", "_Netcdf4Dimid",
  "_Netcdf4Coordinates", "_nc3_strict",
]

extension FileSchema {
  /// Throws ``ScanStoreError`` of kind `invalidSchema` at the first thing that cannot be stored as netCDF-4.
  public func validate(path: String) throws {
    if let (problem, reason, suggestion) = firstProblem() {
      throw ScanStoreError(
        .invalidSchema, path: path, call: "FileSchema.validate", problem: problem, reason: reason,
        suggestion: suggestion)
    }
  }

  typealias Problem = (problem: String, reason: String, suggestion: String)

  private func firstProblem() -> Problem? {
    let names = dimensions.map(\.name)
    if let name = firstDuplicate(names) { return duplicate("dimension", name) }
    if let name = firstDuplicate(variables.map(\.name)) { return duplicate("variable", name) }
    for dimension in dimensions {
      if let problem = problemOfName(dimension.name, of: "dimension") { return problem }
      if dimension.size < 1 {
        return ("dimension \(dimension.name) has size \(dimension.size)", "an axis has points", "use size 1 or more")
      }
    }
    for variable in variables {
      if let problem = problem(of: variable, dimensions: names) { return problem }
    }
    return problem(of: attributes, in: "the file")
  }

  private func problem(of variable: Variable, dimensions names: [String]) -> Problem? {
    let name = variable.name
    if let problem = problemOfName(name, of: "variable") { return problem }
    if let unknown = variable.dimensions.first(where: { !names.contains($0) }) {
      return ("variable \(name) has the unknown dimension \(unknown)", "no such axis is defined", "add the dimension")
    }
    if let twice = firstDuplicate(variable.dimensions) {
      return ("variable \(name) has the dimension \(twice) twice", "axes must differ", "name each dimension once")
    }
    if names.contains(name), !variable.isCoordinate {
      return (
        "variable \(name) has the name of a dimension and other dimensions",
        "netCDF takes it for the coordinate variable", "rename the variable"
      )
    }
    if let problem = problem(ofContentOf: variable) { return problem }
    return problem(of: variable.attributes, in: "variable \(name)")
  }

  private func problem(ofContentOf variable: Variable) -> Problem? {
    guard let count = elementCount(of: variable), !count.multipliedReportingOverflow(by: 8).overflow else {
      return ("variable \(variable.name) has too many elements", "more than 2^60", "use fewer points")
    }
    switch variable.content {
    case .reserved: return nil
    case .linked(_, let links):
      let covered = links.reduce(into: RangeSet<Int>()) { $0.insert(contentsOf: $1.elements) }
      if covered == RangeSet(0..<count), links.reduce(0, { $0 + $1.elements.count }) == count { return nil }
      return (
        "variable \(variable.name) is not linked once and as a whole", "its links leave gaps or overlap", "fix them"
      )
    case .text:
      if variable.dimensions.isEmpty { return nil }
      return ("text variable \(variable.name) has dimensions", "a text is one value", "drop the dimensions")
    case .texts where variable.dimensions.count != 1:
      return ("texts of \(variable.name) have \(variable.dimensions.count) dimensions", "labels have one", "give one")
    case .texts(let texts): return problem(ofCount: texts.count, expected: count, in: variable)
    case .values(let array): return problem(ofCount: array.count, expected: count, in: variable)
    }
  }

  private func problem(ofCount count: Int, expected: Int, in variable: Variable) -> Problem? {
    if count == expected { return nil }
    return ("variable \(variable.name) has \(count) values", "its dimensions ask for \(expected)", "give each one")
  }

  private func problem(of attributes: Attributes, in owner: String) -> Problem? {
    for attribute in attributes {
      let name = attribute.name
      if reservedAttributeNames.contains(name) {
        return ("attribute \(name) of \(owner) is reserved", "HDF5 and netCDF use the name", "rename the attribute")
      }
      if let problem = problemOfName(name, of: "attribute") { return problem }
      if case .numbers(let array) = attribute.value, array.count == 0 {
        return ("attribute \(name) of \(owner) is empty", "netCDF needs a value", "give one or drop the attribute")
      }
    }
    return nil
  }

  /// Product of the sizes of the variable's dimensions; nil where it overflows or a dimension is unknown.
  func elementCount(of variable: Variable) -> Int? {
    shape(of: variable).reduce(1) { (product: Int?, size) in
      guard let product else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      return overflow ? nil : next
    }
  }

  func shape(of variable: Variable) -> [Int] {
    variable.dimensions.compactMap { name in dimensions.first { $0.name == name }?.size }
  }
}

/// CF recommends letters, digits and underscores; anything else needs quoting in most readers.
private func problemOfName(_ name: String, of what: String) -> FileSchema.Problem? {
  let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
  let allowed = name.utf8.allSatisfy { byte in
    digits ~= byte || byte == UInt8(ascii: "_") || byte < 0x80 && letters ~= byte | 0x20
  }
  let startsWithDigit = name.utf8.first.map { digits ~= $0 } ?? true
  if allowed && !startsWithDigit { return nil }
  return ("\(what) name \"\(name)\" is not valid", "CF names are letters, digits and _", "rename the \(what)")
}

private func firstDuplicate(_ names: [String]) -> String? {
  var seen = Set<String>()
  return names.first { !seen.insert($0).inserted }
}

private func duplicate(_ what: String, _ name: String) -> FileSchema.Problem {
  ("\(what) \(name) is defined twice", "names are unique in a file", "rename one")
}
