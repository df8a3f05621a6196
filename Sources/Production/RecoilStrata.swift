import ComputeDevices
import Foundation
import LeptonicPortal

/// Intervals of w = E - E_phi that hold equal shares of the cross section.
///
/// The shares come from the quadrature of dsigma/dln w at a few points, so they are approximate; that costs variance, never
/// correctness, since every interval is sampled with its own measure.
struct RecoilStrata: Sendable {
  /// Rising [GeV]; empty where the process is closed.
  let edges: [Double]

  private static let profilePoints = 257
  private static let profileOrder = QuadratureOrder(recoil: 0, polar: 12, transfer: 16)
  /// No part of the range gets less than this share of an equal density, in case the profile misses something.
  private static let leastDensity = 1e-3

  init(
    count: Int, process: ProductionProcess, energy: Double, mPhi: Double, cuts: ClosedRange<Double>,
    device: any Device
  ) throws {
    let calculator = CrossSectionCalculator(process: process, device: device)
    guard let range = try calculator.recoilRange(energy: energy, mPhi: mPhi, cuts: cuts) else {
      edges = []
      return
    }
    let low = log(range.lowerBound), step = log(range.upperBound / range.lowerBound) / Double(Self.profilePoints - 1)
    let grid = (0..<Self.profilePoints).map { low + Double($0) * step }
    let points = grid.map { (energy: energy, mPhi: mPhi, oneMinusX: exp($0) / energy) }
    let profile = try calculator.differentials(Self.profileOrder, points, 2).values
    let density = zip(profile, points).map { $0 * $1.oneMinusX }
    let floor = Self.leastDensity * density.reduce(0, +) / Double(density.count)
    var cumulative = [0.0]
    for i in 1..<density.count {
      cumulative.append(cumulative[i - 1] + max(density[i - 1], floor) + max(density[i], floor))
    }
    let inner = (1..<max(count, 1)).map { share in
      exp(Self.interpolate(Double(share) / Double(count) * (cumulative.last ?? 0), cumulative, grid))
    }
    edges = [range.lowerBound] + inner + [range.upperBound]
  }

  /// The point of `grid` at which the rising `cumulative` reaches a value, linear in between.
  private static func interpolate(_ value: Double, _ cumulative: [Double], _ grid: [Double]) -> Double {
    let i = min(max(cumulative.partitioningIndex { $0 >= value }, 1), grid.count - 1)
    let rise = cumulative[i] - cumulative[i - 1]
    let fraction = rise > 0 ? (value - cumulative[i - 1]) / rise : 0
    return grid[i - 1] + fraction * (grid[i] - grid[i - 1])
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that is false, then true, along the array.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension CrossSectionCalculator {
  /// The range of w = E - E_phi inside phase space and cuts; nil if there is none.
  func recoilRange(energy: Double, mPhi: Double, cuts: ClosedRange<Double>) throws -> ClosedRange<Double>? {
    let step = Program.Step(
      kernel: method.recoilKernel, inputs: (0..<4).map { .table($0, strides: [0]) } + [.table(4, strides: [1])],
      outputs: [0, 1, 2], auxiliary: 5)
    let program = Program(
      shape: [2],
      tables: [[energy], [mPhi], [cuts.lowerBound], [cuts.upperBound], [0, 1], process.auxiliary()],
      steps: [step], streamCount: 3, results: [.init(stream: 0, type: .float64), .init(stream: 2, type: .float64)])
    let results = try device.evaluateAll(program)
    let (ends, status) = (results[0].map { $0 * energy }, results[1])
    return status[0] == 0 && ends[0] < ends[1] ? ends[0]...ends[1] : nil
  }
}
