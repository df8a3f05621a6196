import ComputeDevices
import Foundation
import LeptonicPortal
import Scanning
import Testing

/// What the points of a grid share for the relic density.
struct GridSharingTests {
  private static let quantities = [RelicObservables.density, RelicObservables.status, RelicObservables.sigmavX20]
  private let device = NativeDevice(threads: 2)
  private let hMue = (0..<32).map { 1e-5 * pow(1e4, Double($0) / 31) }
  private let g = (0..<32).map { 1e-3 * pow(2e3, Double($0) / 31) }
  private let mPhi = [0.12, 0.317, 3.0]
  /// Below, at and above the threshold of phi -> psi psi, where nothing is shared; phi phi*.
  private let ratio = [0.2, 0.45, 0.49999, 0.500001, 0.6, 0.9]

  /// The grid with its dimensions in one order or the other: m_phi, ratio, h, g or h, g, m_phi, ratio.
  private func space(massesFirst: Bool) -> ParameterSpace {
    let masses = massesFirst ? [0, 1] : [2, 3], couplings = massesFirst ? [2, 3] : [0, 1]
    let sizes = massesFirst ? [3, 6, 32, 32] : [32, 32, 3, 6]
    let mPsi = Field(dimensions: masses, values: mPhi.flatMap { mass in ratio.map { mass * $0 } })
    return ParameterSpace(
      dimensions: sizes.enumerated().map { .init(name: "axis \($0)", size: $1) },
      parameters: [
        Parameters.mPhi: Field(dimensions: [masses[0]], values: mPhi),
        Parameters.mPsi: mPsi, Parameters.mPsi2: mPsi,
        Parameters.hMue: Field(dimensions: [couplings[0]], values: hMue),
        Parameters.g(.fermion): Field(dimensions: [couplings[1]], values: g),
      ])
  }

  private func program(
    massesFirst: Bool, mostSharedValues: Int = Planner.mostSharedValues
  ) throws -> GridProgram {
    var planner = Planner(
      model: Model(darkMatter: .fermion), space: space(massesFirst: massesFirst), device: device,
      mostSharedValues: mostSharedValues)
    let program = try planner.program(for: GridSharingTests.quantities, over: [0, 1, 2, 3])
    #expect(program.steps.map(\.kernel.name) == [mostSharedValues > 0 ? "relic_fermions_shared" : "relic_fermions"])
    return program
  }

  /// The same density with and without, 18 432 points, to twice the documented bound of either: after the freeze-out they
  /// integrate L with different nodes.
  @Test func agreesWithPointsOnTheirOwn() throws {
    let shared = try device.evaluateAll(program(massesFirst: true))
    let single = try device.evaluateAll(program(massesFirst: true, mostSharedValues: 0))
    #expect(shared[1] == single[1])
    #expect(shared[1].contains(0) && shared[1].contains(1))
    for (column, tolerance) in [(0, 4e-4), (2, 2e-6)] {
      let worst = zip(shared[column], single[column]).filter { $1.isFinite }.map { abs($0 / $1 - 1) }.max()
      #expect(try #require(worst) < tolerance, "\(GridSharingTests.quantities[column].name)")
    }
  }

  /// The bits do not depend on the order of the axes: with the masses innermost every lane has rows of its own.
  @Test func axisOrderDoesNotMatter() throws {
    let masses = mPhi.count * ratio.count, couplings = hMue.count * g.count
    let inner = try device.evaluateAll(program(massesFirst: true))
    let outer = try device.evaluateAll(program(massesFirst: false))
    for (a, b) in zip(inner, outer) {
      let turned = (0..<masses).flatMap { m in (0..<couplings).map { b[$0 * masses + m].bitPattern } }
      #expect(a.map(\.bitPattern) == turned)
    }
  }

  /// In three slabs of one m_phi: contiguous ones, and ones that are interleaved because the couplings come first.
  @Test(arguments: [true, false]) func slabsDoNotMatter(massesFirst: Bool) throws {
    let whole = try program(massesFirst: massesFirst)
    let formula = try #require(Model(darkMatter: .fermion).formula(for: RelicObservables.density))
    let tables = try #require(try formula.auxiliary?())
    let fitting = try #require(formula.onGrid?.storage.length(tables, groups: ratio.count))
    let inSlabs = try program(massesFirst: massesFirst, mostSharedValues: fitting)
    let all = RangeSet(0..<whole.count)
    #expect(whole.parts(of: all).count == 1)
    #expect(inSlabs.parts(of: all).map(\.points.ranges.count) == [Int](repeating: massesFirst ? 1 : 1024, count: 3))
    let (expected, values) = (try device.evaluateAll(whole), try device.evaluateAll(inSlabs))
    let areSame = zip(values, expected).map { $0.map(\.bitPattern) == $1.map(\.bitPattern) }
    #expect(areSame == [true, true, true])
    // A part of the points across the border of the first two slabs of 6144 points, or of 6 in a row.
    let border = massesFirst ? 6144 : 6
    let parts = inSlabs.parts(of: RangeSet([1..<2, border - 1..<border + 2]))
    #expect(parts.map(\.points) == [RangeSet([1..<2, border - 1..<border]), RangeSet(border..<border + 2)])
  }

  /// Rows are computed for grids whose groups are large, never where a coupling follows a mass.
  @Test func onlyWhereItPays() throws {
    var few = space(massesFirst: true)
    few.dimensions[3].size = 31
    few.parameters[Parameters.g(.fermion)] = Field(dimensions: [3], values: Array(g.dropLast()))
    var tied = space(massesFirst: true)
    tied.parameters[Parameters.hMue] = Field(dimensions: [0, 2], values: hMue + hMue + hMue)
    for space in [few, tied] {
      var planner = Planner(model: Model(darkMatter: .fermion), space: space, device: device)
      let program = try planner.program(for: [RelicObservables.density], over: [0, 1, 2, 3])
      #expect(program.steps.map(\.kernel.name) == ["relic_fermions"])
    }
  }
}
