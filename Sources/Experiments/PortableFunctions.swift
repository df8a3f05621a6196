import LeptonicPortal
import PortalKernels

/// Elementary functions with the same bits on every host: the kernels' own.
func portableExponential(_ x: [Double]) -> [Double] { Kernel(portal_kernel_exponential).evaluate(columns: [x])[0] }

func portableLogarithm(_ x: [Double]) -> [Double] { Kernel(portal_kernel_logarithm).evaluate(columns: [x])[0] }

/// sin and cos of angles in turns.
func portableRotation(turns: [Double]) -> (sine: [Double], cosine: [Double]) {
  let columns = Kernel(portal_kernel_rotation).evaluate(columns: [turns])
  return (columns[0], columns[1])
}

func portableExponential(_ z: [ComplexNumber]) -> [ComplexNumber] {
  let moduli = portableExponential(z.map(\.re))
  let (sine, cosine) = portableRotation(turns: z.map { $0.im / (2 * .pi) })
  return moduli.indices.map { ComplexNumber(moduli[$0] * cosine[$0], moduli[$0] * sine[$0]) }
}

/// The principal branch.
func portableLogarithm(_ z: [ComplexNumber]) -> [ComplexNumber] {
  zip(portableLogarithm(z.map(\.squaredModulus)), z).map { ComplexNumber(0.5 * $0, $1.argument) }
}

/// B_2k/2k of the digamma function's asymptotic series, the last first.
private let digammaCoefficients: [Double] = [-1 / 12, 691 / 32760, -1 / 132, 1 / 240, -1 / 252, 1 / 120, -1 / 12]

/// psi(z), the logarithmic derivative of the gamma function, to the right of the poles and well above and below them:
/// the asymptotic series at z + 12.
func portableDigamma(_ z: [ComplexNumber]) -> [ComplexNumber] {
  let logs = portableLogarithm(z.map { $0 + 12 })
  return zip(z, logs).map { z, log in
    let inverse = 1 / (z + 12), square = inverse * inverse
    let series = digammaCoefficients.reduce(ComplexNumber(0)) { sum, term in square * sum + term }
    let steps = (0..<12).reduce(ComplexNumber(0)) { sum, k in sum + 1 / (z + Double(k)) }
    return (log - 0.5 * inverse) + (square * series - steps)
  }
}

/// (1 - e^-z)/z.
func portableAttenuation(_ z: [ComplexNumber]) -> [ComplexNumber] {
  zip(z, portableExponential(z.map { -$0 })).map { z, power in
    guard z.squaredModulus < 0.25 else { return (ComplexNumber(1) - power) / z }
    return stride(from: 18.0, through: 2, by: -1).reduce(ComplexNumber(1)) { ComplexNumber(1) - (1 / $1) * z * $0 }
  }
}
