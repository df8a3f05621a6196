import Foundation
import LeptonicPortal
import Scanning
import Testing

@Suite("Reading run cards")
struct CardReadingTests {
  @Test func defaults() throws {
    let read = try readCard(card())
    #expect(read.darkMatter == .fermion)
    #expect(read.observables == observables)
    #expect(read.precision == .float64)
    #expect(read.seed == 1)
    #expect(read.axes?.mPsi2 == .splitting(0))
    #expect(read.axes?.pointCount == 1)
  }

  @Test func everyKey() throws {
    let read = try readCard(
      """
      leptoscan: 1
      dark_matter: scalar
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 200 }
        h_mue: { from: 1e-5, to: 1e-1, points: 100, spacing: log }
        m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.45, points: 20, spacing: linear } }
        g: { values: [10 MeV, 0.08 GeV, 0.3, 1] }
        m_psi2: { ratio_to_m_psi: 11/10 }
      observables: [br_invisible, delta_a_mu]
      output: { precision: float32 }
      seed: 18446744073709551615
      """)
    #expect(read.darkMatter == .scalar)
    #expect(read.axes?.mPhi == AxisSpec(.logarithmic(from: 0.11, to: 10, points: 200)))
    #expect(read.axes?.hMue == AxisSpec(.logarithmic(from: 1e-5, to: 0.1, points: 100)))
    #expect(read.axes?.mPsi == AxisSpec(.linear(from: 0.1, to: 0.45, points: 20), scale: .ratioToMPhi))
    #expect(read.axes?.g == AxisSpec(.list([0.01, 0.08, 0.3, 1])))
    #expect(read.axes?.mPsi2 == .ratioToMPsi(1.1))
    #expect(read.axes?.pointCount == 200 * 100 * 20 * 4)
    #expect(read.observables == ["br_invisible", "delta_a_mu"])
    #expect(read.precision == .float32)
    #expect(read.seed == .max)
  }

  @Test(arguments: [
    ("317000000 eV", 0.317), ("317e3 keV", 0.317), ("317 MeV", 0.317), ("0.317 GeV", 0.317), ("0.000317 TeV", 0.317),
    ("0.317", 0.317), ("+.317GeV", 0.317), ("317.MeV", 0.317), ("317E-3", 0.317), ("'317 MeV'", 0.317), ("1e9eV", 1),
    ("105.6583755 MeV", 0.1056583755),
  ])
  func quantities(text: String, expected: Double) throws {
    // Exactly the double of the decimal number in GeV: a conversion that multiplies would be off by a unit in the last
    // place here and there.
    #expect(try readCard(card(mPhi: text)).axes?.mPhi == AxisSpec(.fixed(expected)))
  }

  /// Whole numbers with an exponent, and numbers as Fortran writes them.
  @Test func otherSpellingsOfNumbers() throws {
    let read = try readCard(card(mPhi: "{ from: 2d-1, to: 1.5D+1 GeV, points: 1e3 }", more: "seed: 1e6"))
    #expect(read.axes?.mPhi == AxisSpec(.logarithmic(from: 0.2, to: 15, points: 1000)) && read.seed == 1_000_000)
    #expect(try readCard(card(hMue: "1.5D-3")).axes?.hMue == AxisSpec(.fixed(1.5e-3)))
  }

  @Test(arguments: [("1/3", 1.0 / 3), ("0.333", 0.333), ("1 / 2", 0.5), ("1.5/3", 0.5)])
  func ratios(text: String, expected: Double) throws {
    let read = try readCard(card(mPsi: "{ ratio_to_m_phi: \(text) }"))
    #expect(read.axes?.mPsi == AxisSpec(.fixed(expected), scale: .ratioToMPhi))
  }

  @Test func secondMass() throws {
    #expect(try readCard(card(more: "  m_psi2: 110 MeV")).axes?.mPsi2 == .absolute(0.11))
    let split = try readCard(card(more: "  m_psi2: { splitting: 10 MeV }")).axes?.mPsi2
    #expect(split == .splitting(0.01))
    #expect(split?.value(forMPsi: 0.25) == 0.26)
    #expect(RunCard.SecondMass.ratioToMPsi(2).value(forMPsi: 0.25) == 0.5)
    #expect(RunCard.SecondMass.absolute(3).value(forMPsi: 0.25) == 3)
  }

  @Test func lineEndingsAndByteOrderMark() throws {
    let plain = card(mPhi: "{ from: 1, to: 2, points: 3 }")
    let expected = try readCard(plain)
    #expect(try readCard(plain.replacingOccurrences(of: "\n", with: "\r\n")) == expected)
    #expect(try readCard("\u{FEFF}" + plain) == expected)
    #expect(try readCard("---\n" + plain + "\n...\n") == expected)
  }

  @Test func everyExampleIsFine() throws {
    let examples = repository.appending(path: "Examples")
    let cards = try FileManager.default.contentsOfDirectory(at: examples, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" }
    #expect(!cards.isEmpty)
    let known = Model(darkMatter: .fermion).observables.map(\.name)
    for card in cards {
      let read = try RunCardFile(contentsOf: card.path, knownObservables: known).card
      #expect(try RunCard(yaml: read.resolved, file: "resolved", knownObservables: known) == read)
    }
  }

  @Test func firstLightHasFourMillionPoints() throws {
    let path = repository.appending(path: "Examples/first-light.yaml").path
    let card = try RunCardFile(contentsOf: path, knownObservables: Model.observableNames).card
    #expect(card.axes?.pointCount == 4_194_304)
  }
}
