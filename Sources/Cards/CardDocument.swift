import Yams

/// A node of the card's YAML tree, with its place.
package struct CardNode {
  package let node: Node
  package let position: CardPosition

  package init(_ node: Node) {
    self.node = node
    position = node.mark.map { CardPosition($0) } ?? .start
  }

  /// What it is, in the words of messages.
  package var kind: String {
    switch node {
    case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "'\(scalar.string)'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  /// The text of the only element of a list.
  var onlyElement: String? {
    guard case .sequence(let sequence) = node, sequence.count == 1 else { return nil }
    return sequence.first?.scalar?.string
  }
}

/// The YAML tree of a card.
///
/// Yams refuses a mapping with a repeated key and tells only where the key stands first. To find every repetition, and
/// what else is wrong, the first occurrence is renamed to a private-use character and the text is composed again.
package struct CardDocument {
  package let root: CardNode?
  /// The keys that were renamed, by place.
  package let renamedKeys: [CardPosition: String]

  private static let firstPrivateCharacter: UInt32 = 0xE000
  private static let mostRenamedKeys = 100
  /// Bytes that are parsed again for repeated keys: of a long card fewer of them are found.
  private static let mostParsedBytes = 1 << 22

  package init(_ source: CardSource) throws(CardError) {
    var lines = source.lines
    var renamed: [CardPosition: String] = [:]
    let mostRenamed = min(CardDocument.mostRenamedKeys, CardDocument.mostParsedBytes / max(1, source.text.utf8.count))
    while true {
      do {
        root = try compose(yaml: lines.joined(separator: "\n")).map(CardNode.init)
        renamedKeys = renamed
        return
      } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
        let position = source.clamp(CardPosition(context.mark))
        let key = duplicates.first ?? ""
        guard renamed.count < mostRenamed,
          let line = CardDocument.rename(key, at: position, in: lines[position.line - 1], number: renamed.count)
        else { throw source.repeatedKey(at: position) }
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
  fileprivate func repeatedKey(at position: CardPosition) -> CardError {
    error(
      at: position, "the key here is given more than once", why: "the keys of a mapping are unique",
      suggestion: "keep one of them")
  }

  /// Yams' error in the grammar of messages.
  fileprivate func invalidYAML(_ failure: any Error) -> CardError {
    switch failure {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _):
      let why = context.map { "\($0.text) that starts at line \(clamp(CardPosition($0.mark)).line)" }
      return invalidYAML(at: CardPosition(mark), problem, why: why ?? "the parser stopped here")
    case YamlError.composer(let context, let problem, let mark, _):
      return invalidYAML(at: CardPosition(mark), problem, why: context?.text ?? "the parser stopped here")
    default:
      return invalidYAML(at: .start, "\(failure)", why: "the parser stopped")
    }
  }

  private func invalidYAML(at position: CardPosition, _ problem: String, why: String) -> CardError {
    error(
      at: position, "invalid YAML: \(problem)", why: why, suggestion: "check brackets, quotes and indentation here")
  }
}

extension CardPosition {
  fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
