import Cards
import Experiments
import LeptonicPortal

extension MeasurementSet {
  /// The newest version of files of measurements that this program reads.
  public static let fileVersion = 1

  /// Reads measurements from a YAML file.
  /// - Throws: `CardError` with everything that is wrong.
  package static func measurements(contentsOf path: String) throws(CardError) -> [Measurement] {
    try measurements(CardSource(path: path, kind: "file of measurements"))
  }

  /// Reads them from YAML text.
  /// - Parameter file: the name that messages carry.
  public static func measurements(yaml: String, file: String) throws(CardError) -> [Measurement] {
    try measurements(CardSource(bytes: Array(yaml.utf8), file: file, kind: "file of measurements"))
  }

  private static func measurements(_ source: CardSource) throws(CardError) -> [Measurement] {
    let document = try CardDocument(source)
    guard let root = document.root else {
      throw source.error(
        at: .start, "the file of measurements is empty", why: "it lists measurements",
        suggestion: "begin with leptoscan_measurements: 1 (docs/constraints.md)")
    }
    var reader = CardReader(source: source, document: document)
    let measurements = reader.measurementFile(root)
    if let error = reader.error { throw error }
    return measurements ?? []
  }
}

extension CardReader {
  fileprivate mutating func measurementFile(_ root: CardNode) -> [Measurement]? {
    let keys = ["leptoscan_measurements", "measurements"]
    let version = "leptoscan_measurements: \(MeasurementSet.fileVersion)"
    guard let top = mapping(root, named: "the file", keys: keys, example: version) else { return nil }
    requireKey(keys[0], in: top, why: "it names the version of the file", example: version)
    requireKey(keys[1], in: top, why: "the file is a list of them", example: "measurements: [{ name: mine, ... }]")
    if let node = top[keys[0]], let text = text(node, named: keys[0], expected: "a version", example: version),
      Int(text) != MeasurementSet.fileVersion
    {
      report(
        at: node.position, "leptoscan_measurements is '\(text)'",
        why: "this leptoscan reads version \(MeasurementSet.fileVersion)",
        suggestion: "write \(version), or update leptoscan")
    }
    guard let nodes = top[keys[1]].flatMap({ list($0, named: keys[1], example: "measurements: [{ name: mine, ... }]") })
    else { return nil }
    return nodes.compactMap { measurement($0) }
  }

  /// One measurement, in a file or a card; nil after a report.
  package mutating func measurement(_ node: CardNode) -> Measurement? {
    let keys = [
      "name", "what", "value", "uncertainty", "upper_limit", "confidence_level", "normalization", "m_phi", "source",
      "citations", "evidence", "acceptance_accuracy",
    ]
    let example = "{ name: mine, what: delta_a_mu, value: 1e-9, uncertainty: 2e-10, source: me, evidence: measured }"
    guard let block = mapping(node, named: "a measurement", keys: keys, example: example) else { return nil }
    for (key, why, example) in [
      ("name", "variables are named after it", "name: my_limit"),
      ("what", "it says which observable was measured", "what: br_mu_e_phi"),
      ("source", "every number has a source", "source: arXiv:1234.56789"),
      ("evidence", "it says whether the measurement excludes points, or would", "evidence: measured"),
    ] { requireKey(key, in: block, why: why, example: example) }
    let name = block["name"].flatMap { measurementName($0) }
    let what = block["what"].flatMap {
      word($0, named: "what", among: Model.observableNames, why: "it is no observable")
    }
    let result = measurementResult(block)
    let range = block["m_phi"].map { massRange($0) }
    let normalization = block["normalization"].map {
      positive($0, named: "normalization", example: "normalization: 0.0336")
    }
    let source = block["source"].flatMap { line($0, "source", "source: arXiv:1234.56789") }
    let citations = block["citations"].map { self.citations($0) } ?? []
    let accuracy = block["acceptance_accuracy"].map {
      positive($0, named: "acceptance_accuracy", example: "acceptance_accuracy: 0.1", atMost: 10)
    }
    let evidence = block["evidence"].flatMap {
      measurementEvidence($0, hasAccuracy: block["acceptance_accuracy"] != nil)
    }
    guard let name, let what, let result, range != .some(nil), normalization != .some(nil), let source, let citations,
      accuracy != .some(nil), let evidence
    else { return nil }
    return Measurement(
      name, of: what, result, units: Model(darkMatter: .fermion).observables.first { $0.name == what }?.units ?? "1",
      normalization: (normalization ?? nil) ?? 1, mPhiRange: range ?? nil, citations: citations, reference: source,
      evidence: evidence, acceptanceAccuracy: accuracy ?? nil)
  }

  private mutating func measurementEvidence(_ node: CardNode, hasAccuracy: Bool) -> Evidence? {
    let words = Evidence.allCases.map(\.rawValue)
    let why = "it says whether a measurement excludes points, or would"
    guard let evidence = word(node, named: "evidence", among: words, why: why).flatMap(Evidence.init) else {
      return nil
    }
    if evidence == .recast, !hasAccuracy {
      report(
        at: node.position, "evidence is recast and acceptance_accuracy is missing",
        why: "a recast holds as well as its acceptance is known",
        suggestion: "add acceptance_accuracy: 0.1 for 10 %, or write evidence: hypothetical")
      return nil
    }
    return evidence
  }

  private mutating func measurementName(_ node: CardNode) -> String? {
    guard let name = line(node, "name", "name: my_limit") else { return nil }
    let isAllowed = name.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
    let hyphenated = String(name.map { $0 == "_" ? "-" : $0 })
    if Experiment.namesOfConstraints.contains(hyphenated) {
      report(
        at: node.position, "name is '\(name)'", why: "a measurement of leptoscan has this name",
        suggestion: "choose another name")
      return nil
    }
    if isAllowed, name.unicodeScalars.first.map({ ("a"..."z").contains($0) }) == true, name.count <= 40 { return name }
    report(
      at: node.position, "name is '\(name)'", why: "it becomes part of the names of variables",
      suggestion: "use up to 40 lower-case letters, digits and underscores, a letter first")
    return nil
  }
}
