import LeptonicPortal
import PortalKernels

/// A rate as Gninenko and Krasnikov estimate it (arXiv:2202.04410), as a quantity of a scan: the kernel `asymptotic_rate`
/// with the numbers of `GninenkoKrasnikovLimits`.
struct Estimate {
  let value: Quantity
  private let perH2: Quantity
  /// (inverse square/m_phi^2 + constant) per h^2 for m_phi below `belowMass`.
  private let rate: GninenkoKrasnikovLimits.Rate

  /// nil where the paper has no estimate of the observable.
  init?(of observable: String) {
    guard let rate = GninenkoKrasnikovLimits.rate(of: observable) else { return nil }
    self.rate = rate
    let reference = "arXiv:2202.04410"
    value = Quantity(
      "\(observable)_gk2022", units: "1", longName: "\(observable) as arXiv:2202.04410 estimates it",
      references: reference)
    perH2 = Quantity("\(observable)_gk2022_per_h2", units: "1", longName: "\(observable)_gk2022 for h_mue = 1")
  }

  static var all: [Estimate] { Model.observableNames.compactMap(Estimate.init(of:)) }

  var formulas: [Formula] {
    let numbers = [rate.inverseSquare, rate.constant, rate.belowMass]
    return [
      Formula(
        Kernel(portal_kernel_asymptotic_rate), of: [Parameters.mPhi], gives: [perH2], auxiliary: { numbers }),
      Formula(Kernel(portal_kernel_times_squared_coupling), of: [Parameters.hMue, perH2], gives: [value]),
    ]
  }
}
