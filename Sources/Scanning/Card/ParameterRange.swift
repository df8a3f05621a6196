import LeptonicPortal
import Production

/// From where to where a parameter goes in a scan.
public struct ParameterRange: Sendable, Hashable {
  public let quantity: Quantity
  /// How many values an axis of a grid has; nil for one value, and for points that are no grid.
  public let count: Int?
  public let smallest: Double
  public let largest: Double
}

extension RunCard {
  /// The ranges of the parameters as the card states them, m_psi2 where it is not m_psi.
  /// - Parameter list: the points where the card names a file of them.
  public func parameterRanges(list: PointList? = nil) -> [ParameterRange] {
    let ranges =
      switch points {
      case .grid(let axes): axes.ranges(darkMatter)
      case .sampled(let sampling): sampling.axes.ranges(darkMatter)
      case .listed: list?.ranges(Model(darkMatter: darkMatter)) ?? []
      }
    return ranges + [production?.energy.range(of: ProductionObservables.energy)].compactMap(\.self)
  }
}

/// What axes of grids and of drawn points have in common.
private protocol RangedAxis {
  var scale: AxisSpec.Scale { get }
  func range(of quantity: Quantity) -> ParameterRange
}

extension AxisSpec: RangedAxis {
  fileprivate func range(of quantity: Quantity) -> ParameterRange {
    var count: Int? = self.count
    if case .fixed = grid { count = nil }
    return ParameterRange(quantity: quantity, count: count, smallest: grid.smallest, largest: grid.largest)
  }
}

extension SampledAxis: RangedAxis {
  fileprivate func range(of quantity: Quantity) -> ParameterRange {
    ParameterRange(quantity: quantity, count: nil, smallest: range.smallest, largest: range.largest)
  }
}

extension ParameterAxes where Axis: RangedAxis {
  fileprivate func ranges(_ darkMatter: DarkMatter) -> [ParameterRange] {
    let isRatio = mPsi.scale == .ratioToMPhi
    let phi = mPhi.range(of: Parameters.mPhi)
    let psi = mPsi.range(of: isRatio ? Parameters.mPsiOverMPhi : Parameters.mPsi)
    let stated = [phi, hMue.range(of: Parameters.hMue), psi, g.range(of: Parameters.g(darkMatter))]
    if mPsi2 == .splitting(0) || mPsi2 == .ratioToMPsi(1) { return stated }
    let second = ParameterRange(
      quantity: Parameters.mPsi2, count: nil,
      smallest: mPsi2.value(forMPsi: isRatio ? psi.smallest * phi.smallest : psi.smallest),
      largest: mPsi2.value(forMPsi: isRatio ? psi.largest * phi.largest : psi.largest))
    return stated + [second]
  }
}

extension PointList {
  fileprivate func ranges(_ model: Model) -> [ParameterRange] {
    varied(model).compactMap { parameter in
      guard let values = columns[parameter.name], let smallest = values.min(), let largest = values.max() else {
        return nil
      }
      return ParameterRange(quantity: parameter, count: nil, smallest: smallest, largest: largest)
    }
  }
}
