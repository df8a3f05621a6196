import ComputeDevices
import LeptonicPortal
import Production

/// One energy of the beam particle in one layer, and the masses whose yield it is a part of.
struct YieldSlice: Sendable {
  let process: ProductionProcess
  /// Of the beam particle [GeV].
  let energy: Double
  /// All masses of the yield [GeV].
  let mPhi: [Double]
  /// Indices into ``mPhi``.
  let masses: [Int]
  /// Events per pb.
  let weight: Double

  /// The part of the cross section with the outgoing lepton inside an angle of the beam, by Monte Carlo with a fixed seed.
  func partInside(
    angle: Double, mPhi: Double, cuts: ProductionCuts, device: any Device
  ) throws -> MonteCarloEstimate {
    let sampler = MonteCarloIntegrator(
      process: process, cuts: cuts, random: RandomStream(seed: 1), device: device)
    let bins = try HistogramBins(.leptonAngle, edges: [0, angle, .pi])
    let parts = try sampler.histogram(bins, energy: energy, mPhi: mPhi, samples: 1 << 16)
    let total = parts[0].value + parts[1].value
    guard total > 0 else { return MonteCarloEstimate(value: 0, standardError: 0) }
    let part = parts[0].value / total
    // The larger of the two errors is that of the smaller part, which limits the ratio.
    let error = max(parts[0].standardError, parts[1].standardError) / total
    return MonteCarloEstimate(value: part, standardError: error)
  }
}

/// 1 pb in cm^2.
private let picobarn = 1e-36

extension Yield {
  /// What the yields of the masses are sums over.
  ///
  /// - Parameters:
  ///   - shares: where the electrons' energies are taken, as parts of the track length; see ``PrimaryElectrons``.
  ///   - weights: of the shares.
  func slices(mPhi: [Double], shares: [Double], weights: [Double]) throws -> [YieldSlice] {
    var depth = 0.0
    var slices: [YieldSlice] = []
    for layer in experiment.layers {
      let process = ProductionProcess(channel: experiment.channel, nucleus: layer.material.nucleus)
      let nuclei = layer.nucleiPerRadiationLength * picobarn
      let depths = depth...depth + layer.radiationLengths
      depth = depths.upperBound
      if experiment.channel == .muonToElectron {
        slices.append(
          YieldSlice(
            process: process, energy: experiment.beamEnergy, mPhi: mPhi, masses: Array(mPhi.indices),
            weight: nuclei * layer.radiationLengths))
      } else {
        slices += try electronSlices(process, depths, nuclei, mPhi, shares, weights)
      }
    }
    return slices
  }

  /// Masses that share the least useful energy share the energies, too.
  private func electronSlices(
    _ process: ProductionProcess, _ depths: ClosedRange<Double>, _ nuclei: Double, _ mPhi: [Double],
    _ shares: [Double], _ weights: [Double]
  ) throws -> [YieldSlice] {
    let electrons = PrimaryElectrons(radiationLengths: depths)
    let lowest = try mPhi.map { try lowestEnergy(mPhi: $0, process) }
    let groups = Dictionary(grouping: mPhi.indices.filter { lowest[$0] < experiment.beamEnergy }) { lowest[$0] }
    return groups.keys.sorted().flatMap { least in
      let (fractions, lengths) = electrons.energyFractions(
        above: least / experiment.beamEnergy, shares: shares, weights: weights)
      return zip(fractions, lengths).map { fraction, length in
        YieldSlice(
          process: process, energy: fraction * experiment.beamEnergy, mPhi: mPhi, masses: groups[least] ?? [],
          weight: nuclei * length)
      }
    }
  }

  /// The least energy [GeV] of a beam particle that can produce phi inside the cuts; the beam's energy where none can.
  func lowestEnergy(mPhi: Double, _ process: ProductionProcess) throws -> Double {
    let calculator = CrossSectionCalculator(process: process, device: device)
    func isOpen(_ energy: Double) throws -> Bool {
      let recoil = experiment.cuts.recoil(energy: energy, beamEnergy: experiment.beamEnergy)
      return try calculator.isOpen(energy: energy, mPhi: mPhi, cuts: ProductionCuts(recoilEnergy: recoil))
    }
    var closed = max(experiment.cuts.missingEnergy, process.thresholdEnergy(mPhi: mPhi))
    guard closed < experiment.beamEnergy, try !isOpen(closed * (1 + 1e-9)) else {
      return min(closed, experiment.beamEnergy)
    }
    var open = experiment.beamEnergy
    guard try isOpen(open) else { return open }
    for _ in 0..<50 {
      let middle = (closed + open) / 2
      if try isOpen(middle) { open = middle } else { closed = middle }
    }
    return open
  }
}
