import Experiments
import LeptonicPortal
import PortalKernels
import Statistics

/// One measurement as a function of a predicted value: ln L relative to its largest value, and whether the value is excluded.
/// docs/constraints.md has the definitions; the kernels are in Kernels/portable/constraints.h.
///
/// - A measured value m +- s is Gaussian; excluded is what lies `deviations` standard deviations above it. Anomalous moments
///   are two-sided in ln L; the relic density is not penalized below its value.
/// - An upper limit U at a confidence level CL is a Gaussian about 0, in values that are not negative, whose limit with a flat
///   prior (or CLs) at that level is U: P(|Z| <= z) = CL, sigma = U/z. Excluded is what lies above U. So a published limit
///   costs about as much as an experiment at its own limit.
/// - A counting experiment is Poisson with a Gaussian background, profiled; excluded is a signal above the CLs limit at 90 %.
/// - A bound on a coupling excludes and has ln L = 0.
///
/// A value that is not defined (NaN) is neither allowed nor excluded: ln L is NaN, and `excluded` has the bit `not_computed`.
public struct Constraint: Sendable {
  public let name: String
  public let longName: String
  public let references: String
  /// What stands behind it; nil for perturbativity.
  public let evidence: Evidence?
  /// The predicted value.
  public let value: Quantity
  /// `constrain_value` or `constrain_counts`.
  let kernel: Kernel
  /// What the kernel reads, but for the bit (Kernels/portable/constraint_layout.h).
  let numbers: [Double]

  /// Confidence level of published limits that name none.
  static let assumedConfidenceLevel = 0.9

  /// Of a published number.
  init(_ measurement: Measurement, value: Quantity, _ selection: ConstraintChoices.Selection) {
    name = measurement.name
    longName = value.longName
    references = measurement.reference
    evidence = measurement.evidence
    self.value = value
    kernel = Kernel(portal_kernel_constrain_value)
    let low = measurement.mPhiRange?.lowerBound ?? 0, high = measurement.mPhiRange?.upperBound ?? .infinity
    switch measurement.result {
    case .value(let mean, let deviation):
      let isTwoSided = selection.sides.map { $0 == .both } ?? (measurement.observable != RelicObservables.density.name)
      numbers = Constraint.numbers(
        masses: low...high, largest: measurement.upperBound(deviations: selection.deviations),
        smallest: selection.sides == .both ? measurement.upperBound(deviations: -selection.deviations) : -.infinity,
        mean: mean / measurement.normalization, perDeviationAbove: measurement.normalization / deviation,
        perDeviationBelow: isTwoSided ? measurement.normalization / deviation : 0)
    case .upperLimit(_, let level):
      let bound = measurement.upperBound()
      let quantile = NormalDistribution.quantile((1 + (level ?? Constraint.assumedConfidenceLevel)) / 2)
      numbers = Constraint.numbers(masses: low...high, largest: bound, perDeviationAbove: quantile / bound)
    case .upperLimits(let mPhi, _, let level):
      // The value is relative to the limit at its m_phi.
      let quantile = NormalDistribution.quantile((1 + (level ?? Constraint.assumedConfidenceLevel)) / 2)
      numbers = Constraint.numbers(
        masses: (mPhi.first ?? 0)...(mPhi.last ?? 0), largest: 1, perDeviationAbove: quantile)
    }
  }

  /// Of an experiment that counts.
  init(_ experiment: Experiment) {
    name = experiment.variableName
    longName = experiment.eventsQuantity.longName
    references = experiment.source
    evidence = experiment.evidence
    value = experiment.eventsQuantity
    kernel = Kernel(portal_kernel_constrain_counts)
    let counting = experiment.counting
    // Only a confidence level that is none makes this fail.
    let limit = try? experiment.signalLimit()
    var numbers = Constraint.numbers(largest: limit.map(rounded) ?? .infinity)
    let uncertainty = counting.backgroundUncertainty
    numbers[Int(PORTAL_CONSTRAINT_OBSERVED)] = Double(counting.observed)
    numbers[Int(PORTAL_CONSTRAINT_BACKGROUND)] = counting.background
    numbers[Int(PORTAL_CONSTRAINT_VARIANCE)] = uncertainty * uncertainty
    // ln L is relative to the best signal, where the kernel itself says what it is.
    let best = max(Double(counting.observed) - counting.background, 0)
    numbers[Int(PORTAL_CONSTRAINT_BEST)] =
      kernel.evaluate(columns: [[best], [1], [0], [0]], auxiliary: numbers)[0][0]
    self.numbers = numbers
  }

  /// Of a coupling.
  init(_ bound: Perturbativity, _ darkMatter: DarkMatter) {
    name = bound.rawValue
    value = bound.coupling(darkMatter)
    longName = "\(value.name) at most sqrt(4 pi)"
    references = "perturbation theory"
    evidence = nil
    kernel = Kernel(portal_kernel_constrain_value)
    numbers = Constraint.numbers(largest: Perturbativity.largestCoupling)
  }

  private static func numbers(
    masses: ClosedRange<Double> = 0...Double.infinity, largest: Double, smallest: Double = -.infinity, mean: Double = 0,
    perDeviationAbove: Double = 0, perDeviationBelow: Double = 0
  ) -> [Double] {
    var numbers = [Double](repeating: 0, count: Int(PORTAL_CONSTRAINT_LENGTH))
    numbers[Int(PORTAL_CONSTRAINT_MASS_LOW)] = masses.lowerBound
    numbers[Int(PORTAL_CONSTRAINT_MASS_HIGH)] = masses.upperBound
    numbers[Int(PORTAL_CONSTRAINT_LARGEST)] = largest
    numbers[Int(PORTAL_CONSTRAINT_SMALLEST)] = smallest
    numbers[Int(PORTAL_CONSTRAINT_MEAN)] = mean
    numbers[Int(PORTAL_CONSTRAINT_PER_DEVIATION_ABOVE)] = perDeviationAbove
    numbers[Int(PORTAL_CONSTRAINT_PER_DEVIATION_BELOW)] = perDeviationBelow
    return numbers
  }

  /// What the kernel reads.
  /// - Parameter bit: of the constraint in the mask.
  package func auxiliary(bit: UInt32) -> [Double] {
    var numbers = numbers
    numbers[Int(PORTAL_CONSTRAINT_BIT)] = Double(bit)
    return numbers
  }
}

/// To nine digits, or to 1e-9 below 1, which are the same whatever mathematical library computed them.
private func rounded(_ value: Double) -> Double {
  guard value.isFinite else { return value }
  var unit = 1e9
  while value * unit >= 1e10 { unit /= 10 }
  return (value * unit).rounded() / unit
}
