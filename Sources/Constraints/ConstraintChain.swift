import LeptonicPortal
import PortalKernels

/// Constraints whose log-likelihoods and bits are summed up, each adding to the sums of those before it.
struct ConstraintChain {
  /// In the order of their bits.
  let constraints: [Constraint]
  /// The order in which they are evaluated.
  let order: [Int]
  /// Where the sums end.
  let logLikelihood, mask: Quantity

  var formulas: [Formula] {
    guard !constraints.isEmpty else { return [] }
    var sums = (likelihood: partial(logLikelihood, 0), mask: partial(mask, 0))
    var formulas = [
      Formula(Kernel(portal_kernel_unconstrained), of: [Parameters.mPhi], gives: [sums.likelihood, sums.mask])
    ]
    for (position, index) in order.enumerated() {
      let isLast = position == order.count - 1
      let next = (
        likelihood: isLast ? logLikelihood : partial(logLikelihood, position + 1),
        mask: isLast ? mask : partial(mask, position + 1)
      )
      let numbers = constraints[index].auxiliary(bit: 1 << UInt32(index))
      formulas.append(
        Formula(
          constraints[index].kernel,
          of: [constraints[index].value, Parameters.mPhi, sums.likelihood, sums.mask],
          gives: [constraints[index].logLikelihood, next.likelihood, next.mask], auxiliary: { numbers }))
      sums = next
    }
    return formulas
  }

  private func partial(_ total: Quantity, _ position: Int) -> Quantity {
    Quantity(
      "\(total.name)_sum_\(position)", units: "1", longName: "\(total.name) of the first \(position) constraints")
  }
}
