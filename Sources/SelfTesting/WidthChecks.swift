import LeptonicPortal
import PortalKernels

/// What the widths (arXiv:2202.04410 eqs. 12-14) must obey whatever the masses are.
func widthChecks(_ subject: Subject) -> [SelfTestCheck] {
  let fermions = Kernel(portal_kernel_invisible_width_fermions)
  let scalars = Kernel(portal_kernel_invisible_width_scalars)
  let masses = (1...64).map { 0.1 * Double($0) }
  let zeros = masses.map { _ in 0.0 }
  let light = masses.map { 0.11 * $0 }
  let heavier = masses.map { 0.73 * $0 }
  return [
    check("widths of massless daughters", limit: 2e-15, unit: .relative) {
      let toFermions = try subject.evaluate(fermions, [masses, zeros, zeros])[0]
      let toScalars = try subject.evaluate(scalars, [masses, zeros, zeros])[0]
      return zip(toFermions, masses).map { relativeError($0, $1 / (8 * .pi)) }
        + zip(toScalars, masses).map { relativeError($0, 1 / (16 * .pi * $1)) }
    },
    check("widths when daughters are exchanged", limit: 4e-15, unit: .relative) {
      try [fermions, scalars].flatMap { kernel in
        let widths = try subject.evaluate(kernel, [masses, light, heavier])[0]
        let exchanged = try subject.evaluate(kernel, [masses, heavier, light])[0]
        return zip(widths, exchanged).map(relativeError)
      }
    },
    check("widths below threshold", limit: 0, unit: .ulp) {
      try [fermions, scalars].flatMap { kernel in
        try subject.evaluate(kernel, [masses, heavier, heavier])[0].map { ulpDistance($0, 0) }
      }
    },
    check("branching ratios add up to 1", limit: 0x1p-52, unit: .relative) {
      let kernel = Kernel(portal_kernel_invisible_branching_ratio)
      let ratios = try subject.evaluate(kernel, [masses, light.reversed()])[0]
      let others = try subject.evaluate(kernel, [light.reversed(), masses])[0]
      return zip(ratios, others).map { relativeError($0 + $1, 1) }
    },
  ]
}
