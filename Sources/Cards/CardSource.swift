import Foundation

/// The text of a card, known to be what a YAML parser may be given.
package struct CardSource {
  /// What the file is, in messages: `run card`.
  let kind: String
  /// The name that messages carry.
  package let file: String
  package let text: String
  package let lines: [String]

  /// Far above any card that a person writes; keeps a wrong file name from filling memory.
  package static let mostBytes = 1 << 20

  /// - Throws: ``CardError`` if the file cannot be opened or read.
  package init(path: String, kind: String) throws(CardError) {
    guard let stream = fopen(path, "rb") else {
      throw CardSource.unreadable(path, kind, call: "fopen", suggestion: "check the path")
    }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: CardSource.mostBytes + 1)
    let count = fread(&bytes, 1, bytes.count, stream)
    guard ferror(stream) == 0 else {
      throw CardSource.unreadable(path, kind, call: "fread", suggestion: "give the path of a readable YAML file")
    }
    try self.init(bytes: bytes.prefix(count), file: path, kind: kind)
  }

  /// - Throws: ``CardError`` for bytes that are not UTF-8 and characters that YAML excludes.
  package init(bytes: some Collection<UInt8>, file: String, kind: String) throws(CardError) {
    let decoded = String(decoding: bytes, as: UTF8.self)
    let withoutMark = decoded.unicodeScalars.first == "\u{FEFF}" ? String(decoded.unicodeScalars.dropFirst()) : decoded
    self.kind = kind
    self.file = file
    text = withoutMark
    lines = CardSource.splitLines(withoutMark)
    if bytes.count > CardSource.mostBytes {
      throw error(
        at: .start, "the file is larger than 1 MiB", why: "a \(kind) is a page of text",
        suggestion: "check that this is a \(kind)")
    }
    if !decoded.utf8.elementsEqual(bytes) {
      throw error(
        at: CardSource.firstInvalidByte(in: bytes), "the file is not UTF-8",
        why: "a \(kind) is UTF-8 text; the byte here belongs to no character",
        suggestion: "save the file as UTF-8")
    }
    if let (position, scalar) = CardSource.firstExcludedCharacter(in: lines) {
      throw error(
        at: position, "the file contains the control character \(scalar)", why: "YAML excludes it",
        suggestion: "remove the character")
    }
  }

  /// An error with one diagnostic.
  package func error(at position: CardPosition, _ problem: String, why: String, suggestion: String) -> CardError {
    let diagnostic = CardDiagnostic(
      file: file, position: clamp(position), problem: problem, why: why, suggestion: suggestion)
    return CardError(diagnostics: [diagnostic], lines: lines)
  }

  /// The nearest place inside the text: what a parser misses at the end of the file is missed after the last word.
  package func clamp(_ position: CardPosition) -> CardPosition {
    let last = (lines.lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? 0) + 1
    let line = min(max(position.line, 1), last)
    let width = lines[line - 1].unicodeScalars.count
    return CardPosition(line: line, column: position.line > last ? width + 1 : min(max(position.column, 1), width + 1))
  }

  private static func unreadable(_ path: String, _ kind: String, call: String, suggestion: String) -> CardError {
    let reason = String(cString: strerror(errno))
    let diagnostic = CardDiagnostic(
      file: path, position: nil, problem: "the \(kind) cannot be read", why: "\(call): \(reason)",
      suggestion: suggestion)
    return CardError(diagnostics: [diagnostic], lines: [])
  }
}

extension CardSource {
  /// Lines as YAML 1.1 counts them: CR, LF, CR LF, NEL, LS and PS each end one. Never empty.
  static func splitLines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      if scalar == "\n" && previous == "\r" { continue }
      if ["\r", "\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) {
        lines.append(String(line))
        line = .init()
      } else {
        line.append(scalar)
      }
    }
    return lines + [String(line)]
  }

  private static func firstInvalidByte(in bytes: some Collection<UInt8>) -> CardPosition {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = String.UnicodeScalarView()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid.append(scalar) }
    let lines = splitLines(String(valid))
    return CardPosition(line: lines.count, column: lines[lines.count - 1].unicodeScalars.count + 1)
  }

  private static func firstExcludedCharacter(in lines: [String]) -> (CardPosition, String)? {
    for (line, text) in lines.enumerated() {
      for (column, scalar) in text.unicodeScalars.enumerated() where !isAllowed(scalar) {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
        return (CardPosition(line: line + 1, column: column + 1), name)
      }
    }
    return nil
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
