import LeptonicPortal

/// Why a cross section cannot be computed.
public enum ProductionError: Error, Hashable, CustomStringConvertible {
  case notPositive(name: String, value: Double)
  case energyTooHigh(energy: Double)
  case belowThreshold(energy: Double, threshold: Double, mPhi: Double)
  case pairBelowThreshold(rootS: Double, threshold: Double, mPhi: Double)
  case muonDecays(mPhi: Double, largest: Double)
  case badAngles(low: Double, high: Double)
  case decaying(mPhi: Double, largest: Double)
  case fractionOutOfRange(x: Double, smallest: Double)
  case angleOutOfRange(theta: Double)
  case badBins(count: Int)

  public var description: String {
    switch self {
    case .notPositive(let name, let value):
      "\(name) = \(value) GeV is not a positive energy (masses and energies are in GeV) use \(name) > 0"
    case .energyTooHigh(let energy):
      "energy = \(energy) GeV is above 1e6 GeV (\(ProductionProcess.whyEnergyIsBounded)) use 1e6 GeV or less"
    case .belowThreshold(let energy, let threshold, let mPhi):
      "energy = \(energy) GeV is below threshold (m_phi = \(mPhi) GeV needs \(threshold) GeV) use a higher energy or a "
        + "lighter phi"
    case .pairBelowThreshold(let rootS, let threshold, let mPhi):
      "sqrt_s = \(rootS) GeV is below threshold (m_phi = \(mPhi) GeV needs more than \(threshold) GeV) use a higher energy or a "
        + "lighter phi"
    case .muonDecays(let mPhi, let largest):
      "m_phi = \(mPhi) GeV is not above \(largest) GeV (an intermediate muon is real and decays to such a phi, and the tree-level "
        + "cross section diverges) use a heavier phi"
    case .badAngles(let low, let high):
      "angles from \(low) to \(high) degrees are none (they rise and lie between 0 and 180) give others"
    case .decaying(let mPhi, let largest):
      "m_phi = \(mPhi) GeV is not above \(largest) GeV (the beam's lepton itself decays to such a phi, and the tree-level cross "
        + "section diverges) use a heavier phi"
    case .fractionOutOfRange(let x, let smallest):
      "x = \(x) is outside phase space (x = E_phi/E lies between m_phi/E = \(smallest) and 1) use \(smallest) < x < 1"
    case .angleOutOfRange(let theta):
      "theta = \(theta) is no angle of phi (it lies between 0 and pi rad) use 0 <= theta <= 3.14159"
    case .badBins(let count):
      "\(count) bins cannot be filled (1 to \(HistogramBins.mostBins) bins with rising edges, angles from 0 to pi rad) give "
        + "other edges"
    }
  }
}

extension ProductionProcess {
  /// Checks that energy and mass are positive numbers, and that the energy is one for which the formulas are accurate.
  public func requireEnergies(energy: Double, mPhi: Double) throws {
    for (name, value) in [("energy", energy), ("m_phi", mPhi)] where !(value > 0 && value.isFinite) {
      throw ProductionError.notPositive(name: name, value: value)
    }
    if energy > ProductionProcess.largestEnergy { throw ProductionError.energyTooHigh(energy: energy) }
  }

  /// [GeV]. The least energy left to the recoils, of the order of m_f, is a difference of energies of the order of the
  /// beam's: here it is known to 1e-6, and from 1e13 GeV on not at all.
  public static let largestEnergy = 1e6
  /// In the words of messages.
  public static let whyEnergyIsBounded = "rounding then spoils the least energy that is left to the recoils"

  /// As ``ProductionChannel/largestDecayMass``, for any two leptons.
  public var largestDecayMass: Double { decayMass(incomingMass, outgoingMass) }

  /// Checks that phi of that mass is produced at that energy, and that the cross section is finite.
  public func requireOpen(energy: Double, mPhi: Double) throws {
    try requireEnergies(energy: energy, mPhi: mPhi)
    guard mPhi > largestDecayMass else { throw ProductionError.decaying(mPhi: mPhi, largest: largestDecayMass) }
    let threshold = thresholdEnergy(mPhi: mPhi)
    guard energy > threshold else {
      throw ProductionError.belowThreshold(energy: energy, threshold: threshold, mPhi: mPhi)
    }
  }

  /// Checks that phi can have the fraction x of the beam's energy: m_phi/E < x < 1.
  public func requireFraction(_ x: Double, energy: Double, mPhi: Double) throws {
    let smallest = mPhi / energy
    guard x > smallest, x < 1 else { throw ProductionError.fractionOutOfRange(x: x, smallest: smallest) }
  }

  /// Checks that theta is an angle: 0 <= theta <= pi.
  public func requireAngle(_ theta: Double) throws {
    guard theta >= 0, theta <= .pi else { throw ProductionError.angleOutOfRange(theta: theta) }
  }
}

extension ProductionChannel {
  /// m_i - m_f [GeV], 0 if negative: the mass of phi up to which l -> l' phi is open and the cross section diverges.
  public var largestDecayMass: Double { decayMass(incomingMass, outgoingMass) }
}

private func decayMass(_ incoming: Double, _ outgoing: Double) -> Double { max(0, incoming - outgoing) }
