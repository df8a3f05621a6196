/// A place in a card; line and column count from 1, columns in Unicode scalars.
public struct CardPosition: Sendable, Hashable, Comparable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static let start = CardPosition(line: 1, column: 1)

  public static func < (left: CardPosition, right: CardPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// One thing wrong with a card, and what to do about it.
public struct CardDiagnostic: Sendable, Hashable, CustomStringConvertible {
  public let file: String
  /// Nil if the file could not be read at all.
  public let position: CardPosition?
  public let problem: String
  public let why: String
  public let suggestion: String

  public var line: Int? { position?.line }
  public var column: Int? { position?.column }

  /// `PROBLEM (WHY) SUGGESTION`
  public var message: String { "\(problem) (\(why)) \(suggestion)" }

  /// `FILE:LINE:COLUMN: PROBLEM (WHY) SUGGESTION`
  public var description: String {
    guard let position else { return "\(file): \(message)" }
    return "\(file):\(position.line):\(position.column): \(message)"
  }
}

/// Everything found wrong with a card, in the order of the file.
public struct CardError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Of a card with more than a thousand mistakes, those that were found first.
  public let diagnostics: [CardDiagnostic]
  /// Mistakes beyond ``diagnostics``.
  public let unlisted: Int
  /// The lines of the card, for excerpts; empty if the file could not be read.
  let lines: [String]

  /// More than these help nobody.
  static let mostShown = 50

  init(diagnostics: [CardDiagnostic], unlisted: Int = 0, lines: [String]) {
    (self.diagnostics, self.unlisted, self.lines) = (diagnostics, unlisted, lines)
  }

  /// The first diagnostics, each with the line of the card that it is about and a caret below the place.
  public var description: String {
    let shown = diagnostics.prefix(CardError.mostShown)
    var texts = shown.map { [$0.description, excerpt(at: $0.position)].compactMap(\.self).joined(separator: "\n") }
    let others = diagnostics.count - shown.count + unlisted
    if others > 0 {
      texts.append("\(diagnostics[0].file): \(others) more mistakes (the first \(shown.count) are shown) correct these")
    }
    return texts.joined(separator: "\n")
  }

  /// The first diagnostic, and how many there are besides, in one line.
  public var summary: String {
    let others = diagnostics.count - 1 + unlisted
    return (diagnostics.first?.description ?? "") + (others > 0 ? "; \(others) more in the file" : "")
  }

  private func excerpt(at position: CardPosition?) -> String? {
    guard let position, lines.indices.contains(position.line - 1) else { return nil }
    return CardExcerpt(of: lines[position.line - 1], column: position.column)?.text
  }
}
