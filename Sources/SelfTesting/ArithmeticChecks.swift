import LeptonicPortal
import PortalKernels

/// The operations that all kernels are made of, against the processor's own IEEE 754 arithmetic: nothing contracted,
/// fused where written so, division and square root correctly rounded, subnormal numbers kept.
func arithmeticChecks(_ subject: Subject) -> [SelfTestCheck] {
  let operations: [(name: String, points: [[Double]], output: Int, expected: ([Double]) -> Double)] = [
    ("a*b + c rounded twice (not contracted)", contractionPoints(), 0, { $0[0] * $0[1] + $0[2] }),
    ("fused multiply-add rounded once", contractionPoints(), 1, { $0[2].addingProduct($0[0], $0[1]) }),
    ("division rounded correctly", divisionPoints(), 2, { $0[0] / $0[1] }),
    ("square root rounded correctly", squareRootPoints(), 3, { $0[0].squareRoot() }),
    ("subnormal products kept", subnormalPoints(), 0, { $0[0] * $0[1] + $0[2] }),
    ("subnormal quotients kept", subnormalPoints(), 2, { $0[0] / $0[1] }),
    ("subnormal square roots", subnormalPoints(), 3, { $0[0].squareRoot() }),
  ]
  return operations.map { name, points, output, expected in
    check(name, limit: 0, unit: .ulp) {
      let inputs = (0..<3).map { j in points.map { $0[j] } }
      let values = try subject.evaluate(Kernel(portal_kernel_arithmetic), inputs)[output]
      return zip(values, points).map { ulpDistance($0, expected($1)) }
    }
  }
}

/// c = -round(a b): the sum is 0 with two roundings, and the rounding error of the product with one.
private func contractionPoints() -> [[Double]] {
  var generator = SplitMix64(seed: 11)
  let random = (0..<500).map { _ in
    (Double.random(in: 1..<2, using: &generator), Double.random(in: 1..<2, using: &generator))
  }
  return ([(1 + 0x1p-30, 1 - 0x1p-30), (1 + 0x1p-52, 1 + 0x1p-52), (0.1, 10)] + random).map { [$0, $1, -($0 * $1)] }
}

/// Random mantissas, and quotients next to the middle between two doubles: (1 - 2^-53)/(1 - k 2^-53) and the like.
private func divisionPoints() -> [[Double]] {
  var generator = SplitMix64(seed: 12)
  let random = (0..<2000).map { _ in
    [Double.random(in: 1..<2, using: &generator), Double.random(in: 1..<2, using: &generator), 0]
  }
  let hard: [[Double]] = (1...200).flatMap { k -> [[Double]] in
    let x = Double(k) * 0x1p-53
    return [
      [1, 1 - x, 0], [1 - 0x1p-53, 1 - x, 0], [1 + 0x1p-52, 1 + 2 * x, 0], [Double(k), 3, 0], [1, Double(k), 0],
    ]
  }
  return random + hard + [
    [0, 1, 0], [-0.0, 1, 0], [1, 0, 0], [1, -0.0, 0], [1, .infinity, 0], [1e308, 1e-308, 0],
  ]
}

/// Random mantissas, and squares of doubles with their neighbours, whose roots lie next to a middle.
private func squareRootPoints() -> [[Double]] {
  var generator = SplitMix64(seed: 13)
  let random = (0..<2000).map { _ in Double.random(in: 1..<4, using: &generator) }
  let squares = (1...300).flatMap { k in
    let y = 1 + Double(k) * 0x1p-52
    return [(y * y).nextDown, y * y, (y * y).nextUp, 4 - Double(k) * 0x1p-51, 1 - Double(k) * 0x1p-53]
  }
  return (random + squares + [0, -0.0, .infinity, 2, 3]).map { [$0, 1, 0] }
}

/// Operands or results below 2^-1022.
private func subnormalPoints() -> [[Double]] {
  let smallest = Double.leastNonzeroMagnitude
  let normal = Double.leastNormalMagnitude
  let odd = 0x1.23456789abcdcp-1023
  return [
    [normal, 0.5, 0], [smallest, 1, 0], [smallest, 1, smallest], [normal.nextDown, 1, 0], [odd, 3, 0], [odd, 0.7, odd],
    [normal, 3, -normal], [smallest, 2, 0], [0x1.5p-1000, 0x1.7p-60, 0], [0x1.5p-1000, 0x1.7p+60, 0],
    [smallest, smallest, 0], [3 * smallest, 2, 0], [normal * (1 + 0x1p-52), 1, -normal], [odd, odd, 0],
  ]
}
