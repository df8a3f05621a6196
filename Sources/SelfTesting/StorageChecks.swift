import ComputeDevices
import LeptonicPortal
import PortalKernels

/// How results are stored in each type but float64, in which every other check has its results: Swift's own conversions are
/// expected. OpenCL makes subnormal numbers in single precision optional.
func storageChecks(_ device: any Device, of types: [ElementType] = ElementType.allCases) -> [SelfTestCheck] {
  types.compactMap { type -> SelfTestCheck? in
    switch type {
    case .float64: nil
    case .float32:
      storageCheck("stored as float32", device, singlePrecisionValues, as: type) { (stored: Float, value) in
        ulpDistance(stored, Float(value))
      }
    case .uint8:
      storageCheck("stored as uint8", device, (0...255).map { Double($0) }, as: type) { (stored: UInt8, value) in
        abs(Double(stored) - value)
      }
    case .uint32:
      storageCheck("stored as uint32", device, wholeValues, as: type) { (stored: UInt32, value) in
        abs(Double(stored) - value)
      }
    }
  }
}

private func storageCheck<Stored>(
  _ name: String, _ device: any Device, _ values: [Double], as type: ElementType,
  error: (_ stored: Stored, _ value: Double) -> Double
) -> SelfTestCheck {
  check(name, limit: 0, unit: .ulp) {
    // Times 1, which leaves everything as it is.
    let step = Program.Step(
      kernel: Kernel(portal_kernel_product), inputs: [.table(0, strides: [1]), .table(1, strides: [0])], outputs: [0])
    let program = Program(
      shape: [values.count], tables: [values, [1]], steps: [step], streamCount: 1,
      results: [.init(stream: 0, type: type)])
    let memory = UnsafeMutablePointer<Stored>.allocate(capacity: values.count)
    defer { memory.deallocate() }
    try device.prepare(program).evaluate(0..<values.count, into: [UnsafeMutableRawPointer(memory)])
    return values.indices.map { error(memory[$0], values[$0]) }
  }
}

/// Middles between two floats, subnormal ones too, with their neighbours, and both ends of the range; then random numbers.
private let singlePrecisionValues: [Double] = {
  let smallest = Double(Float.leastNonzeroMagnitude)
  let middles: [Double] =
    [0x1.000001p0, 0x1.000003p0, 0x1.fffffdp0, 0x1.ffffffp127]
    + [0.5, 1.5, 2.5, 12345.5, 8388606.5].map { $0 * smallest }
  let others: [Double] = [
    0, 1, 0.1, smallest, 3 * smallest, Double(Float.leastNormalMagnitude), Double(Float.leastNormalMagnitude).nextDown,
    Double(Float.greatestFiniteMagnitude), 1e300, 1e-300, .leastNonzeroMagnitude, .infinity,
  ]
  var generator = SplitMix64(seed: 14)
  let random = (0..<500).map { _ in
    let exponent = Int.random(in: -150...127, using: &generator)
    return Double(sign: .plus, exponent: exponent, significand: .random(in: 1..<2, using: &generator))
  }
  let positive = middles.flatMap { [$0.nextDown, $0, $0.nextUp] } + others + random
  return positive + positive.map { -$0 } + [.nan]
}()

/// Around the powers of two up to 2^32.
private let wholeValues: [Double] = (0...32).flatMap { k -> [Double] in
  let power = Double(UInt64(1) << k)
  return [power - 1, power, power + 1].filter { $0 <= Double(UInt32.max) }
}
