import Cards
import LeptonicPortal
import Production
import Statistics

extension Experiment {
  /// The newest version of experiment files that this program reads.
  public static let fileVersion = 1

  /// What no experiment may be called: the names of measurements and bounds, and that of the bit for values that are not
  /// defined, with hyphens as in names of experiments.
  package static let namesOfConstraints: Set<String> = {
    let measured = MeasurementSet.all.flatMap(\.measurements).map(\.name)
    let names = measured + Perturbativity.allCases.map(\.rawValue) + ["not_computed"]
    return Set(names.map { String($0.map { $0 == "_" ? "-" : $0 }) })
  }()

  /// Reads an experiment from a YAML file.
  /// - Throws: `CardError` with everything that is wrong.
  public init(contentsOf path: String) throws(CardError) {
    try self.init(CardSource(path: path, kind: "experiment file"))
  }

  /// Reads an experiment from YAML text.
  /// - Parameter file: the name that messages carry.
  public init(yaml: String, file: String) throws(CardError) {
    try self.init(CardSource(bytes: Array(yaml.utf8), file: file, kind: "experiment file"))
  }

  private init(_ source: CardSource) throws(CardError) {
    let document = try CardDocument(source)
    guard let root = document.root else {
      throw source.error(
        at: .start, "the experiment file is empty", why: "it names beam, target and cuts",
        suggestion: "start from leptoscan yield --experiment na64e-2022 --print")
    }
    var reader = CardReader(source: source, document: document)
    let experiment = reader.experiment(root)
    if let error = reader.error { throw error }
    guard let experiment else {
      throw source.error(at: .start, "the experiment is incomplete", why: "no yield follows", suggestion: "check it")
    }
    self = experiment
  }
}

extension CardReader {
  private static let experimentKeys = [
    "leptoscan_experiment", "name", "title", "evidence", "planned", "acceptance_accuracy", "confidence_level", "beam",
    "particles_on_target", "layers", "cuts", "efficiency",
    "observed",
    "background", "source", "citations", "assumed",
  ]

  /// The whole file, or the same as a part of a card; nil after a report.
  package mutating func experiment(_ root: CardNode) -> Experiment? {
    let example = "leptoscan_experiment: 1 and the other keys"
    guard let top = mapping(root, named: "the experiment", keys: CardReader.experimentKeys, example: example) else {
      return nil
    }
    requireExperimentKeys(top)
    let version = top["leptoscan_experiment"].map { self.version($0) }
    let name = top["name"].flatMap { self.name($0) }
    let title = top["title"].map { self.line($0, "title", "title: my experiment") } ?? name
    let beam = top["beam"].flatMap { self.beam($0) }
    let particles = top["particles_on_target"].flatMap {
      positive($0, named: "particles_on_target", example: "particles_on_target: 1e12")
    }
    let layers = top["layers"].flatMap { self.layers($0) }
    let cuts = top["cuts"].map { self.cuts($0, beam) } ?? SignalCuts()
    let efficiency = top["efficiency"].map { self.efficiency($0) } ?? Efficiency(1)
    let source = top["source"].flatMap { self.line($0, "source", "source: arXiv:1234.56789") }
    let citations = top["citations"].map { self.citations($0) } ?? []
    let assumptions = top["assumed"].map { self.assumptions($0) } ?? []
    let accuracy = top["acceptance_accuracy"].map {
      positive($0, named: "acceptance_accuracy", example: "acceptance_accuracy: 0.1", atMost: 10)
    }
    let level = top["confidence_level"].map { confidenceLevel($0) } ?? 0.9
    let evidence = self.evidence(top, assumed: (assumptions ?? []).map(\.key))
    let counting = self.counting(top, isPlanned: evidence == .projection)
    guard version != .some(false), let name, let title, let evidence, let level, accuracy != .some(nil), let beam,
      let particles, let layers, let cuts,
      let efficiency,
      let counting, let source, let citations, let assumptions
    else { return nil }
    return Experiment(
      name: name, title: title, evidence: evidence, acceptanceAccuracy: accuracy ?? nil, channel: beam.channel,
      beamEnergy: beam.energy,
      particlesOnTarget: particles,
      layers: layers, cuts: cuts, efficiency: efficiency, counting: counting,
      observesMedian: evidence == .projection && top["observed"] == nil, confidenceLevel: level, source: source,
      citations: citations,
      assumptions: assumptions)
  }

