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

  private func values(massesFirst: Bool, sharing: Bool) throws -> [[Double]] {
    var planner = Planner(
      model: Model(darkMatter: .fermion), space: space(massesFirst: massesFirst), device: device, sharesOnGrid: sharing)
    let program = try planner.program(for: GridSharingTests.quantities, over: [0, 1, 2, 3])
    #expect(program.steps.contains { $0.kernel.name == "relic_fermions_shared" } == sharing)
    return try device.evaluateAll(program)
  }

  /// The same density with and without, 18 432 points, to twice the documented bound of either: after the freeze-out they
  /// integrate L with different nodes.
  @Test func agreesWithPointsOnTheirOwn() throws {
    let shared = try values(massesFirst: true, sharing: true), single = try values(massesFirst: true, sharing: false)
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
    let inner = try values(massesFirst: true, sharing: true), outer = try values(massesFirst: false, sharing: true)
    for (a, b) in zip(inner, outer) {
      let turned = (0..<masses).flatMap { m in (0..<couplings).map { b[$0 * masses + m].bitPattern } }
      #expect(a.map(\.bitPattern) == turned)
    }
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
