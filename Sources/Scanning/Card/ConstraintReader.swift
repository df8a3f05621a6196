import Cards
import Constraints
import Experiments
import LeptonicPortal

extension CardReader {
  static let constraintKeys = ["measurements", "experiments", "constraints", "would_exclude", "treatment"]

  /// The keys `measurements`, `experiments` and `constraints` together; `.some(nil)` after a report, nil where the card has
  /// none of them.
  mutating func constraintChoices(
    _ top: CardMapping, _ darkMatter: DarkMatter, _ treatment: RelicChoices.Treatment
  ) -> ConstraintChoices?? {
    guard CardReader.constraintKeys.dropLast().contains(where: { top[$0] != nil }) else { return nil }
    let measurements = top["measurements"].map { measurementSet($0) }
    let experiments = top["experiments"].map { self.experiments($0) } ?? []
    guard let experiments, measurements != .some(nil) else {
      // Which constraints there are is not known, but all else that is wrong with those that are named.
      _ = top["constraints"].map { self.selections($0, among: nil, of: nil) }
      return .some(nil)
    }
    let set = measurements ?? nil
    let names = ConstraintChoices.names(measurements: set, experiments: experiments, darkMatter: darkMatter)
    let selections = top["constraints"].map { self.selections($0, among: names, of: set) }
    let uncounted = top["would_exclude"].map { self.selections($0, named: "would_exclude", among: names, of: set) }
    if selections == .some(nil) || uncounted == .some(nil) { return .some(nil) }
    do {
      return try ConstraintChoices(
        measurements: set, experiments: experiments, selections: selections ?? nil,
        uncounted: uncounted ?? nil, treatment: treatment, darkMatter: darkMatter)
    } catch .countedAndNot(let name) {
      report(
        at: top["would_exclude"]?.position ?? top.position, "\(name) is under would_exclude",
        why: "it counts already: constraints has it, or it is measured", suggestion: "remove it here")
      return .some(nil)
    } catch {
      report(
        at: (top["constraints"] ?? top["experiments"])?.position ?? top.position, "the constraints are too many",
        why: "\(error)", suggestion: "name fewer under constraints")
      return .some(nil)
    }
  }

  /// `treatment`, for constraints and as the default of the relic density.
  mutating func treatment(_ top: CardMapping) -> RelicChoices.Treatment? {
    guard let node = top["treatment"] else { return .exact }
    let words = RelicChoices.Treatment.allCases.map(\.rawValue)
    return word(node, named: "treatment", among: words, why: "rates are exact or the paper's estimates")
      .flatMap(RelicChoices.Treatment.init)
  }

  /// A named set, a file, one's own measurement, or a list of these.
  private mutating func measurementSet(_ node: CardNode) -> MeasurementSet? {
    var nodes = [node]
    if case .sequence = node.node {
      guard let list = list(node, named: "measurements", example: "measurements: [2025, mine.yaml]") else { return nil }
      nodes = list
    }
    var sets: [MeasurementSet] = []
    var own: [Measurement] = []
    for node in nodes {
      if case .mapping = node.node {
        guard let measurement = measurement(node) else { return nil }
        own.append(measurement)
      } else if let path = node.node.scalar?.string, Experiment.isPath(path) {
        guard let measurements = measurements(in: path, node) else { return nil }
        own += measurements
      } else {
        let names = MeasurementSet.all.map(\.name)
        guard let name = word(node, named: "measurements", among: names, why: "it is no named set of measurements"),
          let set = MeasurementSet.named(name)
        else { return nil }
        sets.append(set)
      }
    }
    let combined = MeasurementSet.combining(sets, own: own)
    var seen: Set<String> = []
    for measurement in combined.measurements where !seen.insert(measurement.name).inserted {
      report(
        at: node.position, "the measurement \(measurement.name) is listed twice", why: "variables are named after it",
        suggestion: "name one set, and give other names to measurements of your own")
      return nil
    }
    return combined
  }

  private mutating func measurements(in path: String, _ node: CardNode) -> [Measurement]? {
    do {
      return try MeasurementSet.measurements(contentsOf: file(named: path))
    } catch {
      report(
        at: node.position, "the measurements \(path) cannot be used",
        why: error.diagnostics.first?.description ?? "\(error)", suggestion: "correct the file")
      return nil
    }
  }

  private mutating func experiments(_ node: CardNode) -> [Experiment]? {
    guard let nodes = list(node, named: "experiments", example: "experiments: [na64e-2022, mine.yaml]") else {
      return nil
    }
    var experiments: [Experiment] = []
    for node in nodes {
      guard let experiment = oneExperiment(node) else { continue }
      if experiments.contains(where: { $0.name == experiment.name }) {
        report(
          at: node.position, "the experiment \(experiment.name) is listed twice", why: "variables are named after it",
          suggestion: "remove one of the two, or change a name")
      } else {
        experiments.append(experiment)
      }
    }
    return experiments.count == nodes.count ? experiments : nil
  }

