import Foundation
import LeptonicPortal
import PortalKernels

/// Where a kernel is sampled at random, and the run-time data it needs. One interval per input; sampled logarithmically
/// where it is positive and spans a decade.
package struct KernelDomain: Sendable {
  package var inputs: [ClosedRange<Double>]
  /// Inputs are rounded down to whole numbers.
  package var isIntegral = false
  package var auxiliary: [Double]? = nil
  /// Fewer points, for kernels with long loops.
  package var count: Int? = nil

  package init(inputs: [ClosedRange<Double>], isIntegral: Bool = false, auxiliary: [Double]? = nil, count: Int? = nil) {
    self.inputs = inputs
    self.isIntegral = isIntegral
    self.auxiliary = auxiliary
    self.count = count
  }

  package func samples(_ count: Int, seed: UInt64) -> [[Double]] {
    var generator = SplitMix64(seed: seed)
    return inputs.map { range in
      let isLogarithmic = range.lowerBound > 0 && range.upperBound > 10 * range.lowerBound
      return (0..<count).map { _ in
        let u = Double.random(in: 0..<1, using: &generator)
        let x =
          isLogarithmic
          ? exp(log(range.lowerBound) * (1 - u) + log(range.upperBound) * u)
          : range.lowerBound + (range.upperBound - range.lowerBound) * u
        return isIntegral ? x.rounded(.down) : x
      }
    }
  }
}

