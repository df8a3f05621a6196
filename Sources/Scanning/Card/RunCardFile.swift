import Cards

/// A run card, and the files that it was read from.
public struct RunCardFile: Sendable {
  public let card: RunCard
  /// The card itself, and the list and the experiments that it names: what no output may replace.
  public let inputs: [String]

  /// Reads a card from a file.
  /// - Parameters:
  ///   - path: the file; messages name it so.
  ///   - knownObservables: the names that `observables` may list, in the order used if it is absent.
  /// - Throws: ``CardError`` with everything that is wrong.
  public init(contentsOf path: String, knownObservables: [String]) throws(CardError) {
    try self.init(CardSource(path: path, kind: "run card"), knownObservables)
  }

  /// Reads a card from the text of a file.
  /// - Parameter file: its path, which messages carry.
  public init(yaml: String, file: String, knownObservables: [String]) throws(CardError) {
    try self.init(bytes: Array(yaml.utf8), file: file, knownObservables: knownObservables)
  }

  init(bytes: [UInt8], file: String, knownObservables: [String]) throws(CardError) {
    try self.init(CardSource(bytes: bytes, file: file, kind: "run card"), knownObservables)
  }

  private init(_ source: CardSource, _ knownObservables: [String]) throws(CardError) {
    let document = try CardDocument(source)
    guard let root = document.root else {
      throw source.error(
        at: .start, "the card is empty", why: "a run card names the axes of a scan",
        suggestion: "start from Examples/first-light.yaml")
    }
    var reader = CardReader(source: source, document: document)
    let card = reader.card(root, knownObservables: knownObservables)
    if let error = reader.error { throw error }
    guard let card else {
      throw source.error(at: .start, "the card is incomplete", why: "no scan follows from it", suggestion: "check it")
    }
    self.card = card
    inputs = [source.file] + reader.files
  }
}
