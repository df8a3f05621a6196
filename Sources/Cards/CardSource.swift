import Foundation

/// The text of a card, known to be what a YAML parser may be given.
package struct CardSource {
  /// What the file is, in messages: `run card`.
  let kind: String
  /// The name that messages carry.
  package let file: String
  package let text: String
  package let lines: [String]
  /// The Unicode scalars of each line, counted once for all messages.
  private let widths: [Int]
  /// The last line, from 1, that is not blank.
  private let lastLine: Int

  /// Far above any card that a person writes; keeps a wrong file name from filling memory.
  package static let mostBytes = 1 << 20

  /// - Throws: ``CardError`` if the file cannot be opened or read.
  package init(path: String, kind: String) throws(CardError) {
    guard let stream = fopen(path, "rb") else {
      throw CardSource.unreadable(path, kind, call: "fopen", suggestion: "check the path")
    }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: CardSource.mostBytes + 1)
    // What is no text shows in the first bytes, before a device fills the rest.
    var count = 0
    for part in [CardSource.firstBytes, bytes.count - CardSource.firstBytes] {
      count += bytes.withUnsafeMutableBytes {
        fread(UnsafeMutableRawBufferPointer(rebasing: $0[count...]).baseAddress, 1, part, stream)
      }
      guard ferror(stream) == 0 else {
        throw CardSource.unreadable(path, kind, call: "fread", suggestion: "give the path of a readable YAML file")
      }
      if let found = CardSource.otherFormat(of: bytes.prefix(min(count, CardSource.firstBytes))) {
        throw CardSource.noCard(path, "the \(kind) is \(found)", kind)
      }
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
    widths = lines.map(\.unicodeScalars.count)
    lastLine = (lines.lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? 0) + 1
    if bytes.count > CardSource.mostBytes {
      throw CardSource.noCard(file, "the file is larger than 1 MiB", kind, at: .start)
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
      file: file, position: clamp(position), problem: printable(problem), why: printable(why), suggestion: suggestion)
    return CardError(diagnostics: [diagnostic], lines: lines)
  }

  /// The nearest place inside the text: what a parser misses at the end of the file is missed after the last word.
  package func clamp(_ position: CardPosition) -> CardPosition {
    let line = min(max(position.line, 1), lastLine)
    let end = widths[line - 1] + 1
    return CardPosition(line: line, column: position.line > lastLine ? end : min(max(position.column, 1), end))
  }

  private static func unreadable(_ path: String, _ kind: String, call: String, suggestion: String) -> CardError {
    let reason = String(cString: strerror(errno))
    let diagnostic = CardDiagnostic(
      file: path, position: nil, problem: "the \(kind) cannot be read", why: "\(call): \(reason)",
      suggestion: suggestion)
    return CardError(diagnostics: [diagnostic], lines: [])
  }
}

/// Files that are no cards at all, which get one line without an excerpt.
extension CardSource {
  /// As many bytes tell text from other files.
  private static let firstBytes = 4096

  /// What a file is that begins with these bytes, in words; nil if it may be text.
  private static func otherFormat(of bytes: ArraySlice<UInt8>) -> String? {
    if bytes.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]) { return "an HDF5 file" }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { return "in UTF-16, not in UTF-8" }
    // A single zero byte is rather a slip, which has its place.
    return bytes.count { $0 == 0 } > bytes.count / 64 ? "no text" : nil
  }

  private static func noCard(_ file: String, _ problem: String, _ kind: String, at position: CardPosition? = nil)
    -> CardError
  {
    let diagnostic = CardDiagnostic(
      file: file, position: position, problem: problem, why: "a \(kind) is a page of text",
      suggestion: "check that this is a \(kind)")
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
