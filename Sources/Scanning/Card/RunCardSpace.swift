import LeptonicPortal
import Production

extension RunCard {
  /// The model that the card asks for.
  public var model: Model { Model(darkMatter: darkMatter, relic: relic, extensions: extensions) }

  /// What the card's blocks add to the model.
  private var extensions: [ModelExtension] {
    [production?.observables(seed: seed).modelExtension].compactMap(\.self)
  }

  /// The grid: a dimension for every axis that is not fixed, in the order m_phi, h_mue, m_psi, g, energy.
  ///
  /// m_psi given as a ratio varies along m_phi and m_psi_over_m_phi; m_psi2 varies with m_psi.
  public var space: ParameterSpace {
    var dimensions: [ParameterSpace.Dimension] = []
    func field(_ axis: AxisSpec, _ name: String) -> Field {
      if case .fixed(let value) = axis.grid { return Field(dimensions: [], values: [value]) }
      dimensions.append(.init(name: name, size: axis.count))
      return Field(dimensions: [dimensions.count - 1], values: axis.values())
    }
    let mPhi = field(axes.mPhi, Parameters.mPhi.name)
    let hMue = field(axes.hMue, Parameters.hMue.name)
    let isRatio = axes.mPsi.scale == .ratioToMPhi
    let stated = field(axes.mPsi, isRatio ? Parameters.mPsiOverMPhi.name : Parameters.mPsi.name)
    let g = field(axes.g, Parameters.g(darkMatter).name)
    let mPsi = isRatio ? product(mPhi, stated) : stated
    let mPsi2 = Field(dimensions: mPsi.dimensions, values: mPsi.values.map(axes.mPsi2.value(forMPsi:)))
    var parameters = [
      Parameters.mPhi: mPhi, Parameters.hMue: hMue, Parameters.mPsi: mPsi, Parameters.g(darkMatter): g,
      Parameters.mPsi2: mPsi2,
    ]
    if let production {
      parameters[ProductionObservables.energy] = field(production.energy, ProductionObservables.energy.name)
    }
    return ParameterSpace(
      dimensions: dimensions, parameters: parameters,
      ratios: isRatio ? [Parameters.mPsiOverMPhi: stated] : [:])
  }

  /// The most pairs of m_phi and m_psi/m_phi: 512 MiB.
  static let mostRatioValues = 1 << 26

  /// What the card asks for; `status` always belongs to it.
  /// - Throws: ``PlanError``.
  public func job() throws -> ScanJob {
    let (pairs, overflow) = axes.mPhi.count.multipliedReportingOverflow(by: axes.mPsi.count)
    if axes.mPsi.scale == .ratioToMPhi, overflow || pairs > RunCard.mostRatioValues {
      throw PlanError.ratioTableTooLarge(values: pairs)
    }
    let model = model
    let requested = model.observables.filter { observables.contains($0.name) || $0 == Observables.status }
    return ScanJob(model: model, space: space, observables: requested, precision: precision.elementType)
  }
}

/// Every value of one field times every value of another with higher dimensions.
private func product(_ outer: Field, _ inner: Field) -> Field {
  Field(
    dimensions: outer.dimensions + inner.dimensions,
    values: outer.values.flatMap { value in inner.values.map { value * $0 } })
}
