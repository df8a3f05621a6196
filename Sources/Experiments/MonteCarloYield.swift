import ComputeDevices
import LeptonicPortal
import PortalKernels
import Production

/// The yield of an experiment by Monte Carlo, as a check of the quadrature: energies are drawn at random in strata of equal
/// track length, and at each the cross section is sampled.
public struct MonteCarloYield: Sendable {
  public let experiment: Experiment
  public let seed: UInt32
  private let samples: Int
  private let device: any Device

  /// - Parameter samples: points of phase space, at least; all energies and layers together.
  public init(experiment: Experiment, seed: UInt32 = 1, samples: Int = 1 << 20, device: any Device) {
    self.experiment = experiment
    self.seed = seed
    self.samples = samples
    self.device = device
  }

  /// Strata of the electrons' energy, with two energies in each.
  private static let strata = 64

  /// Events per particle per h^2 at a mass [GeV], with its standard error.
  public func eventsPerParticlePerH2(mPhi: Double) throws -> MonteCarloEstimate {
    let shares = uniforms(count: 2 * Self.strata).enumerated().map { ($1 + Double($0 / 2)) / Double(Self.strata) }
    let weights = shares.map { _ in 1 / Double(shares.count) }
    let parts = try Yield(experiment: experiment, device: device).slices(mPhi: [mPhi], shares: shares, weights: weights)
    let perSlice = max(1024, samples / max(1, parts.count))
    let values = try parts.enumerated().map { number, slice in
      try sample(slice, mPhi: mPhi, samples: perSlice, number: UInt32(number))
    }
    let value = values.reduce(0) { $0 + $1.value }
    guard experiment.channel == .electronToMuon else {
      let variance = values.reduce(0) { $0 + $1.standardError * $1.standardError }
      return MonteCarloEstimate(value: value, standardError: variance.squareRoot())
    }
    // Two energies per stratum: their difference has the error of energies and cross sections alike.
    let variance = stride(from: 0, to: values.count - 1, by: 2).reduce(0.0) { sum, k in
      let difference = values[k].value - values[k + 1].value
      return sum + difference * difference
    }
    return MonteCarloEstimate(value: value, standardError: variance.squareRoot())
  }

  private func sample(_ slice: YieldSlice, mPhi: Double, samples: Int, number: UInt32) throws -> MonteCarloEstimate {
    let recoil = experiment.cuts.recoil(energy: slice.energy, beamEnergy: experiment.beamEnergy)
    let sampler = MonteCarloIntegrator(
      process: slice.process, cuts: ProductionCuts(recoilEnergy: recoil),
      random: RandomStream(seed: seed, stream: 1, point: number), device: device)
    let angle = experiment.cuts.recoilAngleMax
    let section =
      angle < .pi
      ? try sampler.histogram(
        HistogramBins(.leptonAngle, edges: [0, angle]), energy: slice.energy, mPhi: mPhi, samples: samples)[0]
      : try sampler.total(energy: slice.energy, mPhi: mPhi, samples: samples)
    return MonteCarloEstimate(
      value: slice.weight * section.value, standardError: slice.weight * section.standardError)
  }

  /// Numbers in (0, 1) from the seed.
  private func uniforms(count: Int) -> [Double] {
    let counters = (0..<count).map(Double.init), zeros = [Double](repeating: 0, count: count)
    let words = Kernel(portal_kernel_philox).evaluate(columns: [
      counters, zeros, zeros, zeros, counters.map { _ in Double(seed) }, counters.map { _ in 2 },
    ])
    return words[0].map { ($0 + 0.5) / 4_294_967_296 }
  }
}
