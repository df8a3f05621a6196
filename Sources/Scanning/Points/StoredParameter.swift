import Cards
import LeptonicPortal
import ScanStore

/// A parameter as another program stored it: what the attributes of its variable say about the numbers, by the CF and netCDF
/// conventions, and GAMBIT's mask `NAME_isvalid`.
///
/// What is said is obeyed or refused, and never passed over: `units`; `scale_factor` and `add_offset`; `_FillValue`,
/// `missing_value`, `valid_min`, `valid_max`, `valid_range`, which are about the numbers as they are stored.
struct StoredParameter {
  private let variable: ScanFile.Variable
  private let file: ScanFile
  private let unit: ColumnUnit
  private let scale: Double
  private let offset: Double
  /// Stored numbers that stand for no value, with the attribute that says so.
  private let missing: [(value: Double, reason: String)]
  private let valid: ClosedRange<Double>

  /// What netCDF writes where no value was given.
  private static let standardFill = 9.969209968386869e36

  /// - Throws: ``PointListError`` for attributes that are not understood.
  init(_ variable: ScanFile.Variable, of file: ScanFile, _ darkMatter: DarkMatter) throws {
    (self.variable, self.file) = (variable, file)
    let attributes = ParameterAttributes(of: variable, in: file)
    unit = try attributes.unit(darkMatter)
    scale = try attributes.number("scale_factor") ?? 1
    offset = try attributes.number("add_offset") ?? 0
    var missing = [(StoredParameter.standardFill, "netCDF's fill value")]
    for name in ["_FillValue", "missing_value"] {
      missing += try attributes.numbers(name).map { ($0, "its \(name)") }
    }
    self.missing = missing
    let range = try attributes.numbers("valid_range", count: 2)
    let low = try attributes.number("valid_min") ?? range.first ?? -.infinity
    let high = try attributes.number("valid_max") ?? range.last ?? .infinity
    guard low <= high else { throw attributes.refusal("valid_min and valid_max", "no value lies between them") }
    valid = low...high
  }

  /// The values in GeV, or without dimension.
  /// - Throws: ``PointListError`` for the first point without a value; errors of the file.
  func values() throws -> [Double] {
    let stored = try file.readDoubles(variable.name)
    let mask = try self.mask(count: stored.count)
    let isPacked = scale != 1 || offset != 0
    return try stored.enumerated().map { point, number in
      if let reason = missing.first(where: { $0.value == number })?.reason {
        throw problem(point, "is missing (\(shortest(number)) is \(reason))")
      }
      if !number.isNaN, !valid.contains(number) {
        throw problem(point, "is missing (\(shortest(number)) is outside its valid range)")
      }
      if mask?[point] == 0 { throw problem(point, "is not valid (\(maskName) says so)") }
      return unit.converted(isPacked ? number * scale + offset : number)
    }
  }

  private func problem(_ point: Int, _ text: String) -> PointListError {
    .badPoint(file: file.path, point: point, message: "\(variable.name) \(text) leave the point out of the list")
  }

  private var maskName: String { "\(variable.name)_isvalid" }

  private func mask(count: Int) throws -> [Double]? {
    guard let mask = file.variables.first(where: { $0.name == maskName }) else { return nil }
    guard case .numbers = mask.content, mask.elementCount == count else {
      throw PointListError.noList(
        file: file.path,
        message: "\(maskName) is no mask of \(variable.name) (it has a number for each value) remove or rename it")
    }
    return try file.readDoubles(maskName)
  }
}

/// The attributes of a parameter's variable, read strictly.
private struct ParameterAttributes {
  private let variable: ScanFile.Variable
  private let file: String

  init(of variable: ScanFile.Variable, in file: ScanFile) { (self.variable, self.file) = (variable, file.path) }

  func refusal(_ attribute: String, _ why: String) -> PointListError {
    .noList(
      file: file, message: "\(variable.name) has \(attribute) (\(why)) store plain numbers, or correct the attribute")
  }

  /// Programs call it units, or, without a convention, unit.
  func unit(_ darkMatter: DarkMatter) throws -> ColumnUnit {
    for name in variable.attributes.map(\.name) + variable.unreadAttributes
    where ["unit", "units"].contains(name.lowercased()) {
      guard let text = variable.attributes[name]?.text else {
        throw refusal("\(name) that are no text", "a unit is a word")
      }
      do {
        return try ColumnUnit(text, of: variable.name, darkMatter)
      } catch {
        throw PointListError.noList(file: file, message: "\(error)")
      }
    }
    return .standard
  }

  /// Empty without the attribute.
  func numbers(_ name: String, count: Int? = nil) throws -> [Double] {
    if variable.unreadAttributes.contains(name) {
      throw refusal("a \(name) that cannot be read", "its type is another")
    }
    guard let value = variable.attributes[name] else { return [] }
    guard case .numbers(let array) = value, count == nil || array.count == count else {
      throw refusal(
        "a \(name) that cannot be used", count == 2 ? "it has a least and a largest value" : "it is a number")
    }
    return array.doubles
  }

  func number(_ name: String) throws -> Double? {
    variable.attributes[name] == nil && !variable.unreadAttributes.contains(name)
      ? nil : try numbers(name, count: 1).first
  }
}
