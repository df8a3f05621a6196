import Cards
import Foundation
import Scanning
import Testing

@Suite("Messages about run cards")
struct CardMessageTests {
  @Test(arguments: badCards)
  func everyMistakeIsNamed(_ bad: BadCard) {
    #expect(messages(bad.yaml) == bad.messages)
  }

  @Test func descriptionPointsIntoTheLine() {
    let error = #expect(throws: CardError.self) { try readCard(card(mPhi: "{ from: 1, to:\t10 Gev, points: 5 }")) }
    #expect(
      error?.description == """
        card.yaml:3:25: m_phi to has the unknown unit 'Gev' (an energy is expected) did you mean 'GeV'?
              m_phi: { from: 1, to:\t10 Gev, points: 5 }
                                   \t^
        """)
  }

  @Test func bytesThatAreNotUTF8() {
    let error = #expect(throws: CardError.self) {
      try RunCard(
        bytes: Array("leptoscan: 1\n# Fig\u{FC}re ".utf8) + [0xFC, 0x72], file: "card.yaml", knownObservables: [])
    }
    #expect(
      error?.diagnostics.map(\.description) == [
        "card.yaml:2:10: the file is not UTF-8 (a run card is UTF-8 text; the byte here belongs to no character) save the file as UTF-8"
      ])
  }

  @Test func fileThatDoesNotExist() {
    let error = #expect(throws: CardError.self) {
      try RunCardFile(contentsOf: "no/such.yaml", knownObservables: []).card
    }
    #expect(
      error?.description
        == "no/such.yaml: the run card cannot be read (fopen: No such file or directory) check the path")
  }

  @Test func directoryInsteadOfAFile() {
    let error = #expect(throws: CardError.self) { try RunCardFile(contentsOf: "/", knownObservables: []).card }
    #expect(
      error?.description
        == "/: the run card cannot be read (fread: Is a directory) give the path of a readable YAML file")
  }

  @Test func fileFarTooLarge() {
    let bytes = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
    let error = #expect(throws: CardError.self) { try RunCard(bytes: bytes, file: "card.yaml", knownObservables: []) }
    #expect(
      error?.diagnostics.map(\.description) == [
        "card.yaml:1:1: the file is larger than 1 MiB (a run card is a page of text) check that this is a run card"
      ])
  }

  @Test func unitOfGFollowsDarkMatter() {
    #expect(messages(card(g: "9 GeV", more: "dark_matter: scalar")) == [])
    // While the kind of dark matter is unknown, g is not judged.
    #expect(messages(card(g: "9 GeV", more: "dark_matter: skalar")).count == 1)
  }

  /// However many mistakes a card has, 50 are shown, and a line says how many there are.
  @Test(arguments: ["\n", ", "]) func mistakesWithoutEndAreCounted(separator: String) throws {
    let keys = (0..<80_000).map { "k\($0): 1" }.joined(separator: separator)
    let text = separator == "\n" ? "leptoscan: 1\n\(keys)\n" : "{leptoscan: 1, \(keys)}"
    let error = try #require(throws: CardError.self) { try readCard(text) }
    let lines = error.description.split(separator: "\n")
    #expect(lines.count == 3 * 50 + 1)
    // The keys, and that axes is missing.
    #expect(lines.last == "card.yaml: 79951 more mistakes (the first 50 are shown) correct these")
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 300 })
    #expect(error.description.unicodeScalars.count < 30_000)
  }

  @Test func repeatedKeysOfALongCardAreCountedToo() {
    let text = "leptoscan: 1\n" + (0..<60_000).map { "seed: \($0)\n" }.joined()
    let found = messages(text)
    #expect(!found.isEmpty && found.count <= 101)
  }

  /// What is shown of a long line is around its caret, and control characters do not reach the terminal.
  @Test func excerptsAreShortAndPlain() throws {
    let value = String(repeating: "x", count: 300)
    let error = try #require(throws: CardError.self) { try readCard("leptoscan: 1\n# \u{202E}\n{ \(value): 1 }\n") }
    let plain = try #require(throws: CardError.self) {
      try readCard(card(more: "# \(value)\n\(value): {} # \u{AD}\u{202E}!"))
    }
    let excerpt = plain.description.split(separator: "\n")[1]
    #expect(excerpt.hasPrefix("    xxx") && excerpt.hasSuffix("xxx...") && excerpt.unicodeScalars.count <= 124)
    #expect(!error.description.unicodeScalars.contains("\u{202E}"))
    let short = try #require(throws: CardError.self) { try readCard(card(more: "x: 1 # \u{202E}!")) }
    #expect(short.description.hasSuffix("\n    x: 1 # \\u202E!\n    ^"))
    let middle = try #require(throws: CardError.self) {
      try readCard(
        card(g: "{ values: [0.1, \(String(repeating: " ", count: 300))9, \(String(repeating: " ", count: 300))] }"))
    }
    let lines = middle.description.split(separator: "\n")
    #expect(lines[1].hasPrefix("    ...") && lines[1].hasSuffix("..."))
    #expect(Array(lines[1])[lines[2].count - 1] == "9" && lines[2].last == "^")
  }

  /// Files that are no text get one line, and devices without end are not read to their end.
  @Test func filesThatAreNoCards() throws {
    func message(_ path: String) -> String? {
      (#expect(throws: CardError.self) { try RunCardFile(contentsOf: path, knownObservables: []) })?.description
    }
    #expect(
      message("/dev/zero")
        == "/dev/zero: the run card is no text (a run card is a page of text) check that this is a run card")
    let path = NSTemporaryDirectory() + "card-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (bytes, what) in [
      ([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0], "an HDF5 file"),
      ([0xff, 0xfe, 0x6c, 0], "in UTF-16, not in UTF-8"),
    ] as [([UInt8], String)] {
      try Data(bytes).write(to: URL(filePath: path))
      #expect(
        message(path) == "\(path): the run card is \(what) (a run card is a page of text) check that this is a run card"
      )
    }
  }
}
