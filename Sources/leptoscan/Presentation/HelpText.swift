import Foundation

/// The argument parser's help, made to fit: examples stay whole, so that they can be copied, and everything else is broken
/// between words, usage lines too, which the parser leaves long.
enum HelpText {
  /// Lines that the parser is asked for: none is broken.
  static let unbroken = 100_000
  private static let widest = 80
  private static let narrowest = 40
  /// Where the parser begins what it says of an option.
  private static let descriptions = 26

  /// Columns of the terminal up to 80; the same where there is none.
  static var columns: Int {
    var size = winsize()
    let isKnown = [STDOUT_FILENO, STDERR_FILENO].contains { ioctl($0, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 }
    return isKnown ? min(widest, max(narrowest, Int(size.ws_col))) : widest
  }

  /// - Parameter text: help, or an error with a usage line, none of whose lines was broken.
  static func fitted(_ text: String, columns: Int = columns) -> String {
    var isBelowUsage = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let isUsage = line.hasPrefix("USAGE: ") || line.hasPrefix("Usage: ")
      defer { isBelowUsage = isBelowUsage || isUsage }
      if line.count <= columns { return String(line) }
      if isUsage { return broken(usageWords(line), columns: columns, indent: "USAGE: ".count) }
      if !line.hasPrefix(" ") { return broken(line.split(separator: " "), columns: columns, indent: 0) }
      return isBelowUsage ? brokenOption(line, columns: columns) : String(line)
    }
    return lines.joined(separator: "\n")
  }

  /// An option with its label, or what is said of one whose label takes a line.
  private static func brokenOption(_ line: Substring, columns: Int) -> String {
    let label = line.prefix(descriptions)
    let words = line.dropFirst(descriptions).split(separator: " ")
    let text = broken(words, columns: columns - descriptions, indent: 0)
    return label + text.replacing("\n", with: "\n" + String(repeating: " ", count: descriptions))
  }

  private static func broken(_ words: [Substring], columns: Int, indent: Int) -> String {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + 1 + word.count <= columns {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append((lines.isEmpty ? "" : String(repeating: " ", count: indent)) + word)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The words of a usage line; an option stays with its value, and brackets whole.
  private static func usageWords(_ line: Substring) -> [Substring] {
    var words: [Substring] = []
    for word in line.split(separator: " ") {
      guard let last = words.last else {
        words.append(word)
        continue
      }
      let isValue = word.hasPrefix("<") && last.hasPrefix("-") && !last.contains("<")
      let isInBrackets = last.contains("[") && !last.contains("]")
      if isValue || isInBrackets || word == "..." {
        words[words.count - 1] = line[last.startIndex..<word.endIndex]
      } else {
        words.append(word)
      }
    }
    return words
  }
}
