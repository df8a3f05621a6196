import Scanning
import Testing

@Suite("Axis values")
struct AxisValueTests {
  @Test(arguments: axisReferences)
  func valuesAreCorrectlyRounded(_ reference: AxisReference) {
    let (from, to, points) = (reference.from, reference.to, reference.points)
    #expect(AxisGrid.logarithmic(from: from, to: to, points: points).values()[reference.index] == reference.logarithmic)
    #expect(AxisGrid.linear(from: from, to: to, points: points).values()[reference.index] == reference.linear)
  }

  @Test(arguments: [2, 3, 7, 1000, 100_003])
  func rangesIncreaseBetweenExactEnds(points: Int) {
    for (from, to) in [(0.11, 10.0), (1e-5, 0.1), (1e-60, 1e60), (0.1, 0.1000001)] {
      for grid in [
        AxisGrid.logarithmic(from: from, to: to, points: points), .linear(from: from, to: to, points: points),
      ] {
        let values = grid.values()
        #expect(values.count == points && grid.count == points)
        #expect(values.first == from && values.last == to)
        #expect(zip(values, values.dropFirst()).allSatisfy(<))
      }
    }
  }

  /// The finest range that a card may have still has distinct values.
  @Test(arguments: ["log", "linear"])
  func narrowestAcceptedRangeIncreases(spacing: String) throws {
    for (from, to) in [(1.0, 1.000000000001), (1.999999999999, 2.0), (0.999999999999, 1.000000000001)] {
      var accepted = 0
      for points in [10, 300, 500, 750, 1000, 1100, 1500, 3000, 6000] {
        let range = "{ from: \(from), to: \(to), points: \(points), spacing: \(spacing) }"
        guard let read = try? readCard(card(mPhi: range)) else { continue }
        accepted += 1
        let values = read.axes?.mPhi.values() ?? []
        #expect(zip(values, values.dropFirst()).allSatisfy(<))
      }
      #expect((1..<9).contains(accepted))
    }
  }

  @Test func powersOfTenAreExact() {
    #expect(AxisGrid.logarithmic(from: 1e-5, to: 1e-1, points: 5).values() == [1e-5, 1e-4, 1e-3, 1e-2, 1e-1])
    #expect(AxisGrid.logarithmic(from: 1, to: 1e6, points: 7).values() == [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6])
    #expect(AxisGrid.linear(from: 0.1, to: 0.5, points: 5).values() == [0.1, 0.2, 0.3, 0.4, 0.5])
  }

  @Test func fixedValuesAndLists() {
    #expect(AxisGrid.fixed(0.3).values() == [0.3])
    #expect(AxisGrid.list([1, 4, 9]).values() == [1, 4, 9])
    #expect(AxisGrid.list([1, 4, 9]).count == 3)
  }

  @Test func pointCountThatOverflowsIsNil() {
    let axis = AxisSpec(.linear(from: 1, to: 2, points: .max))
    #expect(RunCard.Axes(mPhi: axis, hMue: axis, mPsi: axis, g: axis).pointCount == nil)
  }
}
