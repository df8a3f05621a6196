import LeptonicPortal
import Scanning
import Testing

@Suite("The ranges of a run card's parameters")
struct ParameterRangeTests {
  /// `m_phi 3: 110.0 ... 400.0 GeV`, and so on.
  private func lines(_ card: String) throws -> [String] {
    try readCard(card).parameterRanges().map { range in
      let count = range.count.map { " \($0)" } ?? ""
      return "\(range.quantity.name)\(count): \(range.smallest) ... \(range.largest) \(range.quantity.units)"
    }
  }

  @Test func ofAGrid() throws {
    let grid = card(mPhi: "{ from: 110, to: 400, points: 3 }", hMue: "{ values: [0.1, 0.2] }", mPsi: "30 MeV")
    #expect(
      try lines(grid) == [
        "m_phi 3: 110.0 ... 400.0 GeV", "h_mue 2: 0.1 ... 0.2 1", "m_psi: 0.03 ... 0.03 GeV", "g: 0.1 ... 0.1 1",
      ])
  }

  @Test func ofASecondMass() throws {
    let axes = card(
      mPhi: "{ values: [1, 2, 4] }", mPsi: "{ ratio_to_m_phi: { values: [1/4, 1/2] } }",
      more: "  m_psi2: { splitting: 1 GeV }")
    #expect(try lines(axes).dropFirst(2).first == "m_psi_over_m_phi 2: 0.25 ... 0.5 1")
    #expect(try lines(axes).last == "m_psi2: 1.25 ... 3.0 GeV")
  }

  @Test func ofDrawnPoints() throws {
    let drawn = card(mPhi: "{ from: 1 GeV, to: 4 GeV }", more: "points: { method: sobol, count: 8 }")
    #expect(try lines(drawn).first == "m_phi: 1.0 ... 4.0 GeV")
  }

  @Test func ofAList() throws {
    let listed = RunCard(points: .listed(ListedPoints(file: "list.csv")), observables: ["delta_a_mu"])
    let list = try PointList(mPhi: 0.3, hMue: 1e-3, mPsi: 0.1, g: 1, mPsi2: nil)
    #expect(listed.parameterRanges().isEmpty)
    #expect(listed.parameterRanges(list: list).map(\.smallest) == [0.3, 1e-3, 0.1, 1])
  }
}
