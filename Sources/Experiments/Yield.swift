import ComputeDevices
import LeptonicPortal
import Production

/// Signal events per beam particle, h_mue = 1 and BR_inv = 1, inside the cuts:
///
///     N = sum over layers  N_A X0/A  Int dt Int dE I(E_0, E, t) sigma(E; cuts)
///
/// with the primary electrons of ``PrimaryElectrons``; muons do not lose energy. Efficiency, coupling and the number of
/// particles are factors (``Experiment/expectedEvents(yield:mPhi:hMue:brInvisible:)``).
public struct Yield: Sendable {
  /// A yield with its numerical accuracy.
  public struct Estimate: Sendable, Hashable {
    /// Events per particle per h^2.
    public var value: Double
    /// Estimated relative error of the integration; 0 where nothing is produced.
    public var relativeError: Double

    public init(value: Double, relativeError: Double) {
      self.value = value
      self.relativeError = relativeError
    }
  }

  public let experiment: Experiment
  let device: any Device
  private let tolerance: Double

  /// Nodes of the integral over the electrons' energy: 1e-6 for the shipped experiments (docs/experiments.md).
  static let energyNodes = 24

  /// - Parameter tolerance: relative accuracy of the cross sections.
  public init(experiment: Experiment, tolerance: Double = 1e-6, device: any Device) {
    self.experiment = experiment
    self.tolerance = tolerance
    self.device = device
  }

  /// Events per particle per h^2 for each mass [GeV]; 0 where nothing is produced inside the cuts.
  public func eventsPerParticlePerH2(mPhi: [Double]) throws -> [Double] { try estimates(mPhi: mPhi).map(\.value) }

  /// The same with the accuracy of each.
  public func estimates(mPhi: [Double]) throws -> [Estimate] {
    let rule = GaussLegendre(count: Yield.energyNodes)
    let slices = try slices(mPhi: mPhi, shares: rule.nodes, weights: rule.weights)
    var sums = [Estimate](repeating: Estimate(value: 0, relativeError: 0), count: mPhi.count)
    for (slice, sections) in zip(slices, try crossSections(slices)) {
      for (mass, section) in zip(slice.masses, sections) {
        let contribution = slice.weight * section.value
        sums[mass].value += contribution
        // Absolute here, relative below.
        sums[mass].relativeError += contribution * section.relativeError
      }
    }
    for k in sums.indices where sums[k].value > 0 { sums[k].relativeError /= sums[k].value }
    return sums
  }

  /// The part of phi's that pass the cuts on the outgoing lepton and on x, for each mass; 0 where none is produced.
  public func acceptance(mPhi: [Double]) throws -> [Double] {
    var open = experiment
    open.cuts = experiment.cuts.withoutRecoil
    let produced = try Yield(experiment: open, tolerance: tolerance, device: device).eventsPerParticlePerH2(mPhi: mPhi)
    return zip(try eventsPerParticlePerH2(mPhi: mPhi), produced).map { $1 > 0 ? $0 / $1 : 0 }
  }

  /// The cross sections [pb] of the masses of each slice, inside the cuts. Slices with the same cuts are evaluated together.
  private func crossSections(_ slices: [YieldSlice]) throws -> [[CrossSectionEstimate]] {
    var sections = slices.map { _ in [CrossSectionEstimate]() }
    let groups = Dictionary(grouping: slices.indices) { index in
      let recoil = experiment.cuts.recoil(energy: slices[index].energy, beamEnergy: experiment.beamEnergy)
      return SliceGroup(process: slices[index].process, cuts: ProductionCuts(recoilEnergy: recoil))
    }
    for (group, members) in groups {
      let points = members.flatMap { member in slices[member].masses.map { (member, slices[member].mPhi[$0]) } }
      let values = try CrossSectionCalculator(process: group.process, tolerance: tolerance, device: device).total(
        energy: points.map { slices[$0.0].energy }, mPhi: points.map(\.1), cuts: group.cuts)
      for ((member, mass), value) in zip(points, values) {
        sections[member].append(try insideAngle(value, slices[member], mPhi: mass, group.cuts))
      }
    }
    return sections
  }

  /// The part of a cross section with the outgoing lepton inside the largest angle.
  private func insideAngle(
    _ section: CrossSectionEstimate, _ slice: YieldSlice, mPhi: Double, _ cuts: ProductionCuts
  ) throws -> CrossSectionEstimate {
    guard experiment.cuts.recoilAngleMax < .pi, section.value > 0 else { return section }
    let part = try slice.partInside(angle: experiment.cuts.recoilAngleMax, mPhi: mPhi, cuts: cuts, device: device)
    var section = section
    section.value *= part.value
    section.relativeError += part.value > 0 ? part.standardError / part.value : 0
    return section
  }
}

/// What cross sections that are evaluated together have in common.
private struct SliceGroup: Hashable {
  let process: ProductionProcess
  let cuts: ProductionCuts
}
