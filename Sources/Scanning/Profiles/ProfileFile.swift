import ScanStore

/// The attribute `file_kind` of a profile.
public let profileFileKind = "profile"

extension FileSchema {
  /// The file of profiles of one scan: each under the name of its variable, the values of the other axes that it is from
  /// as `NAME_AXIS`, and the best point of all as scalars `best_AXIS`.
  ///
  /// - Parameter profiles: at least one; the best point is that of the first.
  public init(profiles: [Profile], of file: ScanFile) throws {
    var variables: [Variable] = []
    var names: [String] = []
    for profile in profiles {
      for name in profile.dimensions where !names.contains(name) { names.append(name) }
    }
    for name in names { variables += try FileSchema.coordinate(name, of: file) }
    for profile in profiles { variables += try FileSchema.variables(of: profile, in: file) }
    if let first = profiles.first, let best = first.best {
      variables += try FileSchema.bestPoint(best.source, of: first, in: file)
    }
    if let card = try FileSchema.card(of: file) { variables.append(card) }
    var attributes = file.attributes
    attributes["title"] = "Profile of a scan of the leptonic scalar portal"
    attributes[fileKindName] = .text(profileFileKind)
    self.init(
      dimensions: file.dimensions.filter { names.contains($0.name) }, variables: variables, attributes: attributes,
      hasChecksums: true)
  }

  private static func coordinate(_ name: String, of file: ScanFile) throws -> [Variable] {
    guard let variable = file.variables.first(where: { $0.name == name && $0.dimensions == [name] }) else { return [] }
    return [
      Variable(
        name, dimensions: [name], content: .values(StoredArray(try file.intactDoubles(name))),
        attributes: variable.attributes)
    ]
  }

  private static func card(of file: ScanFile) throws -> Variable? {
    guard let card = file.variables.first(where: { $0.name == resolvedCardName }) else { return nil }
    return Variable(card.name, content: .text(try file.intactTexts(card.name).joined()), attributes: card.attributes)
  }

  /// The profile, and for a largest or smallest value where along the other axes it was found.
  private static func variables(of profile: Profile, in file: ScanFile) throws -> [Variable] {
    let name = profile.variable.name
    let others = profile.variable.dimensions.filter { !profile.dimensions.contains($0) }
    var attributes = profile.variable.attributes
    attributes["_FillValue"] = nil
    attributes["coordinates"] = nil
    attributes["cell_methods"] = .text(others.map { "\($0): \(profile.reduction.cellMethod)" }.joined(separator: " "))
    let isMask = profile.reduction == .all || profile.reduction == .any
    // A mask has no bits any more, only yes and no; where all is unknown it is 0.
    if isMask {
      for name in ["flag_masks", "flag_values", "flag_meanings"] { attributes[name] = nil }
      let extent = profile.reduction == .all ? "every point" : "some point"
      attributes["long_name"] = .text("1 where \(name) of \(extent) along the other axes is not 0")
    }
    let content: Content =
      isMask
      ? .values(StoredArray(profile.values.map { UInt8($0 == 1 ? 1 : 0) })) : .values(StoredArray(profile.values))
    let value = Variable(name, dimensions: profile.dimensions, content: content, attributes: attributes)
    if isMask { return [value] }
    return try [value]
      + others.map { axis in
        let found = try coordinates(axis, of: profile.sources, profile.variable, in: file)
        return Variable(
          "\(name)_\(axis)", dimensions: profile.dimensions, content: .values(StoredArray(found)),
          attributes: axisAttributes(axis, in: file, "\(axis) at the \(profile.reduction.word) \(name)"))
      }
  }

  private static func bestPoint(_ source: Int, of profile: Profile, in file: ScanFile) throws -> [Variable] {
    let name = profile.variable.name
    let best = Variable(
      "best_\(name)", content: .values(StoredArray([profile.best?.value ?? .nan])),
      attributes: ["long_name": .text("\(profile.reduction.word) \(name) of the scan")])
    return try [best]
      + profile.variable.dimensions.map { axis in
        let found = try coordinates(axis, of: [source], profile.variable, in: file)
        return Variable(
          "best_\(axis)", content: .values(StoredArray(found)),
          attributes: axisAttributes(axis, in: file, "\(axis) of the \(profile.reduction.word) \(name)"))
      }
  }

  /// The coordinates along an axis of elements of a variable; the index where the axis has no coordinate.
  private static func coordinates(
    _ axis: String, of elements: [Int], _ variable: ScanFile.Variable, in file: ScanFile
  ) throws -> [Double] {
    guard let position = variable.dimensions.firstIndex(of: axis) else { return [] }
    let hasCoordinate = file.variables.contains { $0.name == axis && $0.dimensions == [axis] }
    let size = variable.shape[position]
    let values = hasCoordinate ? try file.intactDoubles(axis) : (0..<size).map(Double.init)
    let stride = variable.shape[(position + 1)...].reduce(1, *)
    return elements.map { $0 < 0 ? .nan : values[$0 / stride % size] }
  }

  private static func axisAttributes(_ axis: String, in file: ScanFile, _ longName: String) -> Attributes {
    let units = file.variables.first { $0.name == axis }?.attributes["units"] ?? "1"
    return ["long_name": .text(longName), "units": units]
  }
}

extension Reduction {
  /// The word of the CF conventions.
  fileprivate var cellMethod: String {
    switch self {
    case .max, .any: "maximum"
    case .min, .all: "minimum"
    }
  }

  fileprivate var word: String { self == .min ? "smallest" : "largest" }
}
