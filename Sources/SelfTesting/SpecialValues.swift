/// Inputs at which kernels go wrong first.
private let specialValues: [Double] = [
  0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
  0x1p-52, 1 - 0x1p-53, 1 + 0x1p-52,
]

/// Whether an input is a counter of random numbers, of which kernels use the bits: processors differ in the bits of NaNs.
private func isCounter(_ range: ClosedRange<Double>) -> Bool { range.lowerBound == 0 && range.upperBound >= 1e9 }

extension KernelDomain {
  /// Random points, then points with one special value or one end of the domain among random inputs.
  package func samplesWithSpecialValues(_ count: Int, seed: UInt64) -> [[Double]] {
    let special = inputs.map { [$0.lowerBound, $0.upperBound] + (isCounter($0) ? [] : specialValues) }
    let total = min(count, self.count ?? count)
    var columns = samples(total + special.map(\.count).reduce(0, +), seed: seed)
    var point = total
    for (j, values) in special.enumerated() {
      for value in values {
        columns[j][point] = value
        point += 1
      }
    }
    return columns
  }
}
