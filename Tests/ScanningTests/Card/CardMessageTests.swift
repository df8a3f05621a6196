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
}