  /// A name, a path relative to the card, or the whole experiment.
  private mutating func oneExperiment(_ node: CardNode) -> Experiment? {
    if case .mapping = node.node { return experiment(node) }
    guard let text = text(node, named: "experiment", expected: "a name or a file", example: "na64e-2022") else {
      return nil
    }
    do {
      guard Experiment.isPath(text) else { return try Experiment(named: text) }
      return try Experiment(contentsOf: file(named: text))
    } catch let error as CardError {
      report(
        at: node.position, "the experiment \(text) cannot be used",
        why: error.summary, suggestion: "correct the file")
    } catch {
      report(
        at: node.position, "unknown experiment '\(text)'", why: "leptoscan has none of that name, and it is no path",
        suggestion: choice(of: Experiment.shippedNames, insteadOf: text))
    }
    return nil
  }

  /// - Parameter names: those that there are; nil if that is not known.
  private mutating func selections(
    _ node: CardNode, named key: String = "constraints", among names: [String]?, of set: MeasurementSet?
  ) -> [ConstraintChoices.Selection]? {
    guard let nodes = list(node, named: key, example: "\(key): [g_minus_2_muon]") else { return nil }
    var selections: [ConstraintChoices.Selection] = []
    for node in nodes {
      guard let selection = selection(node, among: names, of: set) else { continue }
      if selections.contains(where: { $0.name == selection.name }) {
        report(
          at: node.position, "the constraint \(selection.name) is listed twice", why: "each has one bit",
          suggestion: "remove one of the two")
      } else {
        selections.append(selection)
      }
    }
    return selections.count == nodes.count ? selections : nil
  }

  /// A name, or a mapping of `name`, `sides`, `deviations`.
  private mutating func selection(
    _ node: CardNode, among names: [String]?, of set: MeasurementSet?
  ) -> ConstraintChoices.Selection? {
    guard case .mapping = node.node else { return constraintName(node, among: names, of: set).map { .init($0) } }
    let example = "{ name: relic_density, sides: both }"
    guard let block = mapping(node, named: "constraint", keys: ["name", "sides", "deviations"], example: example) else {
      return nil
    }
    requireKey("name", in: block, why: "it names the constraint", example: "name: relic_density")
    let name = block["name"].flatMap { constraintName($0, among: names, of: set) }
    let sides = block["sides"].map { node in
      word(
        node, named: "sides", among: ConstraintChoices.Sides.allCases.map(\.rawValue),
        why: "a value is exceeded, or missed on both sides")
    }
    let deviations = block["deviations"].map { self.deviations($0) }
    guard let name, sides != .some(nil), deviations != .some(nil) else { return nil }
    let given = ["sides", "deviations"].compactMap { block.keys[$0] }
    guard names == nil || isValue(name, of: set, given: given) else { return nil }
    var selection = ConstraintChoices.Selection(name)
    selection.sides = (sides ?? nil).flatMap(ConstraintChoices.Sides.init)
    if let deviations = deviations ?? nil { selection.deviations = deviations }
    return selection
  }

  private mutating func constraintName(_ node: CardNode, among names: [String]?, of set: MeasurementSet?) -> String? {
    guard let names else {
      return text(node, named: "constraint", expected: "one word", example: "constraint: g_minus_2_muon")
    }
    let why =
      set != nil ? "neither the measurements nor the experiments have it" : "the card names no set of measurements"
    return word(node, named: "constraint", among: names, why: why)
  }

  /// Whether a constraint is a measured value, which alone has sides and standard deviations; reports if it is none.
  /// - Parameter keys: where they stand, if they do.
  private mutating func isValue(_ name: String, of set: MeasurementSet?, given keys: [CardPosition]) -> Bool {
    guard let key = keys.first else { return true }
    if case .value = set?[name]?.result { return true }
    report(
      at: key, "\(name) has neither sides nor deviations", why: "it is no measured value, but a limit",
      suggestion: "write \(name) alone")
    return false
  }

  private mutating func deviations(_ node: CardNode) -> Double? {
    let (expected, example) = ("a number above 0 and up to 100", "deviations: 3")
    guard let text = text(node, named: "deviations", expected: expected, example: example) else { return nil }
    if let value = plainNumber(text), value > 0, value <= 100 { return value }
    report(
      at: node.position, "deviations is '\(text)'", why: "\(expected) is expected", suggestion: "write \(example)")
    return nil
  }
}
