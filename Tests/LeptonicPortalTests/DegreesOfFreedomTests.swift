import LeptonicPortal
import Testing

/// The embedded tables of relativistic degrees of freedom.
struct DegreesOfFreedomTests {
  @Test(arguments: zip(DegreesOfFreedom.allCases, [275, 250, 528]))
  func everyRowIsRead(freedom: DegreesOfFreedom, rows: Int) {
    let table = freedom.table
    #expect([table.temperature.count, table.hEff.count, table.gEff.count] == [rows, rows, rows])
    #expect(zip(table.temperature, table.temperature.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// After e+ e- annihilation: g = 2 + 21/4 (4/11)^(4/3) = 3.363, h = 2 + 21/4 4/11 = 3.909, up to the neutrinos' heating;
  /// all of the Standard Model at the top: 106.75.
  @Test(arguments: DegreesOfFreedom.allCases)
  func bothEndsAreTextbookValues(freedom: DegreesOfFreedom) throws {
    let table = freedom.table
    #expect(abs(try #require(table.gEff.first) - 3.363) < 0.03)
    #expect(abs(try #require(table.hEff.first) - 3.909) < 0.04)
    #expect(abs(try #require(table.gEff.last) - 106.75) < 2.5)
    #expect(abs(try #require(table.hEff.last) - 106.75) < 2.5)
  }

  @Test(arguments: DegreesOfFreedom.allCases)
  func tablesDifferByChoice(freedom: DegreesOfFreedom) throws {
    let tables = try RelicTables(degreesOfFreedom: freedom).build()
    #expect(tables.allSatisfy { $0.isFinite })
    #expect((try RelicTables(degreesOfFreedom: freedom, annihilation: .leptons).build()) != tables)
  }
}
