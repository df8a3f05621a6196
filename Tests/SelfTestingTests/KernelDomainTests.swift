import SelfTesting
import Testing

struct KernelDomainTests {
  @Test func everyInputMeetsSpecialValues() {
    let domain = KernelDomain(inputs: [1...2, 0...1])
    let columns = domain.samplesWithSpecialValues(10, seed: 1)
    #expect(columns.count == 2 && Set(columns.map(\.count)).count == 1)
    for column in columns {
      #expect(column.contains { $0.isNaN } && column.contains(.infinity) && column.contains { $0.isSubnormal })
    }
    #expect(columns[0].prefix(10).allSatisfy { (1...2).contains($0) })
  }

  @Test func countersStayWhole() {
    let columns = KernelDomain(inputs: [0...1e9], isIntegral: true).samplesWithSpecialValues(50, seed: 2)
    #expect(columns[0].allSatisfy { $0 == $0.rounded() && (0...1e9).contains($0) })
    #expect(columns[0].count == 52)
  }

  @Test func longKernelsGetFewerPoints() {
    let columns = KernelDomain(inputs: [0...1e9], count: 7).samplesWithSpecialValues(50, seed: 2)
    #expect(columns[0].count == 9)
  }

  /// Neighbouring doubles are 1 apart, across zero and across powers of two as well.
  @Test func ulpDistancesCountDoubles() {
    #expect(ulpDistance(1, 1 + 0x1p-52) == 1)
    #expect(ulpDistance(1, 1 - 0x1p-53) == 1)
    #expect(ulpDistance(0, -0.0) == 1)
    #expect(ulpDistance(-.leastNonzeroMagnitude, .leastNonzeroMagnitude) == 3)
    #expect(ulpDistance(.greatestFiniteMagnitude, .infinity) == 1)
    #expect(ulpDistance(.nan, .nan) == 0 && ulpDistance(.nan, 1) == .infinity)
  }
}
