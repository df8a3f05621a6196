import LeptonicPortal
import Production
import Statistics

/// A fixed-target experiment that looks for l N -> l' N phi with phi unseen: all that its signal and its limit follow from.
///
/// Experiments are data, read from YAML (docs/experiments.md): ``shipped`` ones are part of the program.
public struct Experiment: Sendable, Hashable {
  /// Lower-case letters, digits, hyphens.
  public var name: String
  /// One line for a person.
  public var title: String
  /// What stands behind it: whether it excludes points, or would.
  public var evidence = Evidence.measured
  /// How well the part of the signal inside the cuts that is detected is known, relative; nil where nobody says.
  public var acceptanceAccuracy: Double?
  /// The beam's lepton and what it turns into.
  public var channel: ProductionChannel
  /// [GeV].
  public var beamEnergy: Double
  /// Leptons on the target, all runs together.
  public var particlesOnTarget: Double
  /// In the order in which the beam meets them.
  public var layers: [TargetLayer]
  public var cuts: SignalCuts
  /// The part of the signal inside the cuts that is detected.
  public var efficiency: Efficiency
  /// Observed events, and how many were expected without signal.
  public var counting: CountingExperiment
  /// Whether the observed number is the median of those expected without signal, so that the limit is the median expected one:
  /// that of a planned experiment for which no number is given.
  public var observesMedian = false
  /// Of the limit on a signal that follows.
  public var confidenceLevel = 0.9
  /// Where the numbers stand.
  public var source: String
  /// Keys of `Bibliography`.
  public var citations: [String]
  /// Parts of the description that no source gives, with the reason for the number chosen.
  public var assumptions: [Assumption]

  /// Whether its data are still to be taken, so that its limit is a projection.
  public var isPlanned: Bool { evidence == .projection }

  /// A part of the description that was assumed.
  public struct Assumption: Sendable, Hashable {
    /// The key in the file: `layers`, `cuts`, `efficiency`, ...
    public var key: String
    public var reason: String

    public init(key: String, reason: String) {
      self.key = key
      self.reason = reason
    }
  }

  /// Expected events for one coupling: particles x yield x efficiency x h^2 x BR_inv.
  ///
  /// - Parameter yield: events per particle per h^2 at that mass.
  public func expectedEvents(yield: Double, mPhi: Double, hMue: Double, brInvisible: Double = 1) -> Double {
    particlesOnTarget * yield * efficiency.value(mPhi: mPhi) * hMue * hMue * brInvisible
  }

  /// The most signal events that the observed ones leave: CLs, at ``confidenceLevel``.
  public func signalLimit() throws(StatisticsError) -> Double {
    try counting.upperLimit(confidenceLevel: confidenceLevel, method: .cls)
  }

  /// The same for the quantiles of the numbers that are expected without signal, at -2, -1, 0, 1 and 2 standard deviations of a
  /// normal distribution: the median expected limit and its bands.
  public func expectedSignalLimits() throws(StatisticsError) -> [Double] {
    var limits: [Double] = []
    for deviations in -2...2 {
      let expected = try CountingExperiment.expected(
        quantile: NormalDistribution.cumulative(Double(deviations)), background: counting.background,
        backgroundUncertainty: counting.backgroundUncertainty)
      limits.append(try expected.upperLimit(confidenceLevel: confidenceLevel, method: .cls))
    }
    return limits
  }

  /// The h_mue whose expected events reach ``signalLimit()``; infinite where nothing is expected.
  public func couplingLimit(
    yield: Double, mPhi: Double, brInvisible: Double = 1
  ) throws(StatisticsError) -> Double {
    try (signalLimit() / expectedEvents(yield: yield, mPhi: mPhi, hMue: 1, brInvisible: brInvisible)).squareRoot()
  }
}

/// A slab of one element.
public struct TargetLayer: Sendable, Hashable {
  public var material: TargetMaterial
  /// In radiation lengths X0.
  public var radiationLengths: Double

  public init(material: TargetMaterial, radiationLengths: Double) {
    self.material = material
    self.radiationLengths = radiationLengths
  }

  /// Nuclei per cm^2 in one radiation length, N_A X0/A.
  var nucleiPerRadiationLength: Double {
    avogadroConstant * material.radiationLength / material.nucleus.massNumber
  }
}

/// N_A [1/mol], exact.
private let avogadroConstant = 6.02214076e23

/// What a signal event must pass. Energies in GeV; the nucleus' recoil, some keV, counts as the lepton's energy.
public struct SignalCuts: Sendable, Hashable {
  /// Least energy of phi and the outgoing lepton together. For an electron beam in a calorimeter: what the beam particle has
  /// radiated before stays there, so this is E_beam - E_ECAL.
  public var missingEnergy: Double = 0
  /// Least E_phi/E_beam.
  public var xMin: Double = 0
  /// Bounds on the energy of the outgoing lepton.
  public var recoilEnergy: ClosedRange<Double> = 0...Double.greatestFiniteMagnitude
  /// Largest angle of the outgoing lepton [rad].
  public var recoilAngleMax: Double = .pi

  public init() {}

  /// Bounds on E - E_phi for a lepton that has the energy E where phi is produced.
  func recoil(energy: Double, beamEnergy: Double) -> ClosedRange<Double> {
    let highest = xMin > 0 ? min(recoilEnergy.upperBound, energy - xMin * beamEnergy) : recoilEnergy.upperBound
    return recoilEnergy.lowerBound...max(recoilEnergy.lowerBound, highest)
  }

  /// The same without what concerns the outgoing particles: what acceptance is relative to.
  var withoutRecoil: SignalCuts {
    var cuts = SignalCuts()
    cuts.missingEnergy = missingEnergy
    return cuts
  }
}
