import LeptonicPortal
import ScanStore
import Scanning

/// The dimension along which the lines lie, and the variable with their names.
public let constraintName = "constraint"

extension FileSchema {
  /// The file of lines: `h_mue_limit` (or `g_limit`) along `constraint` and the axes of the card, its largest value and status, and
  /// what each constraint is.
  public init(limits: LimitCurves, provenance: Provenance) {
    let space = limits.space
    let dimensions =
      [Dimension(constraintName, size: limits.lines.count)]
      + space.dimensions.map { Dimension($0.name, size: $0.size) }
    let sought = limits.sought.quantity(limits.model.darkMatter)
    // The coupling that is sought is no coordinate.
    let coordinates = FileSchema.coordinates(of: space, model: limits.model).filter {
      $0.name != sought.name
    }
    let auxiliary = coordinates.filter { $0.dimensions != [$0.name] }.map(\.name)
    let values = FileSchema.results(of: limits, sought).map { name, content, attributes in
      var attributes = attributes
      attributes["coordinates"] = .text((auxiliary + FileSchema.descriptionNames).joined(separator: " "))
      return Variable(name, dimensions: dimensions.map(\.name), content: content, attributes: attributes)
    }
    var variables = coordinates + FileSchema.descriptions(of: limits.lines) + values
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

  /// What is found, along `constraint` and the axes.
  private static func results(
    of limits: LimitCurves, _ sought: Quantity
  ) -> [(name: String, content: FileSchema.Content, attributes: Attributes)] {
    let units = AttributeValue.text(sought.units)
    let statuses = LimitStatus.allCases
    return [
      (
        limits.sought.limitName, .values(StoredArray(limits.couplings.flatMap(\.self))),
        [
          "long_name": .text("smallest \(sought.name) on the line of each constraint"), "units": units,
          "comment": .text("0: every coupling is beyond the line; NaN: see \(limits.sought.statusName)"),
          "ancillary_variables": .text("\(limits.sought.statusName) \(limits.sought.largestName)"),
        ]
      ),
      (
        limits.sought.largestName, .values(StoredArray(limits.largestCouplings.flatMap(\.self))),
        [
          "long_name": .text("largest \(sought.name) on the line of each constraint"), "units": units,
          "comment": "only of the relic density is more than the first sought",
        ]
      ),
      (
        limits.sought.statusName, .values(StoredArray(limits.statuses.flatMap(\.self).map(\.rawValue))),
        [
          "long_name": .text("how many \(sought.name) are on the line, or why there is none"), "units": "1",
          "flag_values": .numbers(statuses.map(\.rawValue)),
          "flag_meanings": .text(statuses.map(\.meaning).joined(separator: " ")),
        ]
      ),
    ]
  }

  private static let descriptionNames = [
    "constraint_kind", "confidence_level", "standard_deviations", "constraint_long_name", citationsName,
    "constraint_reference", "constraint_evidence",
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
      (
        .texts(lines.map(\.evidence.rawValue)),
        ["long_name": "what stands behind the constraint: measured, recast, hypothetical or projection"]
      ),
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
