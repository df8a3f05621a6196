import Yams

/// Walks the tree of a card, a YAML file with known keys, and collects everything wrong with it.
package struct CardReader {
  package let source: CardSource
  package let renamedKeys: [CardPosition: String]
  package private(set) var diagnostics: [CardDiagnostic] = []
  /// Mistakes that are only counted.
  private var unlisted = 0
  /// The files that the card names, as they are found from the working directory.
  package private(set) var files: [String] = []

  package init(source: CardSource, document: CardDocument) {
    self.source = source
    renamedKeys = document.renamedKeys
  }

  /// The path of a file that the card names, which is relative to the card's folder; remembered in ``files``.
  @discardableResult
  package mutating func file(named name: String) -> String {
    let folder = source.file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let path = name.hasPrefix("/") || folder.isEmpty ? name : "\(folder)/\(name)"
    files.append(path)
    return path
  }

  package mutating func report(at position: CardPosition, _ problem: String, why: String, suggestion: String) {
    if isFull {
      unlisted += 1
      return
    }
    diagnostics.append(
      CardDiagnostic(
        file: source.file, position: source.clamp(position), problem: printable(problem), why: printable(why),
        suggestion: suggestion))
  }

  /// Whether further mistakes are only counted, so that a file of mistakes takes no long time.
  private var isFull: Bool { diagnostics.count >= 1000 }

  /// What was collected, in the order of the file; nil if nothing is wrong.
  package var error: CardError? {
    if diagnostics.isEmpty { return nil }
    let sorted = diagnostics.enumerated().sorted {
      ($0.element.position ?? .start, $0.offset) < ($1.element.position ?? .start, $1.offset)
    }
    return CardError(diagnostics: sorted.map(\.element), unlisted: unlisted, lines: source.lines)
  }

  /// The entries of a mapping. Reports another kind of node, and keys that are unknown or repeated.
  /// - Parameters:
  ///   - name: what the mapping is called in messages.
  ///   - example: how to write it.
  package mutating func mapping(_ node: CardNode, named name: String, keys: [String], example: String) -> CardMapping? {
    guard case .mapping(let mapping) = node.node else {
      report(
        at: node.position, "\(name) is \(node.kind)", why: "a mapping of keys to values is expected",
        suggestion: "write \(example)")
      return nil
    }
    var entries: [String: CardNode] = [:]
    var lines: [String: CardPosition] = [:]
    var misspelt: Set<String> = []
    for (keyNode, value) in mapping {
      let position = CardNode(keyNode).position
      guard let key = key(keyNode, of: name, among: keys) else {
        if !isFull, let meant = keyNode.scalar.flatMap({ nearest(to: $0.string, among: keys) }) {
          misspelt.insert(meant)
        }
        continue
      }
      if let first = lines[key] {
        report(
          at: position, "the key \(key) is given twice", why: "line \(first.line) has it already",
          suggestion: "remove one of the two")
      } else {
        lines[key] = position
        entries[key] = CardNode(value)
      }
    }
    return CardMapping(position: node.position, keys: lines, entries: entries, misspelt: misspelt)
  }

  private mutating func key(_ node: Node, of name: String, among keys: [String]) -> String? {
    let position = CardNode(node).position
    guard let scalar = node.scalar else {
      report(
        at: position, "a key of \(name) is \(CardNode(node).kind)", why: "keys are words",
        suggestion: choice(of: keys, insteadOf: ""))
      return nil
    }
    let key = renamedKeys[position] ?? scalar.string
    if keys.contains(key) { return key }
    report(
      at: position, "unknown key '\(key)' in \(name)", why: "it would have no effect",
      suggestion: isFull ? "" : choice(of: keys, insteadOf: key))
    return nil
  }

  /// The text of a scalar; reports another kind of node, and an empty one.
  package mutating func text(_ node: CardNode, named name: String, expected: String, example: String) -> String? {
    if case .scalar(let scalar) = node.node, !scalar.string.isEmpty { return scalar.string }
    report(
      at: node.position, "\(name) is \(node.kind)", why: "\(expected) is expected", suggestion: "write \(example)")
    return nil
  }

  /// One of some words.
  /// - Parameter why: what the message of an unknown one gives as the reason.
  package mutating func word(_ node: CardNode, named name: String, among words: [String], why: String) -> String? {
    let meant = node.onlyElement.flatMap { words.contains($0) ? $0 : nil } ?? words[0]
    let example = "\(name): \(meant)"
    guard let word = text(node, named: name, expected: "one word", example: example) else { return nil }
    if words.contains(word) { return word }
    report(
      at: node.position, "unknown \(name) '\(word)'", why: why,
      suggestion: isFull ? "" : choice(of: words, insteadOf: word))
    return nil
  }

  /// Reports a key that is missing from a mapping.
  package mutating func requireKey(_ key: String, in mapping: CardMapping, why: String, example: String) {
    guard mapping.lacks(key) else { return }
    report(at: mapping.position, "\(key) is missing", why: why, suggestion: "add \(example)")
  }

  /// The nodes of a list that is not empty.
  package mutating func list(_ node: CardNode, named name: String, example: String) -> [CardNode]? {
    guard case .sequence(let sequence) = node.node else {
      report(at: node.position, "\(name) is \(node.kind)", why: "a list is expected", suggestion: "write \(example)")
      return nil
    }
    if sequence.isEmpty {
      report(
        at: node.position, "\(name) is an empty list", why: "nothing would be computed", suggestion: "write \(example)")
      return nil
    }
    return sequence.map(CardNode.init)
  }
}

/// A mapping of a card whose keys have been checked.
package struct CardMapping {
  package let position: CardPosition
  /// Where each key stands.
  package let keys: [String: CardPosition]
  package let entries: [String: CardNode]
  /// Keys that a misspelt one most likely meant; that they are missing needs no message of its own.
  package let misspelt: Set<String>

  package subscript(key: String) -> CardNode? { entries[key] }

  package func lacks(_ key: String) -> Bool { entries[key] == nil && !misspelt.contains(key) }
}
