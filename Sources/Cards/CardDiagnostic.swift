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
  public let diagnostics: [CardDiagnostic]
  /// The lines of the card, for excerpts; empty if the file could not be read.
  let lines: [String]

  /// Every diagnostic, each with the line of the card that it is about and a caret below the place.
  public var description: String {
    diagnostics.map { [$0.description, excerpt(at: $0.position)].compactMap(\.self).joined(separator: "\n") }
      .joined(separator: "\n")
  }

  private func excerpt(at position: CardPosition?) -> String? {
    guard let position, lines.indices.contains(position.line - 1) else { return nil }
    let line = lines[position.line - 1]
    if line.allSatisfy(\.isWhitespace) { return nil }
    // Tabs are kept in front of the caret, so that it stands right however wide the terminal shows them.
    let indent = line.unicodeScalars.prefix(position.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
    return "    \(line)\n    \(indent)^"
  }
}
