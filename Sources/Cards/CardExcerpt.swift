/// A line of a card, or what of a long one is near a place, and a caret below the place.
struct CardExcerpt {
  let text: String

  /// A line of a terminal has about as many characters.
  private static let mostScalars = 120
  private static let dots = "..."

  /// Nil for a blank line.
  init?(of line: String, column: Int) {
    if line.allSatisfy(\.isWhitespace) { return nil }
    let scalars = line.unicodeScalars
    let window = CardExcerpt.window(around: column - 1, of: scalars.count)
    let (start, length) = (window.lowerBound, window.count)
    var shown = start > 0 ? CardExcerpt.dots : ""
    var indent = start > 0 ? "   " : ""
    for (index, scalar) in scalars.dropFirst(start).prefix(length).enumerated() {
      // Tabs are kept in front of the caret, so that it stands right however wide the terminal shows them.
      let piece = scalar == "\t" ? "\t" : escaped(scalar)
      shown += piece
      if start + index < column - 1 {
        indent += scalar == "\t" ? "\t" : String(repeating: " ", count: piece.unicodeScalars.count)
      }
    }
    if window.upperBound < scalars.count { shown += CardExcerpt.dots }
    text = "    \(shown)\n    \(indent)^"
  }

  /// What is shown of a line with `count` characters.
  private static func window(around place: Int, of count: Int) -> Range<Int> {
    if count <= mostScalars { return 0..<count }
    let length = mostScalars - 2 * dots.count
    let start = min(max(0, place - length / 2), count - length)
    return start..<start + length
  }
}