/// By kernel name. A new kernel gets its line here; a test fails until it has.
package let kernelDomains: [String: KernelDomain] = [
  "anomalous_moments": KernelDomain(inputs: [0.1056583755...1e3]),
  "visible_width": KernelDomain(inputs: [0.05...1e2]),
  "invisible_width_fermions": KernelDomain(inputs: [0.01...10, 0.001...1, 0.001...1]),
  "invisible_width_scalars": KernelDomain(inputs: [0.01...10, 0.001...1, 0.001...1]),
  "times_squared_coupling": KernelDomain(inputs: [1e-6...1, 1e-20...1]),
  "invisible_branching_ratio": KernelDomain(inputs: [1e-12...1, 1e-12...1]),
  "product": KernelDomain(inputs: [-1...1, 1e-20...1e20]),
  "sum": KernelDomain(inputs: [-1...1, -1...1]),
  "sobol_coordinates": KernelDomain(
    inputs: [0...1e12], isIntegral: true, auxiliary: (0..<164).map { Double($0) * 27_463_208_137_911 }),
  "random_coordinates": KernelDomain(inputs: [0...1e12], isIntegral: true, auxiliary: [4_294_967_295, 7]),
  "linear_range": KernelDomain(inputs: [0...1, 1e-10...1, 1...1e10]),
  "logarithmic_range": KernelDomain(inputs: [0...1, 1e-10...1, 1...1e10]),
  "status_fermions": KernelDomain(inputs: [0.09...0.12, 1...10, 1...10]),
  "status_scalars": KernelDomain(inputs: [0.09...0.12, 1...10]),
  "exponential": KernelDomain(inputs: [-750...715]),
  "logarithm": KernelDomain(inputs: [Double.leastNonzeroMagnitude...1e308]),
  "philox": KernelDomain(inputs: Array(repeating: 0...4_294_967_295, count: 6), isIntegral: true),
  "arithmetic": KernelDomain(inputs: [1e-10...1e10, 1e-10...1e10, -1e10...1e10]),
  "rotation": KernelDomain(inputs: [-3...3]),
  "production_double_differential": KernelDomain(
    inputs: [4...200, 0.106...10, 1e-6...1, 1e-10...2], auxiliary: productionAuxiliary),
  "ww_double_differential": KernelDomain(
    inputs: [4...200, 0.106...10, 1e-6...1, 1e-10...2], auxiliary: productionAuxiliary),
  "improved_ww_double_differential": KernelDomain(
    inputs: [4...200, 0.106...10, 1e-6...1, 1e-10...0.01], auxiliary: productionAuxiliary),
  "production_differential": KernelDomain(
    inputs: [4...200, 0.106...10, 1e-6...1], auxiliary: productionAuxiliary, count: 10_000),
  "ww_differential": KernelDomain(
    inputs: [4...200, 0.106...10, 1e-6...1], auxiliary: productionAuxiliary, count: 10_000),
  "improved_ww_differential": KernelDomain(
    inputs: [4...200, 0.106...10, 1e-6...1], auxiliary: productionAuxiliary, count: 10_000),
  "production_total": KernelDomain(inputs: [4...200, 0.106...10], auxiliary: productionAuxiliary, count: 2000),
  "ww_total": KernelDomain(inputs: [4...200, 0.106...10], auxiliary: productionAuxiliary, count: 2000),
  "improved_ww_total": KernelDomain(inputs: [4...200, 0.106...10], auxiliary: productionAuxiliary, count: 2000),
  "production_share": KernelDomain(
    inputs: [4...200, 0.106...10, 0...1], auxiliary: productionAuxiliary, count: 2000),
  "production_monte_carlo": KernelDomain(
    inputs: [4...200, 0.106...10, 0...1e9], auxiliary: productionAuxiliary, count: 50),
  "production_tile": KernelDomain(
    inputs: [20...200, 0.106...5, 0.01...0.1, 1...5, 0...1e9, 0...1e9], auxiliary: productionAuxiliary, count: 100),
  "production_histogram": KernelDomain(
    inputs: [20...200, 0.106...5, 0.01...0.1, 1...5, 0...1e9, 0...1e9], auxiliary: productionAuxiliary, count: 20),
  "production_event": KernelDomain(
    inputs: [4...200, 0.106...10, 0...1e9, 0...1e9], auxiliary: productionAuxiliary),
  "relic_fermions": KernelDomain(
    inputs: [0.1056583755...10, 0.02...10, 0.02...10, 1e-5...1, 1e-3...3], auxiliary: try? RelicTables().build(),
    count: 2000),
  "relic_scalars": KernelDomain(
    inputs: [0.1056583755...10, 0.02...10, 0.02...10, 1e-5...1, 1e-3...3], auxiliary: try? RelicTables().build(),
    count: 2000),
  "relic_fermions_shared": KernelDomain(
    inputs: [0.1056583755...10, 0.02...10, 0.02...10, 1e-5...1, 1e-3...3, 0...8],
    auxiliary: sharedAuxiliary(portal_kernel_shared_average_fermions), count: 2000),
  "relic_scalars_shared": KernelDomain(
    inputs: [0.1056583755...10, 0.02...10, 0.02...10, 1e-5...1, 1e-3...3, 0...8],
    auxiliary: sharedAuxiliary(portal_kernel_shared_average_scalars), count: 2000),
  "shared_average_fermions": KernelDomain(
    inputs: [0.1056583755...10, 0.02...10, 0.02...10, 1e-5...1, 1e-3...3, 0...402],
    auxiliary: try? RelicTables().build(), count: 2000),
  "shared_average_scalars": KernelDomain(
    inputs: [0.1056583755...10, 0.02...10, 0.02...10, 1e-5...1, 1e-3...3, 0...402],
    auxiliary: try? RelicTables().build(), count: 2000),
  "sigmav_fermions": KernelDomain(
    inputs: [0.1056583755...10, 0.06...10, 0.06...10, 1e-5...1, 1e-3...3, 2...1e4],
    auxiliary: try? RelicTables().build(),
    count: 2000),
  "sigmav_scalars": KernelDomain(
    inputs: [0.1056583755...10, 0.06...10, 0.06...10, 1e-5...1, 1e-3...3, 2...1e4],
    auxiliary: try? RelicTables().build(),
    count: 2000),
  "relic_gk2022": KernelDomain(inputs: [0.1...10, 0.02...5, 0.02...5, 1e-5...1, 1e-3...3]),
  "bessel_k1": KernelDomain(inputs: [2...1e6]),
  "bessel_k2": KernelDomain(inputs: [1e-6...1e6]),
  "muon_to_electron_phi": KernelDomain(inputs: [0.001...0.11]),
  "muon_to_electron_fermions": KernelDomain(
    inputs: [0.01...1, 0.001...0.06, 0.001...0.06, 1e-9...0.01, 1e-9...0.01], count: 10_000),
  "muon_to_electron_scalars": KernelDomain(
    inputs: [0.01...1, 0.001...0.06, 0.001...0.06, 1e-9...0.01, 1e-9...0.01], count: 10_000),
  "michel_shift_fermions": KernelDomain(inputs: [0.05...1, 0.001...0.06, 0.001...0.06], count: 10_000),
  "michel_shift_scalars": KernelDomain(inputs: [0.05...1, 0.001...0.06, 0.001...0.06], count: 10_000),
  "pair_tile": KernelDomain(inputs: [3...100, 0.1...5, 0...1e9, 0...1e9], auxiliary: pairAuxiliary, count: 20),
  "pair_event": KernelDomain(inputs: [3...100, 0.1...5, 0...1e9, 0...1e9], auxiliary: pairAuxiliary),
  "annihilation_of_beam": KernelDomain(inputs: [0.1...0.5, 1...250, 0.01...1]),
  "annihilation_at_energy_fermions": KernelDomain(inputs: [0.1...0.5, 0.01...0.1, 0.01...0.1, 1e-6...0.1, 1...250]),
  "annihilation_at_energy_scalars": KernelDomain(inputs: [0.1...0.5, 0.01...0.1, 0.01...0.1, 1e-6...0.1, 1...250]),
  "kaon_to_electron_phi": KernelDomain(inputs: [0.1...0.55]),
  "kaon_to_electron_phi_accepted": KernelDomain(inputs: [0.1...0.17]),
  "pion_to_electron_phi": KernelDomain(inputs: [0.1...0.15]),
  "z_to_electron_muon_phi": KernelDomain(inputs: [0.1...120], count: 20_000),
  "higgs_to_phi_phi": KernelDomain(inputs: [0.1...100]),
  "higgs_to_electron_muon_phi": KernelDomain(inputs: [0.1...140]),
  "psi2_widths_fermions": KernelDomain(inputs: [0.05...1, 0.01...0.3, 0.2...0.6], count: 10_000),
  "psi2_widths_scalars": KernelDomain(inputs: [0.05...1, 0.01...0.3, 0.2...0.6], count: 10_000),
  "decay_length": KernelDomain(inputs: [1e-30...1]),
  "psi2_survival": KernelDomain(inputs: [1e-30...1e-20, 1e-40...1e-36, 1e-33...1e-30, 1e-4...1e-2]),
  "detection_efficiency": KernelDomain(inputs: [0.05...5], auxiliary: [3, -2, 0, 1, 0.3, 0.5, 0.4]),
  "signal_events": KernelDomain(inputs: [0.12...30], auxiliary: signalAuxiliary),
  "asymptotic_rate": KernelDomain(inputs: [0.1...0.3], auxiliary: [2e-5, 0.01, 0.2]),
  "unconstrained": KernelDomain(inputs: [0.1...10]),
  "constrain_value": KernelDomain(
    inputs: [-1e-9...5e-9, 0.05...0.2, -10...0, 0...7], auxiliary: [8, 0.1, 0.15, 4e-9, -1e-10, 2e-9, 2e9, 1e9, 0]),
  "constrain_counts": KernelDomain(
    inputs: [1e-3...30, 0.05...0.2, -10...0, 0...7], auxiliary: [8, 0.1, 0.15, 9, -1, 4, 1.5, 0.25, -1.2]),
  "annihilation_parameter": KernelDomain(inputs: [1e-20...1e-3, 0.01...10], auxiliary: [0.4]),
]

