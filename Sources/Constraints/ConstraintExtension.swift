import Experiments
import LeptonicPortal
import PortalKernels

/// The constraints of a scan, ready to be evaluated with it.
public struct ConstraintExtension: Sendable {
  /// The sum of ln L of all constraints.
  public static let logLikelihood = Quantity(
    "log_likelihood", units: "1", longName: "sum of the log-likelihoods of all constraints, each at most 0")

  /// Those that count, in the order of their bits.
  public let constraints: [Constraint]
  /// Those that only would exclude, in the order of their bits.
  public let uncounted: [Constraint]
  private let choices: ConstraintChoices
  private let model: Model
  private let mPhi: ClosedRange<Double>

  /// - Parameters:
  ///   - model: without this extension.
  ///   - mPhi: the masses of phi that will be asked for [GeV].
  public init(_ choices: ConstraintChoices, model: Model, mPhi: ClosedRange<Double>) {
    self.choices = choices
    self.model = model
    self.mPhi = mPhi
    constraints = choices.selections.compactMap { ConstraintExtension.constraint($0, choices, model) }
    uncounted = choices.uncounted.compactMap { ConstraintExtension.constraint($0, choices, model) }
  }

  static let excludedName = "excluded"
  static let wouldExcludeName = "would_exclude"

  /// The bit of `excluded` where a constraint cannot judge, because the predicted value is not defined.
  static let notComputed = Quantity.Flag(value: UInt32(PORTAL_CONSTRAINT_NOT_COMPUTED), meaning: "not_computed")

  /// One bit per constraint that excludes the point, and ``notComputed``.
  public var excluded: Quantity {
    mask(
      ConstraintExtension.excludedName, of: constraints,
      longName: "constraints that exclude the point; 0 where it is allowed")
  }

  /// The same for hypothetical constraints and projections, which do not count.
  public var wouldExclude: Quantity {
    mask(
      ConstraintExtension.wouldExcludeName, of: uncounted,
      longName: "hypothetical and planned constraints that would exclude the point, if what is assumed of them were so")
  }

  private func mask(_ name: String, of constraints: [Constraint], longName: String) -> Quantity {
    let bits = constraints.enumerated().map {
      Quantity.Flag(value: 1 << $0, meaning: $1.name, evidence: $1.evidence)
    }
    return Quantity(
      name, units: "1", longName: longName, flags: bits + [ConstraintExtension.notComputed], flagKind: .masks)
  }

  /// The sum over ``uncounted``, which nobody asks for.
  private static let uncountedLikelihood = Quantity(
    "log_likelihood_uncounted", units: "1", longName: "sum of the log-likelihoods of constraints that do not count")

  /// The observables and formulas that a model gets.
  public var modelExtension: ModelExtension {
    let events = choices.experiments.map(\.eventsQuantity)
    let totals =
      (constraints.isEmpty ? [] : [ConstraintExtension.logLikelihood, excluded])
      + (uncounted.isEmpty ? [] : [wouldExclude])
    let chains =
      chain(constraints, logLikelihood: ConstraintExtension.logLikelihood, mask: excluded)
      + chain(uncounted, logLikelihood: ConstraintExtension.uncountedLikelihood, mask: wouldExclude)
    return ModelExtension(
      observables: events + (constraints + uncounted).map(\.logLikelihood) + totals,
      formulas: choices.experiments.flatMap { $0.eventsFormulas(mPhi: mPhi) } + estimates + ratios + chains,
      citations: citations)
  }

  /// Of the measurements among the constraints, and of the experiments.
  private var citations: [String] {
    (choices.selections + choices.uncounted).flatMap { choices.measurements?[$0.name]?.citations ?? [] }
      + choices.experiments.flatMap(\.citations)
  }

  private static func constraint(
    _ selection: ConstraintChoices.Selection, _ choices: ConstraintChoices, _ model: Model
  ) -> Constraint? {
    if let measurement = choices.measurements?[selection.name] {
      let exact = model.observables.first { $0.name == measurement.observable }
      let estimate = choices.treatment == .gk2022 ? Estimate(of: measurement.observable)?.value : nil
      return (estimate ?? exact).map {
        Constraint(measurement, value: LimitAlongMass(measurement, of: $0)?.ratio ?? $0, selection)
      }
    }
    if let experiment = choices.experiments.first(where: { $0.variableName == selection.name }) {
      return Constraint(experiment)
    }
    return Perturbativity(rawValue: selection.name).flatMap {
      $0.applies(to: model.darkMatter) ? Constraint($0, model.darkMatter) : nil
    }
  }

  /// The paper's rates that constraints read.
  private var estimates: [Formula] {
    let values = Set((constraints + uncounted).map(\.value))
    let behindRatios = Set(ratios.flatMap(\.inputs))
    return Estimate.all.filter { values.contains($0.value) || behindRatios.contains($0.value) }.flatMap(\.formulas)
  }

  /// The ratios to limits along m_phi.
  private var ratios: [Formula] {
    (choices.selections + choices.uncounted).flatMap { selection -> [Formula] in
      guard let measurement = choices.measurements?[selection.name] else { return [] }
      let exact = model.observables.first { $0.name == measurement.observable }
      let estimate = choices.treatment == .gk2022 ? Estimate(of: measurement.observable)?.value : nil
      return (estimate ?? exact).flatMap { LimitAlongMass(measurement, of: $0) }?.formulas ?? []
    }
  }

  /// What depends on few parameters comes first, so that the sums over it are tables.
  private func chain(_ constraints: [Constraint], logLikelihood: Quantity, mask: Quantity) -> [Formula] {
    ConstraintChain(
      constraints: constraints, order: orderByParameters(constraints), logLikelihood: logLikelihood, mask: mask
    ).formulas
  }

  /// Constraints so that each adds as few parameters as possible to those before it.
  private func orderByParameters(_ constraints: [Constraint]) -> [Int] {
    let extended = Model(
      darkMatter: model.darkMatter, relic: model.relic,
      extensions: model.extensions + [
        ModelExtension(
          observables: [], formulas: choices.experiments.flatMap { $0.eventsFormulas(mPhi: mPhi) } + estimates + ratios)
      ])
    let parameters = constraints.map { extended.parameters(behind: $0.value) }
    var rest = Array(constraints.indices)
    var known: Set<Quantity> = [Parameters.mPhi]
    var order: [Int] = []
    while let next = rest.min(by: { parameters[$0].subtracting(known).count < parameters[$1].subtracting(known).count })
    {
      order.append(next)
      known.formUnion(parameters[next])
      rest.removeAll { $0 == next }
    }
    return order
  }
}

extension Constraint {
  /// The observable `log_likelihood_NAME`.
  public var logLikelihood: Quantity {
    Quantity(
      ConstraintChoices.likelihoodPrefix + name, units: "1", longName: "log-likelihood of \(longName)",
      references: references, evidence: evidence)
  }
}

extension Model {
  /// The parameters that a quantity depends on.
  fileprivate func parameters(behind quantity: Quantity) -> Set<Quantity> {
    guard let formula = formula(for: quantity) else { return [quantity] }
    return formula.inputs.reduce(into: []) { $0.formUnion(parameters(behind: $1)) }
  }
}
