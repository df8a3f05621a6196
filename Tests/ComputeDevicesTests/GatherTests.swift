import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// Programs whose tables live on subsets of the dimensions, compared with plain index arithmetic.
struct GatherTests {
  static let product = Kernel(portal_kernel_product)
  static let shapes = [[5, 1, 13, 11], [1, 1, 1, 1], [3, 5, 2, 41], [1, 7, 1, 101], [600, 1, 1, 1], [2, 3, 1, 1]]

  /// Row-major strides of a table on the dimensions chosen by the bits of `subset`, 0 elsewhere, and its length.
  private func layout(_ shape: [Int], subset: Int) -> (strides: [Int], length: Int) {
    var strides = Array(repeating: 0, count: shape.count)
    var length = 1
    for k in shape.indices.reversed() where subset >> k & 1 == 1 {
      strides[k] = length
      length *= shape[k]
    }
    return (strides, length)
  }

  private func index(of point: Int, shape: [Int], strides: [Int]) -> Int {
    var (rest, index) = (point, 0)
    for k in shape.indices.reversed() {
      index += rest % shape[k] * strides[k]
      rest /= shape[k]
    }
    return index
  }

  @Test(arguments: testDevices, shapes)
  func everySubsetOfDimensions(device: TestDevice, shape: [Int]) throws {
    for subset in 0..<16 {
      let (left, right) = (layout(shape, subset: subset), layout(shape, subset: (subset * 7 + 3) % 16))
      let tables = [(0..<left.length).map { Double($0 + 2) }, (0..<right.length).map { Double(1000 - $0) }]
      let step = Program.Step(
        kernel: Self.product, inputs: [.table(0, strides: left.strides), .table(1, strides: right.strides)],
        outputs: [0])
      let program = Program(
        shape: shape, tables: tables, steps: [step], streamCount: 1,
        results: [Program.Result(stream: 0, type: .float64)])
      let expected = (0..<program.count).map { point in
        tables[0][index(of: point, shape: shape, strides: left.strides)]
          * tables[1][index(of: point, shape: shape, strides: right.strides)]
      }
      for range in ranges(program.count) {
        let values = try evaluate(program, range: range, on: device.device)[0]
        #expect(values == Array(expected[range]), "table on subset \(subset), points \(range)")
      }
    }
  }

  /// Whole, one point, odd starts and odd counts, empty.
  private func ranges(_ count: Int) -> [Range<Int>] {
    [0..<count, 0..<1, count - 1..<count, count / 3..<count, count / 7..<count / 7 + (count - count / 7) / 2, 0..<0]
  }

  @Test(arguments: testDevices)
  func streamsFeedLaterSteps(device: TestDevice) throws {
    let x = (0..<1500).map { Double($0) / 8 }
    let steps = [
      Program.Step(kernel: Self.product, inputs: [.table(0, strides: [1]), .table(0, strides: [1])], outputs: [0]),
      Program.Step(kernel: Self.product, inputs: [.stream(0), .table(0, strides: [1])], outputs: [1]),
      Program.Step(kernel: Self.product, inputs: [.stream(1), .stream(0)], outputs: [2]),
    ]
    let results = [2, 0, 1].map { Program.Result(stream: $0, type: .float64) }
    let program = Program(shape: [x.count], tables: [x], steps: steps, streamCount: 3, results: results)
    let values = try evaluate(program, on: device.device)
    #expect(values[1] == x.map { $0 * $0 })
    #expect(values[2] == x.map { $0 * $0 * $0 })
    #expect(values[0] == x.map { ($0 * $0 * $0) * ($0 * $0) })
  }

  /// float32 rounds to nearest even, overflows to infinity and keeps subnormals; uint8 holds 0-255.
  @Test(arguments: testDevices)
  func storedTypes(device: TestDevice) throws {
    var x = (0..<256).map(Double.init) + [0.1, 1e-40, 1e39, -1e39, 1 + 0x1p-24, 1 + 3 * 0x1p-24, .nan]
    var generator = SplitMix64(seed: 6)
    x += (0..<1000).map { _ in Double.random(in: -1e3...1e3, using: &generator) }
    let step = Program.Step(
      kernel: Self.product, inputs: [.table(0, strides: [1]), .table(1, strides: [0])], outputs: [0])
    let types = [ElementType.float32, .float64, .uint8].map { Program.Result(stream: 0, type: $0) }
    let program = Program(shape: [x.count], tables: [x, [1]], steps: [step], streamCount: 1, results: types)
    let wide = Program(
      shape: program.shape, tables: program.tables, steps: [step], streamCount: 1, results: Array(types.prefix(2)))
    let bytes = try evaluateBytes(wide, on: device.device)
    let float32 = elements(bytes[0], as: Float.self)
    #expect(zip(float32, x).allSatisfy { $0.bitPattern == Float($1).bitPattern || ($0.isNaN && $1.isNaN) })
    let small = try evaluateBytes(program, range: 0..<256, on: device.device)
    #expect(small[2] == (0..<256).map { UInt8($0) })
  }
}
