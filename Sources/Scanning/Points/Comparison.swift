import Cards
import Constraints
import LeptonicPortal

/// What points are compared with, and how rates are computed, outside a run card: the keys `measurements`, `experiments`,
/// `constraints` and `treatment` of a card, with the same values.
public struct Comparison: Sendable {
  /// Nil where neither measurements nor experiments are named.
  public let constraints: ConstraintChoices?
  public let treatment: RelicChoices.Treatment
  /// The files of experiments: what no output may replace.
  public let inputs: [String]

  /// - Parameters:
  ///   - yaml: the keys, one a line; none is needed. Experiments in files are relative to the working directory.
  ///   - source: where the text comes from, for messages.
  /// - Throws: ``CardError``.
  public init(yaml: String, source: String, darkMatter: DarkMatter) throws(CardError) {
    let text = try CardSource(bytes: Array(yaml.utf8), file: source, kind: "text")
    let document = try CardDocument(text)
    guard let root = document.root else {
      constraints = nil
      treatment = .exact
      inputs = []
      return
    }
    var reader = CardReader(source: text, document: document)
    let comparison = reader.comparison(root, darkMatter)
    if let error = reader.error { throw error }
    (constraints, treatment) = comparison
    inputs = reader.files
  }

  /// The model with the constraints at the masses of a list.
  public func model(_ darkMatter: DarkMatter, annihilation: Annihilation, points: PointList) -> Model {
    let relic = RelicChoices(treatment: treatment.ofRelicDensity(darkMatter), annihilation: annihilation)
    let base = Model(darkMatter: darkMatter, relic: relic)
    guard let constraints, let masses = points.masses else { return base }
    return base.adding(ConstraintExtension(constraints, model: base, mPhi: masses).modelExtension)
  }
}

extension CardReader {
  fileprivate mutating func comparison(
    _ root: CardNode, _ darkMatter: DarkMatter
  ) -> (ConstraintChoices?, RelicChoices.Treatment) {
    guard let top = mapping(root, named: "the text", keys: CardReader.constraintKeys, example: "measurements: 2025")
    else { return (nil, .exact) }
    let treatment = treatment(top) ?? .exact
    return (constraintChoices(top, darkMatter, treatment)?.flatMap(\.self), treatment)
  }
}

extension RelicChoices.Treatment {
  /// That of the relic density where nothing else is asked for: the paper has no estimate for scalars.
  func ofRelicDensity(_ darkMatter: DarkMatter?) -> RelicChoices.Treatment { darkMatter == .scalar ? .exact : self }
}
