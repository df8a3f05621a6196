import LeptonicPortal
import ScanStore
import Scanning

/// The name of the variable that holds the lines.
public let couplingLimitName = "h_mue_limit"
/// The dimension along which the lines lie, and the variable with their names.
public let constraintName = "constraint"

extension FileSchema {
  /// The file of lines: `h_mue_limit` along `constraint` and the axes of the card, and what each constraint is.
  public init(limits: LimitCurves, provenance: Provenance) {
    let space = limits.space
    let dimensions =
      [Dimension(constraintName, size: limits.lines.count)]
      + space.dimensions.map { Dimension($0.name, size: $0.size) }
    // h_mue, which is sought, is no coordinate.
    let coordinates = FileSchema.coordinates(of: space, model: limits.model).filter {
      $0.name != Parameters.hMue.name
    }
    let auxiliary = coordinates.filter { $0.dimensions != [$0.name] }.map(\.name)
    let values = Variable(
      couplingLimitName, dimensions: dimensions.map(\.name),
      content: .values(StoredArray(limits.couplings.flatMap(\.self))),
      attributes: [
        "long_name": "h_mue on the line of each constraint", "units": "1",
        "comment": "0: every coupling is beyond the line; NaN: none up to sqrt(4 pi) is",
        "coordinates": .text((auxiliary + FileSchema.descriptionNames).joined(separator: " ")),
      ])
    var variables = coordinates + FileSchema.descriptions(of: limits.lines) + [values]
    if let card = provenance.resolvedCard {
      let attributes: Attributes = ["long_name": "run card, all defaults included (YAML)"]
      variables.append(Variable(resolvedCardName, content: .text(card), attributes: attributes))
    }
    var attributes = provenance.attributes(
      title: "Limits on the leptonic scalar portal", model: limits.model, observables: limits.observables)
    attributes[fileKindName] = .text(limitsFileKind)
    attributes["measurements"] = .text(limits.measurements)
    attributes["treatment"] = .text(limits.treatment.rawValue)
    self.init(dimensions: dimensions, variables: variables, attributes: attributes, hasChecksums: true)
  }

  private static let descriptionNames = [
    "constraint_kind", "confidence_level", "standard_deviations", "constraint_long_name", citationsName,
    "constraint_reference",
  ]

  /// What each constraint is, along the dimension `constraint`.
  private static func descriptions(of lines: [LimitLine]) -> [Variable] {
    let kind: Attributes = [
      "long_name": "what a line means", "flag_values": .numbers(LimitKind.allCases.map(\.rawValue)),
      "flag_meanings": .text(LimitKind.allCases.map(\.meaning).joined(separator: " ")),
    ]
    let values: [(FileSchema.Content, Attributes)] = [
      (.values(StoredArray(lines.map(\.kind.rawValue))), kind),
      (
        .values(StoredArray(lines.map { $0.confidenceLevel ?? .nan })),
        ["long_name": "confidence level of a published limit", "units": "1"]
      ),
      (
        .values(StoredArray(lines.map { $0.deviations ?? .nan })),
        ["long_name": "standard deviations from a measured value", "units": "1"]
      ),
      (.texts(lines.map(\.longName)), ["long_name": "what the constraint is"]),
      (.texts(lines.map { $0.citations.joined(separator: " ") }), ["long_name": "keys of leptoscan cite"]),
      (.texts(lines.map(\.reference)), ["long_name": "where the number stands"]),
    ]
    let names = Variable(
      constraintName, dimensions: [constraintName], content: .texts(lines.map(\.name)),
      attributes: ["long_name": "name of the constraint"])
    return [names]
      + zip(descriptionNames, values).map { name, value in
        Variable(name, dimensions: [constraintName], content: value.0, attributes: value.1)
      }
  }
}
