/// A stretch of a CSV file: a line, or a field of one.
struct CSVRow {
  private let bytes: UnsafeRawBufferPointer
  /// Where the line begins.
  private let start: Int
  private let range: Range<Int>
  /// Where the next line begins; beyond the end of the file after the last one.
  let nextLine: Int

  /// The line from `start` on. It ends as on Unix (LF), Windows (CR LF) or old Macs (CR).
  init(lineOf bytes: UnsafeRawBufferPointer, from start: Int) {
    let end = bytes[start...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? bytes.count
    let isPair = end + 1 < bytes.count && bytes[end] == 0x0d && bytes[end + 1] == 0x0a
    self.init(bytes: bytes, start: start, range: start..<end, nextLine: end + (isPair ? 2 : 1))
  }

  /// - Parameter range: cut to what is between spaces.
  private init(bytes: UnsafeRawBufferPointer, start: Int, range: Range<Int>, nextLine: Int) {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, CSVRow.isSpace(bytes[lower]) { lower += 1 }
    while lower < upper, CSVRow.isSpace(bytes[upper - 1]) { upper -= 1 }
    (self.bytes, self.start, self.range, self.nextLine) = (bytes, start, lower..<upper, nextLine)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

  var isEmpty: Bool { range.isEmpty }
  var isComment: Bool { bytes[range.lowerBound] == UInt8(ascii: "#") }
  /// What follows the sign of a comment.
  var comment: CSVRow {
    let start = bytes[range].firstIndex { $0 != UInt8(ascii: "#") } ?? range.upperBound
    return CSVRow(bytes: bytes, start: self.start, range: start..<range.upperBound, nextLine: nextLine)
  }
  /// As it stands in the file, quotes and all.
  var rawText: String { String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self) }
  /// Counted from 1.
  var column: Int { range.lowerBound - start + 1 }

  /// Without the double quotes around it.
  var text: String {
    let quote = UInt8(ascii: "\"")
    let isQuoted = range.count > 1 && bytes[range.lowerBound] == quote && bytes[range.upperBound - 1] == quote
    let inner = isQuoted ? range.lowerBound + 1..<range.upperBound - 1 : range
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[inner]), as: UTF8.self)
  }

  /// What stands between commas, those in double quotes aside.
  var fields: some Sequence<CSVRow> {
    sequence(state: range.lowerBound as Int?) { next -> CSVRow? in
      guard let from = next else { return nil }
      let comma = comma(after: from)
      next = comma.map { $0 + 1 }
      return CSVRow(bytes: bytes, start: start, range: from..<(comma ?? range.upperBound), nextLine: nextLine)
    }
  }

  private func comma(after start: Int) -> Int? {
    var place = start
    while place < range.upperBound, CSVRow.isSpace(bytes[place]) { place += 1 }
    if place < range.upperBound, bytes[place] == UInt8(ascii: "\"") {
      place = endOfQuotes(from: place)
    }
    return bytes[place..<range.upperBound].firstIndex(of: UInt8(ascii: ","))
  }

  /// The place of the quote that closes the one at `start`: two in a row stand for one inside.
  private func endOfQuotes(from start: Int) -> Int {
    let quote = UInt8(ascii: "\"")
    var place = start + 1
    while let next = bytes[place..<range.upperBound].firstIndex(of: quote) {
      if next + 1 >= range.upperBound || bytes[next + 1] != quote { return next }
      place = next + 2
    }
    return range.upperBound
  }

  /// What separates names in a text where no comma does, in words; nil if nothing known does.
  static func separator(of text: String, between names: [String]) -> String? {
    let separators: [(Character, String)] = [(";", "semicolons"), ("\t", "tabs"), (" ", "spaces")]
    return separators.first { separator, _ in
      let parts = text.split(separator: separator)
      return parts.count { part in names.contains(String(part)) } > 1
    }?.1
  }
}
