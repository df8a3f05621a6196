import Foundation
import ScanStore

/// An output file for a person or, encoded, for a machine.
struct FileDescription: Encodable {
  struct Variable: Encodable {
    var name: String
    var dimensions: [String]
    var shape: [Int]
    var type: String
    var units: String?
    var longName: String?
    /// First and last value of a coordinate.
    var range: [Double]?
    /// The values of a coordinate of texts.
    var labels: [String]?

    enum CodingKeys: String, CodingKey {
      case name, dimensions, shape, type, units, range, labels
      case longName = "long_name"
    }
  }

  var path: String
  var bytes: Int
  /// Of an unfinished file, the part of its numbers that is there.
  var fractionStored: Double?
  /// Whether it is an unfinished file and nothing says how much of it is stored.
  private var isUnfinishedCopy: Bool
  /// Of a virtual file, the files that hold its numbers, and those among them that cannot be read.
  var sources: [String]?
  var missingSources: [String]?
  /// Those that are found in the current folder, not where they belong, and where.
  var sourcesElsewhere: [String]?
  var attributes: [String: String]
  var coordinates: [Variable]
  /// Parameters with one value for the whole file.
  var fixed: [Variable]
  var variables: [Variable]
  /// Only where asked for: counting takes time.
  var exclusion: ExclusionDescription?

  enum CodingKeys: String, CodingKey {
    case path, bytes, sources, attributes, coordinates, fixed, variables, exclusion
    case missingSources = "missing_sources"
    case sourcesElsewhere = "sources_elsewhere"
    case fractionStored = "fraction_stored"
  }

  init(_ file: ScanFile) throws {
    path = file.path
    fractionStored = try JournaledWriter.fractionStored(ofPartial: file)
    isUnfinishedCopy = try fractionStored == nil && file.isUnfinishedCopy()
    let found = try file.places(of: file.sources())
    if !found.isEmpty {
      sources = found.map(\.name)
      missingSources = found.filter { $0.path == nil }.map(\.name)
      sourcesElsewhere = found.filter(\.isElsewhere).map(\.name)
    }
    bytes = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0
    attributes = Dictionary(uniqueKeysWithValues: file.attributes.map { ($0.name, $0.value.readable) })
    let numbers = file.variables.filter { $0.content != .text }
    try file.probe(file.variables.filter { $0.dimensions.count <= 1 && $0.elementCount <= 1 << 20 }.map(\.name))
    let labelled = try file.variables.filter { $0.content == .text && $0.dimensions == [$0.name] }.map { variable in
      var description = Variable(variable)
      description.labels = try file.readTexts(variable.name)
      return description
    }
    let auxiliary = Set(numbers.flatMap { $0.attributes["coordinates"]?.text?.split(separator: " ") ?? [] })
    func withRange(_ variable: ScanFile.Variable) throws -> Variable {
      var description = Variable(variable)
      let last = variable.elementCount - 1
      if last >= 0 {
        description.range = try [0, last].flatMap { try file.readDoubles(variable.name, elements: $0..<$0 + 1) }
      }
      return description
    }
    func isFixed(_ variable: ScanFile.Variable) -> Bool {
      variable.dimensions.isEmpty && auxiliary.contains(Substring(variable.name))
    }
    coordinates = try labelled + numbers.filter { $0.dimensions == [$0.name] }.map(withRange)
    fixed = try numbers.filter(isFixed).map(withRange)
    variables = numbers.filter { $0.dimensions != [$0.name] && !isFixed($0) }.map(Variable.init)
  }

  var text: String {
    var about = TextTable()
    let shown = [
      "title", "references", "source", "device", "device_driver", "device_deviation", "dark_matter", "seed",
    ]
    for name in shown {
      if let value = attributes[name] { about.add(name, value) }
    }
    var parameters = ParameterTable()
    for parameter in coordinates + fixed {
      parameters.add(
        parameter.name, count: parameter.shape.first, values: parameter.range ?? [], labels: parameter.labels,
        units: parameter.units, longName: parameter.longName)
    }
    var columns = TextTable()
    for variable in variables {
      columns.add(
        variable.name, variable.dimensions.joined(separator: " x "), variable.type, variable.readableUnits,
        variable.longName ?? "")
    }
    let size = leptoscan.bytes(bytes)
    let unfinished =
      fractionStored.map { String(format: ", unfinished: %.1f %% is stored", 100 * $0) }
      ?? (isUnfinishedCopy ? ", unfinished" : "")
    let missing = Set(missingSources ?? [])
    let elsewhere = Set(sourcesElsewhere ?? [])
    let named = (sources ?? []).map { source in
      missing.contains(source)
        ? "\(source) (missing)"
        : elsewhere.contains(source) ? "\(source) (of the current folder, not beside the file)" : source
    }
    let virtual = named.isEmpty ? "" : ", virtual: shows \(named.joined(separator: ", "))"
    return
      "\(path), \(size)\(unfinished)\(virtual)\n\(about.text)\n\(parameters.isEmpty ? "" : "\(parameters.text)\n")variables\n\(columns.text)"
      + (exclusion.map { "\n\($0.text)" } ?? "")
  }
}

extension FileDescription.Variable {
  init(_ variable: ScanFile.Variable) {
    name = variable.name
    dimensions = variable.dimensions
    shape = variable.shape
    type =
      switch variable.content {
      case .numbers(let stored): stored.rawValue
      case .text: "text"
      case .other: "other"
      }
    units = variable.attributes["units"]?.text
    longName = variable.attributes["long_name"]?.text
  }

  fileprivate var readableUnits: String { units == "1" ? "" : units ?? "" }
}

extension AttributeValue {
  /// The value as text.
  fileprivate var readable: String {
    switch self {
    case .text(let text): text
    case .numbers(let array): array.text
    }
  }
}

extension StoredArray {
  /// The numbers, separated by commas.
  fileprivate var text: String {
    func join<Element: StoredElement>(_: Element.Type) -> String? {
      values(as: Element.self)?.map { "\($0)" }.joined(separator: ", ")
    }
    let texts: [String?] = [
      join(Double.self), join(Float.self), join(UInt8.self), join(Int32.self), join(UInt32.self), join(Int64.self),
      join(UInt64.self),
    ]
    return texts.compactMap(\.self).first ?? ""
  }
}
