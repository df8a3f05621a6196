import LeptonicPortal
import Scanning
import Testing

@Suite("The grid of a run card")
struct CardSpaceTests {
  @Test func axesBecomeDimensionsAndFixedValuesDoNot() throws {
    let space = try #require(
      readCard(
        card(mPhi: "{ values: [1, 2, 4] }", mPsi: "{ values: [0.25, 0.5] }", more: "  m_psi2: { splitting: 1 GeV }")
      ).space)
    #expect(space.dimensions.map(\.name) == ["m_phi", "m_psi"])
    #expect(space.dimensions.map(\.size) == [3, 2])
    #expect(space.parameters[Parameters.hMue]?.dimensions == [])
    #expect(space.parameters[Parameters.hMue]?.values == [3e-3])
    #expect(space.parameters[Parameters.mPsi]?.dimensions == [1])
    #expect(space.parameters[Parameters.mPsi2]?.values == [1.25, 1.5])
  }

  @Test func ratioVariesAlongTwoDimensions() throws {
    let space = try #require(
      readCard(
        card(
          mPhi: "{ values: [1, 2, 4] }", hMue: "{ values: [0.1, 0.2] }",
          mPsi: "{ ratio_to_m_phi: { values: [1/4, 1/2] } }",
          more: "  m_psi2: { ratio_to_m_psi: 2 }")
      ).space)
    #expect(space.dimensions.map(\.name) == ["m_phi", "h_mue", "m_psi_over_m_phi"])
    #expect(space.parameters[Parameters.mPsi]?.dimensions == [0, 2])
    #expect(space.parameters[Parameters.mPsi]?.values == [0.25, 0.5, 0.5, 1, 1, 2])
    #expect(space.parameters[Parameters.mPsi2]?.values == [0.5, 1, 1, 2, 2, 4])
  }

  @Test func everyParameterOfTheModelIsThere() throws {
    for darkMatter in DarkMatter.allCases {
      let read = try readCard(card(more: "dark_matter: \(darkMatter.rawValue)"))
      let space = try #require(read.space)
      #expect(Set(space.parameters.keys) == Set(read.model().parameters))
      #expect(space.dimensions == [])
    }
  }

  @Test func fixedRatioFollowsMPhi() throws {
    let space = try #require(
      readCard(card(mPhi: "{ values: [1, 2] }", mPsi: "{ ratio_to_m_phi: 1/2 }")).space)
    #expect(space.dimensions.map(\.name) == ["m_phi"])
    #expect(space.parameters[Parameters.mPsi]?.dimensions == [0])
    #expect(space.parameters[Parameters.mPsi]?.values == [0.5, 1])
  }
}
