/// The four axes of a scan, each a grid or a range to draw from, and the second mass.
public struct ParameterAxes<Axis: Sendable & Hashable>: Sendable, Hashable {
  public var mPhi: Axis
  public var hMue: Axis
  public var mPsi: Axis
  public var g: Axis
  public var mPsi2: RunCard.SecondMass

  public init(mPhi: Axis, hMue: Axis, mPsi: Axis, g: Axis, mPsi2: RunCard.SecondMass = .splitting(0)) {
    self.mPhi = mPhi
    self.hMue = hMue
    self.mPsi = mPsi
    self.g = g
    self.mPsi2 = mPsi2
  }

  /// In the order of the dimensions.
  public var all: [Axis] { [mPhi, hMue, mPsi, g] }
}

extension ParameterAxes<AxisSpec> {
  /// Points of the full grid; nil if the number is beyond an Int.
  public var pointCount: Int? {
    all.reduce(1 as Int?) { product, axis in
      guard let (count, overflow) = product?.multipliedReportingOverflow(by: axis.count), !overflow else {
        return nil
      }
      return count
    }
  }
}
