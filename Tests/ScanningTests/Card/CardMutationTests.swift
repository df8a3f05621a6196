import Cards
import Foundation
import LeptonicPortal
import Scanning
import Testing

@Suite("Damaged run cards")
struct CardMutationTests {
  /// Whatever bytes a card has, it reads, or every message has a place inside the file.
  @Test func twoThousandMutations() throws {
    let original = try Data(contentsOf: repository.appending(path: "Examples/first-light.yaml"))
    var random = SplitMix64(state: 2022)
    var (fine, damaged) = (0, 0)
    for _ in 0..<2000 {
      let bytes = mutate(Array(original), with: &random)
      do throws(CardError) {
        _ = try RunCard(bytes: bytes, file: "card.yaml", knownObservables: Model.observableNames)
        fine += 1
      } catch {
        damaged += 1
        #expect(!error.diagnostics.isEmpty)
        let lines = String(decoding: bytes, as: UTF8.self).split(
          omittingEmptySubsequences: false, whereSeparator: endsLine)
        for diagnostic in error.diagnostics {
          guard let position = diagnostic.position, (1...lines.count).contains(position.line) else {
            Issue.record("no place inside the file: \(diagnostic)")
            continue
          }
          #expect((1...lines[position.line - 1].unicodeScalars.count + 1).contains(position.column))
        }
        #expect(
          error.diagnostics.map { $0.position ?? .start } == error.diagnostics.map { $0.position ?? .start }.sorted())
      }
    }
    #expect(fine > 100 && damaged > 100)
  }

  @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "!!map {", "&a [*a, "])
  func deepNestingIsRefused(_ opening: String) {
    #expect(!messages(String(repeating: opening, count: 100_000)).isEmpty)
  }

  @Test func aliasesThatMultiplyAreHarmless() {
    let bomb = (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    #expect(!messages("a0: &a0 [1]\n" + bomb).isEmpty)
  }

  /// The line ends of YAML 1.1: unlike Unicode's, without vertical tab and form feed.
  private func endsLine(_ character: Character) -> Bool {
    ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(character)
  }

  private func mutate(_ bytes: [UInt8], with random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    let interesting = Array("{}[]:,#'\"&*!|>-?%@` \n\t\r0e.-\u{0}\u{FF}\u{2028}".utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<20, using: &random) {
      case 0: bytes.removeSubrange(place...)
      case 1..<8: bytes.remove(at: place)
      case 8..<14: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: place)
      case 14: bytes[place] = .random(in: 0...255, using: &random)
      default: bytes.insert(contentsOf: bytes[place..<min(place + 20, bytes.count)], at: place)
      }
    }
    return bytes
  }
}

/// Steele, Lea, Flood, OOPSLA 2014: a seeded generator, so that the test is the same every time.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