  private mutating func requireExperimentKeys(_ top: CardMapping) {
    let required = [
      ("leptoscan_experiment", "it names the version of the file", "leptoscan_experiment: \(Experiment.fileVersion)"),
      ("name", "outputs are named after it", "name: my-experiment"),
      ("beam", "the cross section depends on it", "beam: { lepton: electron, energy: 100 GeV }"),
      ("particles_on_target", "the signal is proportional to it", "particles_on_target: 1e12"),
      ("layers", "phi is produced in them", "layers: [{ material: Pb, thickness: 40 X0 }]"),
      ("source", "every number has a source", "source: arXiv:1234.56789, or who assumed them"),
    ]
    for (key, why, example) in required { requireKey(key, in: top, why: why, example: example) }
  }

  private mutating func version(_ node: CardNode) -> Bool {
    let example = "leptoscan_experiment: \(Experiment.fileVersion)"
    guard let text = text(node, named: "leptoscan_experiment", expected: "a version", example: example) else {
      return false
    }
    if Int(text) == Experiment.fileVersion { return true }
    report(
      at: node.position, "leptoscan_experiment is '\(text)'",
      why: "this leptoscan reads version \(Experiment.fileVersion)", suggestion: "write \(example), or update leptoscan"
    )
    return false
  }

  private mutating func name(_ node: CardNode) -> String? {
    guard let name = line(node, "name", "name: my-experiment") else { return nil }
    let allowed = name.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
    if Experiment.namesOfConstraints.contains(name) {
      report(
        at: node.position, "name is '\(name)'", why: "variables are named after it, and a constraint has this name",
        suggestion: "choose another name")
      return nil
    }
    if allowed, name.unicodeScalars.first.map({ ("a"..."z").contains($0) }) == true, name.count <= 40 { return name }
    report(
      at: node.position, "name is '\(name)'", why: "it becomes part of the names of variables",
      suggestion: "use up to 40 lower-case letters, digits and hyphens, a letter first")
    return nil
  }

  /// A probability that is one, and no percentage.
  package mutating func confidenceLevel(_ node: CardNode) -> Double? {
    let example = "confidence_level: 0.95"
    guard let text = text(node, named: "confidence_level", expected: "a probability", example: example) else {
      return nil
    }
    if let level = Double(text), level >= 0.5, level <= 0.999999 { return level }
    report(
      at: node.position, "confidence_level is '\(text)'", why: "a probability from 0.5 to 0.999999 is expected",
      suggestion: "write \(example)")
    return nil
  }

  /// A text of one line.
  package mutating func line(_ node: CardNode, _ key: String, _ example: String) -> String? {
    text(node, named: key, expected: "a text", example: example)
  }

  package mutating func citations(_ node: CardNode) -> [String]? {
    let keys = Bibliography.entries.map(\.key)
    guard let nodes = list(node, named: "citations", example: "citations: [\"\(keys[0])\"]") else { return nil }
    return nodes.compactMap {
      word($0, named: "citation", among: keys, why: "it is no key of leptoscan's bibliography")
    }
  }

  private mutating func assumptions(_ node: CardNode) -> [Experiment.Assumption]? {
    let keys = [
      "beam", "particles_on_target", "layers", "cuts", "efficiency", "acceptance_accuracy", "observed", "background",
    ]
    guard let block = mapping(node, named: "assumed", keys: keys, example: "assumed: { efficiency: none is known }")
    else { return nil }
    return keys.compactMap { key in
      block[key].flatMap { self.line($0, key, "\(key): why") }.map { Experiment.Assumption(key: key, reason: $0) }
    }
  }
}
