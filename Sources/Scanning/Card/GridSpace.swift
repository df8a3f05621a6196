import LeptonicPortal
import Production

extension ParameterAxes<AxisSpec> {
  /// The most pairs of m_phi and m_psi/m_phi: 512 MiB.
  static let mostRatioValues = 1 << 26

  func checkRatioTable() throws(PlanError) {
    let (pairs, overflow) = mPhi.count.multipliedReportingOverflow(by: mPsi.count)
    if mPsi.scale == .ratioToMPhi, overflow || pairs > ParameterAxes.mostRatioValues {
      throw .ratioTableTooLarge(values: pairs)
    }
  }

  /// The grid: a dimension for every axis that is not fixed, in the order m_phi, h_mue, m_psi, g, energy.
  ///
  /// m_psi given as a ratio varies along m_phi and m_psi_over_m_phi; m_psi2 varies with m_psi.
  /// - Parameter energy: of the beam, where there is one.
  public func space(_ darkMatter: DarkMatter, energy: AxisSpec? = nil) -> ParameterSpace {
    var dimensions: [ParameterSpace.Dimension] = []
    func field(_ axis: AxisSpec, _ name: String) -> Field {
      if case .fixed(let value) = axis.grid { return Field(dimensions: [], values: [value]) }
      dimensions.append(.init(name: name, size: axis.count))
      return Field(dimensions: [dimensions.count - 1], values: axis.values())
    }
    let mPhi = field(self.mPhi, Parameters.mPhi.name)
    let hMue = field(self.hMue, Parameters.hMue.name)
    let isRatio = self.mPsi.scale == .ratioToMPhi
    let stated = field(self.mPsi, isRatio ? Parameters.mPsiOverMPhi.name : Parameters.mPsi.name)
    let g = field(self.g, Parameters.g(darkMatter).name)
    let mPsi = isRatio ? product(mPhi, stated) : stated
    let mPsi2 = Field(dimensions: mPsi.dimensions, values: mPsi.values.map(self.mPsi2.value(forMPsi:)))
    var parameters = [
      Parameters.mPhi: mPhi, Parameters.hMue: hMue, Parameters.mPsi: mPsi, Parameters.g(darkMatter): g,
      Parameters.mPsi2: mPsi2,
    ]
    if let energy { parameters[ProductionObservables.energy] = field(energy, ProductionObservables.energy.name) }
    return ParameterSpace(
      dimensions: dimensions, parameters: parameters,
      ratios: isRatio ? [Parameters.mPsiOverMPhi: stated] : [:])
  }
}

/// Every value of one field times every value of another with higher dimensions.
private func product(_ outer: Field, _ inner: Field) -> Field {
  Field(
    dimensions: outer.dimensions + inner.dimensions,
    values: outer.values.flatMap { value in inner.values.map { value * $0 } })
}
