import ComputeDevices
import LeptonicPortal
import PortalKernels
import Production
import Statistics
import Synchronization

/// The yield of an experiment as a function that a kernel evaluates: ln(yield) in Chebyshev series on panels of a lattice.
///
/// The lattice lies in s = ln[(m_phi - m_0)/(1 - m_phi/m_max)], m_0 = max(m_i - m_f, 0), at whole multiples of the panels' width, so that a mass has the same
/// bits whatever range is tabulated. Interpolation is good to 1e-6, where no angle is cut (docs/experiments.md).
package struct YieldTable: Sendable {
  /// Width of a panel in s.
  static let width = 0.5
  /// Coefficients per panel.
  static let terms = 12
  /// 1 - m_phi/m_max below which the yield counts as 0: 2^-14.
  private static let closing = 0x1p-14
  /// Smallest m_phi - m_0 that is tabulated [GeV]; at m_phi = m_mu it is m_e for muon beams.
  private static let lightest = 1e-4

  private let yield: Yield
  /// The heaviest phi produced inside the cuts [GeV]; 0 if there is none.
  package let largestMass: Double
  /// m_0 [GeV], below which the beam's lepton decays to phi and the cross section is infinite.
  let pole: Double

  package init(experiment: Experiment) throws {
    var physics = experiment
    // What does not enter the yield is set to one value, so that like experiments share their panels.
    (physics.name, physics.title, physics.source, physics.particlesOnTarget) = ("", "", "", 1)
    (physics.evidence, physics.acceptanceAccuracy, physics.confidenceLevel) = (.measured, nil, 0.9)
    (physics.citations, physics.assumptions, physics.efficiency) = ([], [], Efficiency(1))
    (physics.counting, physics.observesMedian) = (try CountingExperiment(observed: 0, background: 0), false)
    yield = Yield(experiment: physics, device: NativeDevice())
    largestMass = try yield.largestMass()
    pole = experiment.channel.largestDecayMass
  }

  /// s beyond which the yield is 0.
  var largestCoordinate: Double {
    largestMass > 0 ? coordinate(largestMass * (1 - Self.closing)) : 0
  }

  /// The panels that cover a range of masses [GeV], as numbers of the lattice; those next to its ends, too, so that
  /// rounding of s cannot leave them.
  func panels(mPhi: ClosedRange<Double>) -> ClosedRange<Int> {
    let highest = Int((largestCoordinate / Self.width).rounded(.down))
    guard largestMass > 0 else { return 0...0 }
    let ends = [mPhi.lowerBound, mPhi.upperBound].map { coordinate($0) / Self.width }
    let first = min(Int((ends[0] - 1e-9).rounded(.down)), highest)
    return first...max(first, min(Int((ends[1] + 1e-9).rounded(.down)), highest))
  }

  /// s of a mass; of those that are outside, that of the nearest one that is inside.
  private func coordinate(_ mass: Double) -> Double {
    let above = max(mass - pole, Self.lightest)
    return portableLogarithm([above / max(1 - mass / largestMass, Self.closing)])[0]
  }

  /// The series of some panels, one after the other.
  func series(_ panels: ClosedRange<Int>) throws -> [Double] {
    guard largestMass > 0 else { return [Double](repeating: 0, count: Self.terms) }
    return try YieldTable.memory.series(of: yield.experiment, panels, compute: compute)
  }

  private func compute(_ panels: [Int]) throws -> [[Double]] {
    let nodes = ChebyshevRule(count: Self.terms)
    let coordinates = panels.flatMap { panel in nodes.nodes.map { (Double(panel) + 0.5 * ($0 + 1)) * Self.width } }
    let growth = portableExponential(coordinates)
    let masses = growth.map { ($0 + pole) / (1 + $0 / largestMass) }
    // Nothing at all, as a Monte Carlo of the angle may find, has no logarithm.
    let values = try yield.eventsPerParticlePerH2(mPhi: masses).map { max($0, 1e-300) }
    let logs = portableLogarithm(values)
    return panels.indices.map { nodes.coefficients(Array(logs[$0 * Self.terms..<($0 + 1) * Self.terms])) }
  }

  private static let memory = YieldMemory()
}

/// Panels that were computed before, since a program asks for the same yield several times.
private final class YieldMemory: Sendable {
  private struct Key: Hashable {
    let experiment: Experiment
    let panel: Int
  }

  private let panels = Mutex<[Key: [Double]]>([:])

  func series(
    of experiment: Experiment, _ range: ClosedRange<Int>, compute: ([Int]) throws -> [[Double]]
  ) throws -> [Double] {
    try panels.withLock { panels in
      let missing = range.filter { panels[Key(experiment: experiment, panel: $0)] == nil }
      if !missing.isEmpty {
        for (panel, series) in zip(missing, try compute(missing)) {
          panels[Key(experiment: experiment, panel: panel)] = series
        }
      }
      return range.flatMap { panels[Key(experiment: experiment, panel: $0)] ?? [] }
    }
  }
}

/// Interpolation at the zeros of a Chebyshev polynomial on [-1, 1].
package struct ChebyshevRule {
  package let nodes: [Double]
  private let cosines: [[Double]]

  package init(count: Int) {
    // cos(k pi (j + 1/2)/n), by the kernels' own cosine.
    let all = (0..<count).map { k -> [Double] in
      let turns = (0..<count).map { j -> Double in
        let quarters = k * (2 * j + 1) % (4 * count)
        return Double(quarters) / Double(4 * count)
      }
      return Kernel(portal_kernel_rotation).evaluate(columns: [turns])[1]
    }
    cosines = all
    nodes = count > 1 ? all[1] : [0]
  }

  /// Coefficients of the series through values at the nodes.
  package func coefficients(_ values: [Double]) -> [Double] {
    cosines.enumerated().map { k, cosines in
      let sum = zip(values, cosines).reduce(0) { $0 + $1.0 * $1.1 }
      return sum * (k == 0 ? 1 : 2) / Double(values.count)
    }
  }
}

extension Yield {
  /// The heaviest phi [GeV] that the beam produces inside the cuts, in any layer; 0 if it produces none.
  func largestMass() throws -> Double {
    try experiment.layers.map { layer in
      let process = ProductionProcess(channel: experiment.channel, nucleus: layer.material.nucleus)
      let calculator = CrossSectionCalculator(process: process, device: device)
      let recoil = experiment.cuts.recoil(energy: experiment.beamEnergy, beamEnergy: experiment.beamEnergy)
      func isOpen(_ mass: Double) throws -> Bool {
        try calculator.isOpen(
          energy: experiment.beamEnergy, mPhi: mass, cuts: ProductionCuts(recoilEnergy: recoil))
      }
      var (open, closed) = (0.0, experiment.beamEnergy)
      for _ in 0..<60 {
        let middle = (open + closed) / 2
        if try isOpen(middle) { open = middle } else { closed = middle }
      }
      return open
    }.max() ?? 0
  }
}
