import ComputeDevices
import LeptonicPortal
import Scanning
import Testing

/// The relic density on a four-dimensional grid.
struct RelicGridTests {
  /// A grid and a list of the same points give the same bits; one of them is the paper's benchmark, 2.10 and not 0.12.
  @Test func gridAgreesWithPoints() throws {
    let grid = SmallGrid(), device = NativeDevice(threads: 2)
    let onGrid = try evaluate(grid.space, over: [0, 1, 2, 3], device)
    let asList = try evaluate(list(grid), over: [0], device)
    #expect(onGrid.map { $0.map(\.bitPattern) } == asList.map { $0.map(\.bitPattern) })
    let benchmark = ((1 * 4 + 2) * 2 + 0) * 5 + 1
    #expect(abs(onGrid[0][benchmark] / 2.10 - 1) < 3e-3)
    #expect(onGrid[1].allSatisfy { [0, 1, 4].contains($0) })
  }

  private func evaluate(
    _ space: ParameterSpace, over dimensions: [Int], _ device: NativeDevice
  ) throws -> [[Double]] {
    var planner = Planner(model: Model(darkMatter: .fermion), space: space, device: device)
    let quantities = [RelicObservables.density, RelicObservables.status, RelicObservables.sigmavX20]
    return try device.evaluateAll(planner.program(for: quantities, over: dimensions))
  }

  private func list(_ grid: SmallGrid) -> ParameterSpace {
    let indices = grid.mPhi.indices.flatMap { a in
      grid.hMue.indices.flatMap { b in
        grid.ratio.indices.flatMap { c in grid.g.indices.map { d in (a, b, c, d) } }
      }
    }
    func field(_ value: ((Int, Int, Int, Int)) -> Double) -> Field {
      Field(dimensions: [0], values: indices.map(value))
    }
    let mPsi = field { grid.mPsi[$0.0 * grid.ratio.count + $0.2] }
    return ParameterSpace(
      dimensions: [.init(name: "point", size: indices.count)],
      parameters: [
        Parameters.mPhi: field { grid.mPhi[$0.0] }, Parameters.hMue: field { grid.hMue[$0.1] },
        Parameters.mPsi: mPsi, Parameters.mPsi2: mPsi, Parameters.g(.fermion): field { grid.g[$0.3] },
      ])
  }
}