/// Eight triples of masses that couplings up to 1 and 3 share.
private func sharedAuxiliary(_ kernel: portal_kernel) -> [Double]? {
  let (groups, storage) = (8, SharedAverages())
  guard let tables = try? RelicTables().build() else { return nil }
  let rows = storage.rowCount(tables)
  var columns: [[Double]] = Array(repeating: [], count: 6)
  for (group, row) in (0..<groups).flatMap({ group in (0..<rows).map { (group, $0) } }) {
    let mPsi = 0.03 * Double(1 << group) / 2
    for (k, value) in [0.12 * Double(group + 1), mPsi, mPsi, 1, 3, Double(row)].enumerated() {
      columns[k].append(value)
    }
  }
  var shared = storage.begin(tables, groups: groups, largest: [1, 3])
  storage.fill(
    &shared, first: 0, count: groups, columns: Kernel(kernel).evaluate(columns: columns, auxiliary: tables))
  return shared
}

/// Two panels of three terms from s = -2, m_max = 20, m_0 = 0.1, three efficiencies, as signal_layout.h lays it out.
private let signalAuxiliary: [Double] =
  [20, 9, -2, 0.25, 2, 3, 3, 1e12, 0.1] + [-20, -3, 0.1, -25, -2, 0.2] + [-2, 0, 1] + [0.3, 0.5, 0.4]

/// Cuts in the centre of mass and in a laboratory that moves, as pair_layout.h lays them out.
private let pairAuxiliary: [Double] = [-0.95, 0.9, 3.0 / 11, -0.5, 0.8, 0.5, -0.8, 0.9, 17, 3]

/// mu -> e on lead with both form factors and cuts, histograms of the lepton's energy in bins that also serve as strata,
/// and two levels of rules with two and four nodes, as production_layout.h lays it out.
private let productionAuxiliary: [Double] =
  [
    0.1056583755, 0.51099895069e-3, 193.0056, 0.73, -0.55, 82, 2.5e9, 4.68e-3, 6.4e9, 0.1, 150, 1.9, 1e-3, 2, 17, 3, 3,
    2, 0,
  ]
  + (0...64).map { 0.1 + 0.2 * Double($0) } + twoNodes + fourNodes + twoNodes + fourNodes + twoNodes + fourNodes

private let twoNodes: [Double] = [2, 0.25, 0.75, 0.5, 0.5]
private let fourNodes: [Double] = [4, 0.0625, 0.3125, 0.6875, 0.9375, 0.125, 0.375, 0.375, 0.125]
