import ComputeDevices
import LeptonicPortal
import ScanStore

/// What a file says about its own making.
public struct Provenance: Sendable {
  /// Name, version and commit of the program.
  public var source: String
  /// See ``numericsVersion``.
  public var numerics: Int32
  public var device: DeviceIdentity
  /// How the device's bits differ from those of the native device; nil if they do not.
  public var deviation: String?
  public var seed: UInt64
  /// The run card with all defaults filled in; nil for a list of points.
  public var resolvedCard: String?

  public init(
    source: String, numerics: Int32 = numericsVersion, device: DeviceIdentity, deviation: String? = nil,
    seed: UInt64 = 1, resolvedCard: String? = nil
  ) {
    self.source = source
    self.numerics = numerics
    self.device = device
    self.deviation = deviation
    self.seed = seed
    self.resolvedCard = resolvedCard
  }
}

/// The attribute `device_deviation` of a file whose devices give the native device's bits.
let noDeviation = "none"

/// The version of the output's layout; raised when a reader of older files would misread newer ones.
public let outputSchemaVersion: Int32 = 1

/// Builds with the same number compute the same bits from a card. To be raised with every change after which some bit of
/// some file differs, in kernels, tables, constants, measurements or the order of points: unfinished scans and shards of another
/// number are then refused. Tests/ScanningTests/NumericsTests.swift notices most such changes.
public let numericsVersion: Int32 = 3

/// The attribute with ``numericsVersion``; files of leptoscan 0.1.0 without it are of unknown numerics.
let numericsName = "numerics_version"

/// The attribute of files with a run card that are no scans: it says what they are.
public let fileKindName = "file_kind"

/// The attribute with the keys of what a file is based on, and the variable with those of each constraint.
public let citationsName = "citations"

extension FileSchema {
  /// The file of a plan: coordinates with their values, room for every observable, and where it all comes from.
  public init(plan: ScanPlan, provenance: Provenance) {
    let space = plan.job.space
    let stored = plan.storedParameters
    var variables = FileSchema.coordinates(of: space, model: plan.job.model).filter { stored[$0.name] == nil }
    let given = variables.filter { $0.dimensions != [$0.name] }.map { ($0.name, $0.dimensions) }
    let auxiliary =
      given
      + plan.job.model.parameters.compactMap { parameter in
        stored[parameter.name].map { (parameter.name, $0) }
      }
    for pass in plan.passes {
      let dimensions = pass.dimensions.map { space.dimensions[$0].name }
      for (quantity, result) in zip(pass.quantities, pass.program.results) {
        let coordinates =
          stored[quantity.name] == nil
          ? auxiliary.filter { Set($0.1).isSubset(of: dimensions) }.map(\.0) : []
        variables.append(
          Variable(
            quantity.name, dimensions: dimensions, content: .reserved(result.type.stored),
            attributes: quantity.attributes(coordinates: coordinates).noting(result.type)))
      }
    }
    if let card = provenance.resolvedCard {
      let attributes: Attributes = ["long_name": "run card, all defaults included (YAML)"]
      variables.append(Variable(resolvedCardName, content: .text(card), attributes: attributes))
    }
    self.init(
      dimensions: space.dimensions.map { Dimension($0.name, size: $0.size) }, variables: variables,
      attributes: provenance.attributes(
        title: "Scan of the leptonic scalar portal", model: plan.job.model, observables: plan.job.observables),
      hasChecksums: true)
  }

  /// The coordinate variables of the dimensions, and the parameters that vary along several of them or along none.
  public static func coordinates(of space: ParameterSpace, model: Model) -> [Variable] {
    let second = Parameters.mPsi2
    let degenerate = space.parameters[second]?.values == space.parameters[Parameters.mPsi]?.values
    let fields = (model.parameters + [Parameters.mPsiOverMPhi]).compactMap { quantity in
      (space.parameters[quantity] ?? space.ratios[quantity]).map { (quantity, $0) }
    }
    return fields.filter { $0.0 != second || !degenerate }.map { quantity, field in
      Variable(
        quantity.name, dimensions: field.dimensions.map { space.dimensions[$0].name },
        content: .values(StoredArray(field.values)), attributes: quantity.attributes())
    }
  }
}

extension ScanPlan {
  /// The parameters that are stored point by point, by name, and the dimensions that each has.
  fileprivate var storedParameters: [String: [String]] {
    let parameters = Set(job.model.parameters + [Parameters.point])
    let pairs = passes.flatMap { pass in
      pass.quantities.filter(parameters.contains).map { quantity in
        (quantity.name, pass.dimensions.map { job.space.dimensions[$0].name })
      }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }
}

extension Quantity {
  /// The attributes of the variable, by the CF conventions.
  public func attributes(coordinates: [String] = []) -> Attributes {
    var attributes: Attributes = ["long_name": .text(longName), "units": .text(units)]
    if let references { attributes["references"] = .text(references) }
    if !flags.isEmpty {
      switch flagKind {
      case .values: attributes["flag_values"] = .numbers(flags.map { UInt8(truncatingIfNeeded: $0.value) })
      case .masks: attributes["flag_masks"] = .numbers(flags.map(\.value))
      }
      attributes["flag_meanings"] = .text(flags.map(\.meaning).joined(separator: " "))
      if flags.contains(where: { $0.evidence != nil }) {
        attributes["flag_evidence"] = .text(flags.map { $0.evidence?.rawValue ?? "none" }.joined(separator: " "))
      }
    }
    if let evidence { attributes["evidence"] = .text(evidence.rawValue) }
    if !coordinates.isEmpty { attributes["coordinates"] = .text(coordinates.joined(separator: " ")) }
    return attributes
  }
}

/// What becomes of numbers in single precision: in the plan of a scan, and at each of its variables.
public let singlePrecisionNote =
  "stored in single precision: magnitudes below 1.2e-38 lose digits, below 7e-46 are 0, above 3.4e38 infinite"

extension Attributes {
  /// Says what a type loses.
  fileprivate func noting(_ type: ElementType) -> Attributes {
    var attributes = self
    if type == .float32 { attributes["comment"] = .text(singlePrecisionNote) }
    return attributes
  }
}

extension Provenance {
  /// The attributes of the file.
  public func attributes(title: String, model: Model, observables: [Quantity]) -> Attributes {
    [
      "Conventions": "CF-1.11",
      "title": .text(title),
      "references": "Gninenko, Krasnikov, arXiv:2202.04410",
      citationsName: .text(model.citations(of: observables).joined(separator: " ")),
      "source": .text(source),
      "schema_version": .numbers([outputSchemaVersion]),
      numericsName: .numbers([numerics]),
      "dark_matter": .text(model.darkMatter.rawValue),
      "seed": .numbers([seed]),
      "device": .text(device.name),
      "device_driver": .text(device.driver),
      "device_deviation": .text(deviation ?? noDeviation),
    ]
  }
}

extension ElementType {
  /// The same type as the file knows it.
  var stored: StoredType {
    switch self {
    case .float64: .float64
    case .float32: .float32
    case .uint8: .uint8
    case .uint32: .uint32
    }
  }
}
