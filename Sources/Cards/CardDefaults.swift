import Yams

extension CardSource {
  /// The text with `line` as one more key of the card, if it has a key `present` and none named `absent`; else the text itself,
  /// as for a card that is no mapping or no YAML.
  ///
  /// The line comes last, so that everything keeps its place; in braces, as in JSON, it comes first, and on the line of the
  /// opening brace columns move.
  /// - Parameter line: `key: value`.
  package func text(adding line: String, whereKey present: String, standsWithout absent: String) -> String {
    guard case .mapping(let card)? = try? CardDocument(self).root?.node, let mark = card.mark else { return text }
    let keys = card.keys.compactMap(\.scalar?.string)
    guard keys.contains(present), !keys.contains(absent) else { return text }
    var lines = lines
    var first = lines.indices.contains(mark.line - 1) ? Array(lines[mark.line - 1].unicodeScalars) : []
    if first.indices.contains(mark.column - 1), first[mark.column - 1] == "{" {
      first.insert(contentsOf: "\(line), ".unicodeScalars, at: mark.column)
      lines[mark.line - 1] = String(String.UnicodeScalarView(first))
    } else {
      // Three dots end a document.
      let end = lines.lastIndex { $0.hasPrefix("...") } ?? lines.count
      lines.insert(String(repeating: " ", count: mark.column - 1) + line, at: end)
    }
    return lines.joined(separator: "\n")
  }
}
