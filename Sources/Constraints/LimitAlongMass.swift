import Experiments
import LeptonicPortal
import PortalKernels

/// A value divided by an upper limit that depends on m_phi: what the constraint compares with 1.
package struct LimitAlongMass {
  /// value/limit(m_phi).
  package let ratio: Quantity
  private let value, inverse: Quantity
  private let table: Efficiency

  /// - Parameter value: what the limits bound, in their units but for the normalization.
  /// Nil for another kind of result.
  package init?(_ measurement: Measurement, of value: Quantity) {
    guard case .upperLimits(let mPhi, let limits, _) = measurement.result else { return nil }
    self.value = value
    table = Efficiency(mPhi: mPhi, values: limits.map { measurement.normalization / $0 })
    inverse = Quantity(
      "inverse_limit_\(measurement.name)", units: "1", longName: "1 over the upper limit of \(measurement.name)")
    ratio = Quantity(
      "\(value.name)_over_limit_\(measurement.name)", units: "1",
      longName: "\(value.longName), over its upper limit", references: measurement.reference)
  }

  package var formulas: [Formula] {
    let table = table
    return [
      Formula(
        Kernel(portal_kernel_detection_efficiency), of: [Parameters.mPhi], gives: [inverse],
        auxiliary: { table.kernelTable }),
      Formula(Kernel(portal_kernel_product), of: [value, inverse], gives: [ratio]),
    ]
  }
}
