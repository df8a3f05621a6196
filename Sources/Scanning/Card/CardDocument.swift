import Yams

/// A node of the card's YAML tree, with its place.
struct CardNode {
  let node: Node
  let position: CardPosition

  init(_ node: Node) {
    self.node = node
    position = node.mark.map { CardPosition(line: $0.line, column: $0.column) } ?? .start
  }

  /// What it is, in the words of messages.
  var kind: String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "'\(scalar.string)'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

/// The YAML tree of a card.
///
/// Yams refuses a mapping with a repeated key and tells only where the key stands first. To find every repetition, and
/// what else is wrong, the first occurrence is renamed to a private-use character and the text is composed again.
struct CardDocument {
  let root: CardNode?
  /// The keys that were renamed, by place.
  let renamedKeys: [CardPosition: String]

  private static let firstPrivateCharacter: UInt32 = 0xE000
  private static let mostRenamedKeys = 100

  init(_ source: CardSource) throws(CardError) {
    var lines = source.lines
    var renamed: [CardPosition: String] = [:]
    while true {
      do {
        root = try compose(yaml: lines.joined(separator: "\n")).map(CardNode.init)
        renamedKeys = renamed
        return
      } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
        let position = source.clamp(CardPosition(line: context.mark.line, column: context.mark.column))
        let key = duplicates.first ?? ""
        guard renamed.count < CardDocument.mostRenamedKeys,
          let line = CardDocument.rename(key, at: position, in: lines[position.line - 1], number: renamed.count)
        else { throw source.duplicateKey(key, at: position, first: position) }
        renamed[position] = key
        lines[position.line - 1] = line
      } catch {
        throw source.invalidYAML(error)
      }
    }
  }

  /// The line with the key at `position` changed, its length kept; nil if the key is not spelled there as it is read.
  private static func rename(_ key: String, at position: CardPosition, in line: String, number: Int) -> String? {
    var scalars = Array(line.unicodeScalars)
    var start = position.column - 1
    if start < scalars.count, "\"'".unicodeScalars.contains(scalars[start]) { start += 1 }
    guard !key.isEmpty, scalars.dropFirst(start).starts(with: key.unicodeScalars),
      let replacement = Unicode.Scalar(firstPrivateCharacter + UInt32(number))
    else { return nil }
    scalars[start] = replacement
    return String(String.UnicodeScalarView(scalars))
  }
}

extension CardSource {
  func duplicateKey(_ key: String, at position: CardPosition, first: CardPosition) -> CardError {
    error(
      at: position, "the key \(key) is given twice", why: "line \(first.line) has it already",
      suggestion: "remove one of the two")
  }

  /// Yams' error in the grammar of messages.
  fileprivate func invalidYAML(_ failure: any Error) -> CardError {
    let suggestion = "check brackets, quotes and indentation here"
    switch failure {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let why =
        context.map { "\($0.text) that starts at \($0.mark.line):\($0.mark.column)" } ?? "the parser stopped here"
      return error(
        at: CardPosition(line: mark.line, column: mark.column), "invalid YAML: \(problem)", why: why,
        suggestion: suggestion)
    default:
      return error(at: .start, "invalid YAML: \(failure)", why: "the parser stopped", suggestion: suggestion)
    }
  }
}
