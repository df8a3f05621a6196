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
  /// In the order of their bits in `excluded`.
  public let selections: [Selection]
  /// Whether ``selections`` are those that are made without asking for any.
  public let areAllSelected: Bool
  /// Of the rates that measurements bound: exact, or the paper's estimates where it has one.
  public let treatment: RelicChoices.Treatment

  /// The most constraints: each has a bit, and one of the 32 says that a value is not defined.
  public static let most = 31

  /// - Parameter selections: if nil all that there are, but for planned experiments, which exclude nothing yet.
  /// - Throws: ``ConstraintError``.
  public init(
    measurements: MeasurementSet?, experiments: [Experiment] = [], selections: [Selection]? = nil,
    treatment: RelicChoices.Treatment = .exact, darkMatter: DarkMatter = .fermion
  ) throws(ConstraintError) {
    let names = ConstraintChoices.names(measurements: measurements, experiments: experiments, darkMatter: darkMatter)
    let planned = experiments.filter(\.isPlanned).map(\.variableName)
    let all = names.filter { !planned.contains($0) }.map { Selection($0) }
    let selections = selections ?? all
    for selection in selections where !names.contains(selection.name) { throw .unknown(selection.name, among: names) }
    guard selections.count <= ConstraintChoices.most else { throw .tooMany(selections.count) }
    self.measurements = measurements
    self.experiments = experiments
    self.treatment = treatment
    self.selections = selections
    areAllSelected = selections == all
  }

  /// Before the name of a constraint: its log-likelihood.
  public static let likelihoodPrefix = "log_likelihood_"
  /// Of the observables that all constraints give together.
  public static let totalNames = [ConstraintExtension.logLikelihood.name, ConstraintExtension.excludedName]

  /// The names of the observables that a model gets.
  public var observableNames: [String] {
    experiments.map(\.eventsQuantity.name) + selections.map { ConstraintChoices.likelihoodPrefix + $0.name }
      + (selections.isEmpty ? [] : ConstraintChoices.totalNames)
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

  public var description: String {
    switch self {
    case .unknown(let name, let names):
      "unknown constraint '\(name)' (neither the measurements nor the experiments have it) use \(names.joined(separator: ", "))"
    case .tooMany(let count):
      "\(count) constraints are asked for (each has one of the \(ConstraintChoices.most) bits of excluded) name fewer of them"
    }
  }
}
