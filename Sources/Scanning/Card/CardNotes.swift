import LeptonicPortal

extension RunCard {
  /// What is right and yet may not be what was meant, for the plan of a scan.
  /// - Parameter list: the points where the card names a file of them.
  public func notes(list: PointList? = nil) -> [String] {
    [
      precision == .float32 ? "numbers are \(singlePrecisionNote) (precision: float64 keeps them)" : nil,
      isWithoutInvisibleDecay(list)
        ? "phi decays to dark matter at no point (m_psi + m_psi2 is m_phi or more everywhere), so br_invisible is 0"
        : nil,
      notStored(list),
    ].compactMap(\.self)
  }

  private func isWithoutInvisibleDecay(_ list: PointList?) -> Bool {
    switch points {
    case .grid(let axes):
      axes.isWithoutInvisibleDecay(
        mPhi: (axes.mPhi.grid.smallest, axes.mPhi.grid.largest), mPsi: axes.mPsi.grid.smallest)
    case .sampled(let sampling):
      sampling.axes.isWithoutInvisibleDecay(
        mPhi: (sampling.axes.mPhi.range.smallest, sampling.axes.mPhi.range.largest),
        mPsi: sampling.axes.mPsi.range.smallest)
    case .listed: list?.isWithoutInvisibleDecay ?? false
    }
  }

  private func notStored(_ list: PointList?) -> String? {
    let names = list?.others.map(\.name).filter { !$0.isEmpty } ?? []
    if names.isEmpty { return nil }
    return
      "columns of the list that are no parameters are not stored (\(names.joined(separator: ", "))): rows keep their order"
  }
}

extension ParameterAxes where Axis: CardAxis {
  /// Whether the lightest dark particles are too heavy for phi. Both sides are linear in m_phi, so that its ends decide.
  fileprivate func isWithoutInvisibleDecay(mPhi ends: (Double, Double), mPsi smallest: Double) -> Bool {
    [ends.0, ends.1].allSatisfy { phi in
      let psi = mPsi.scale == .ratioToMPhi ? smallest * phi : smallest
      return psi + mPsi2.value(forMPsi: psi) >= phi
    }
  }
}

extension PointList {
  fileprivate var isWithoutInvisibleDecay: Bool {
    guard let phi = columns["m_phi"], let first = columns["m_psi"], let second = columns["m_psi2"] else { return false }
    return phi.indices.allSatisfy { first[$0] + second[$0] >= phi[$0] }
  }
}
