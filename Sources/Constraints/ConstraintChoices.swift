import Experiments
import LeptonicPortal

/// Which constraints are evaluated at every point, and how.
public struct ConstraintChoices: Sendable, Hashable {
  /// One constraint.
  public struct Selection: Sendable, Hashable {
    public var name: String
    /// Nil: that of the constraint, see ``Constraint``.
    public var sides: Sides?
    /// How far from a measured value a point is excluded, in its standard deviations.
    public var deviations: Double

    public init(_ name: String, sides: Sides? = nil, deviations: Double = 3) {
      self.name = name
      self.sides = sides
      self.deviations = deviations
    }
  }

  /// On which sides of a measured value a prediction is disfavoured.
  public enum Sides: String, Sendable, Hashable, CaseIterable {
    /// Above it only: phi may be a part of the explanation.
    case upper
    /// Above and below.
    case both
  }

  public let measurements: MeasurementSet?
  public let experiments: [Experiment]
  /// In the order of their bits in `excluded`: those that count.
  public let selections: [Selection]
  /// In the order of their bits in `would_exclude`: those that would exclude points if what is assumed of them were so.
  public let uncounted: [Selection]
  /// Whether ``selections`` are those that are made without asking for any.
  public let areAllSelected: Bool
  /// Of the rates that measurements bound: exact, or the paper's estimates where it has one.
  public let treatment: RelicChoices.Treatment

  /// The most constraints: each has a bit, and one of the 32 says that a value is not defined.
  public static let most = 31

  /// - Parameters:
  ///   - selections: those that count, whatever their evidence; if nil all that are measured or recast.
  ///   - uncounted: those that do not count; if nil all others that are hypothetical or projections, of measurements only
  ///     where `selections` is nil.
  /// - Throws: ``ConstraintError``.
  public init(
    measurements: MeasurementSet?, experiments: [Experiment] = [], selections: [Selection]? = nil,
    uncounted: [Selection]? = nil, treatment: RelicChoices.Treatment = .exact, darkMatter: DarkMatter = .fermion
  ) throws(ConstraintError) {
    let names = ConstraintChoices.names(measurements: measurements, experiments: experiments, darkMatter: darkMatter)
    let assumed = experiments.filter { !$0.evidence.counts }.map(\.variableName)
    let assumedNumbers = measurements?.measurements.filter { !$0.evidence.counts }.map(\.name) ?? []
    let all = names.filter { !(assumed + assumedNumbers).contains($0) }.map { Selection($0) }
    let others = selections == nil ? assumedNumbers + assumed : assumed
    let selections = selections ?? all
    let counted = selections.map(\.name)
    let uncounted =
      uncounted ?? others.filter { names.contains($0) && !counted.contains($0) }.map { Selection($0) }
    for name in counted + uncounted.map(\.name) where !names.contains(name) { throw .unknown(name, among: names) }
    if let twice = uncounted.first(where: { counted.contains($0.name) }) { throw .countedAndNot(twice.name) }
    for count in [selections.count, uncounted.count] where count > ConstraintChoices.most { throw .tooMany(count) }
    self.measurements = measurements
    self.experiments = experiments
    self.treatment = treatment
    self.selections = selections
    self.uncounted = uncounted
    areAllSelected = selections == all
  }

  /// Before the name of a constraint: its log-likelihood.
  public static let likelihoodPrefix = "log_likelihood_"
  /// Of the observables that all constraints give together.
  public static let totalNames = [ConstraintExtension.logLikelihood.name, ConstraintExtension.excludedName]

  /// The names of the observables that a model gets.
  public var observableNames: [String] {
    experiments.map(\.eventsQuantity.name)
      + (selections + uncounted).map { ConstraintChoices.likelihoodPrefix + $0.name }
      + (selections.isEmpty ? [] : ConstraintChoices.totalNames)
      + (uncounted.isEmpty ? [] : [ConstraintExtension.wouldExcludeName])
  }

  /// The constraints that there are: those of the set whose quantity a scan computes (not the Higgs boson's, which depend on
  /// another coupling), perturbativity, and the experiments.
  public static func names(
    measurements: MeasurementSet?, experiments: [Experiment], darkMatter: DarkMatter
  ) -> [String] {
    let observables = Set(Model.observableNames)
    let measured = measurements?.measurements.filter { observables.contains($0.observable) }.map(\.name) ?? []
    let perturbative = Perturbativity.allCases.filter { $0.applies(to: darkMatter) }.map(\.rawValue)
    return measured + perturbative + experiments.map(\.variableName)
  }
}

/// Why constraints cannot be evaluated. Reads `PROBLEM (WHY) SUGGESTION`.
public enum ConstraintError: Error, Sendable, Hashable, CustomStringConvertible {
  case unknown(String, among: [String])
  case tooMany(Int)
  case countedAndNot(String)

  public var description: String {
    switch self {
    case .unknown(let name, let names):
      "unknown constraint '\(name)' (neither the measurements nor the experiments have it) use \(names.joined(separator: ", "))"
    case .countedAndNot(let name):
      "\(name) is both under constraints and under would_exclude (what counts excludes) remove one of the two"
    case .tooMany(let count):
      "\(count) constraints are asked for (each has one of the \(ConstraintChoices.most) bits of excluded) name fewer of them"
    }
  }
}
