import LeptonicPortal

extension RunCard {
  /// The model that the card chooses.
  public var model: Model { Model(darkMatter: darkMatter) }

  /// The card's grid: dimensions m_phi, h_mue, m_psi (or m_psi_over_m_phi) and g, in this order.
  public var space: ParameterSpace {
    let (mPhi, mPsi) = (axes.mPhi.values(), axes.mPsi.values())
    let isRatio = axes.mPsi.scale == .ratioToMPhi
    let mPsiField =
      isRatio
      ? Field(dimensions: [0, 2], values: mPhi.flatMap { mass in mPsi.map { $0 * mass } })
      : Field(dimensions: [2], values: mPsi)
    let mPsi2Field = Field(
      dimensions: mPsiField.dimensions, values: mPsiField.values.map { axes.mPsi2.value(forMPsi: $0) })
    return ParameterSpace(
      dimensions: [
        .init(name: Parameters.mPhi.name, size: mPhi.count),
        .init(name: Parameters.hMue.name, size: axes.hMue.count),
        .init(name: isRatio ? Parameters.mPsiOverMPhi.name : Parameters.mPsi.name, size: mPsi.count),
        .init(name: Parameters.g(darkMatter).name, size: axes.g.count),
      ],
      parameters: [
        Parameters.mPhi: Field(dimensions: [0], values: mPhi),
        Parameters.hMue: Field(dimensions: [1], values: axes.hMue.values()),
        Parameters.mPsi: mPsiField,
        Parameters.mPsi2: mPsi2Field,
        Parameters.g(darkMatter): Field(dimensions: [3], values: axes.g.values()),
      ],
      ratios: isRatio ? [Parameters.mPsiOverMPhi: Field(dimensions: [2], values: mPsi)] : [:])
  }

  /// What the card asks for, as a job.
  public var job: ScanJob {
    let model = model
    let requested = model.observables.filter { observables.contains($0.name) || $0 == Observables.status }
    return ScanJob(model: model, space: space, observables: requested, precision: precision.elementType)
  }
}
