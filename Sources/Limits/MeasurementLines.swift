import Constraints
import LeptonicPortal

extension MeasurementSet {
  /// The lines that follow from a set in a model, in the order of the set.
  ///
  /// A measured value that phi can explain gives the favoured couplings at its value and at 1 and 3 standard deviations,
  /// and an upper limit at 3; what does not depend on h_mue gives none.
  ///
  /// - Parameter selections: whose lines are wanted, and at how many standard deviations a value is a limit; nil for all.
  func lines(
    of model: Model, treatment: RelicChoices.Treatment, mPhi: ClosedRange<Double>,
    selections: [ConstraintChoices.Selection]?
  ) -> [LimitLine] {
    measurements.filter { $0.mPhiRange?.overlaps(mPhi) ?? true }.flatMap { measurement in
      let all = ConstraintChoices.Selection(measurement.name)
      let selection = selections.map { $0.first { $0.name == measurement.name } } ?? all
      return selection.map { measurement.lines(of: model, treatment: treatment, deviations: $0.deviations) } ?? []
    }
  }
}

extension Measurement {
  fileprivate func lines(
    of model: Model, treatment: RelicChoices.Treatment, deviations: Double
  ) -> [LimitLine] {
    if observable == RelicObservables.density.name { return relicLine }
    guard let condition = condition(in: model, treatment) else { return [] }
    let excluded = LimitLine(
      self, longName: "upper limit from \(longName)", kind: evidence.counts ? .excluded : .projection,
      deviations: isValue ? deviations : nil,
      condition: condition(upperBound(deviations: deviations)))
    return observable == Observables.deltaAMu.name ? [excluded] + favoured(condition) : [excluded]
  }

  /// The band at 1 and 3 standard deviations and its centre.
  private func favoured(_ condition: (Double) -> LimitLine.Condition) -> [LimitLine] {
    let edges: [(String, LimitKind, Double)] = [
      ("_central", .favouredCentral, 0), ("_1_sigma_low", .favouredLow, -1), ("_1_sigma_high", .favouredHigh, 1),
      ("_3_sigma_low", .favouredLow, -3), ("_3_sigma_high", .favouredHigh, 3),
    ]
    return edges.map { suffix, kind, deviations in
      let value = deviations == 0 ? "" : " \(deviations < 0 ? "minus" : "plus") \(Int(abs(deviations))) sigma"
      return LimitLine(
        self, suffix: suffix, longName: "\(longName)\(value)", kind: kind, deviations: deviations,
        condition: condition(upperBound(deviations: deviations)))
    }
  }

  private var relicLine: [LimitLine] {
    [
      LimitLine(
        self, longName: "observed density of dark matter", kind: .relicDensity, deviations: 0,
        condition: .relicDensity(equals: upperBound(deviations: 0)))
    ]
  }

  private var isValue: Bool {
    if case .value = result { true } else { false }
  }

  private var longName: String { names[observable] ?? observable }

  /// What to solve for a bound on the observable; nil where the observable is none of the model, or the paper has no
  /// estimate of it.
  private func condition(in model: Model, _ treatment: RelicChoices.Treatment) -> ((Double) -> LimitLine.Condition)? {
    switch treatment {
    case .exact:
      return model.observables.first { $0.name == observable }.flatMap { quantity in
        guard let along = LimitAlongMass(self, of: quantity) else {
          return { bound in .observable(quantity, equals: bound) }
        }
        // The ratio has formulas where the card compares with it.
        return model.formula(for: along.ratio) == nil ? nil : { _ in .observable(along.ratio, equals: 1) }
      }
    case .gk2022:
      if case .upperLimits = result { return nil }
      return GninenkoKrasnikovLimits.rate(of: observable).map { rate in
        { bound in .estimate(rate.perH2(mPhi:), equals: bound) }
      }
    }
  }
}

/// What is measured, for a person.
private let names = [
  Observables.deltaAMu.name: "the anomalous magnetic moment of the muon",
  Observables.deltaAE.name: "the anomalous magnetic moment of the electron",
  Observables.brMuEPhi.name: "mu -> e phi",
  Observables.brMuEPsiPsi.name: "mu -> e psi psi",
  Observables.michelRhoShift.name: "mu -> e psi psi in the muon's spectrum",
  Observables.ratioPiENuPhi.name: "pi -> e nu phi",
  Observables.brKENuPhi.name: "K -> e nu phi",
  Observables.brKENuPhiAccepted.name: "K -> e nu phi",
  Observables.ratioZEMuPhiAccepted.name: "Z -> e mu phi",
  Observables.ratioHEMuPhi.name: "h -> e mu phi",
  RelicObservables.pAnn.name: "annihilation at recombination",
]
