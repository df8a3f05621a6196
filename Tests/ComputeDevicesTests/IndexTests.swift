import ComputeDevices
import LeptonicPortal
import PortalKernels
import Synchronization
import Testing

/// The index of the point as an input of a kernel.
struct IndexTests {
  /// index x 1, beside a table along the last dimension and a stream.
  private func program(_ shape: [Int]) -> Program {
    let product = Kernel(portal_kernel_product)
    let (one, last) = (shape.map { _ in 0 }, shape.indices.map { $0 == shape.count - 1 ? 1 : 0 })
    let steps = [
      Program.Step(kernel: product, inputs: [.index, .table(0, strides: one)], outputs: [0]),
      Program.Step(kernel: product, inputs: [.table(1, strides: last), .index], outputs: [1]),
      Program.Step(kernel: product, inputs: [.stream(0), .index], outputs: [2]),
    ]
    let table = (0..<(shape.last ?? 1)).map { Double($0 % 1000 + 1) }
    return Program(
      shape: shape, tables: [[1], table], steps: steps, streamCount: 3,
      results: (0..<3).map { .init(stream: $0, type: .float64) })
  }

  @Test(arguments: testDevices, [[5000], [3, 7, 11, 13], [1, 600, 1, 2], [1, 1, 1, 1], [4, 1, 513]])
  func countsPointsInRowMajorOrder(device: TestDevice, shape: [Int]) throws {
    let program = program(shape)
    let count = program.count
    for range in [0..<count, count / 3..<count, count / 7..<count / 7 + count / 2, count - 1..<count] {
      let values = try evaluate(program, range: range, on: device.device)
      #expect(values[0] == range.map(Double.init))
      #expect(values[1] == range.map { Double(($0 % (shape.last ?? 1)) % 1000 + 1) * Double($0) })
      #expect(values[2] == range.map { Double($0) * Double($0) })
    }
  }

  /// Up to 2^53 every integer is a double.
  @Test(arguments: testDevices)
  func isExactInLargeSpaces(device: TestDevice) throws {
    let program = program([1 << 30, 1 << 17, 1 << 6])
    for start in [1 << 24, 1 << 31, (1 << 32) - 100, (1 << 40) + 1, (1 << 53) - 1000] {
      let range = start - 3..<start + 997
      let values = try evaluate(program, range: range, on: device.device)[0]
      #expect(values.map { Int($0) } == Array(range))
    }
  }

  /// Chunks of any size on several devices.
  @Test func sharedAmongDevices() throws {
    let program = program([7, 30_011])
    let expected = (0..<program.count).map(Double.init)
    let values = Mutex([Double](repeating: -1, count: program.count))
    var devices: [any Device] = [NativeDevice(threads: 1), NativeDevice(threads: 2)]
    if let device = openCLTestDevices.first { devices.append(device) }
    var executor = SharedExecutor(devices: devices)
    executor.mostChunkBytes = 24 * 1009
    try executor.run(program, over: [0..<program.count]) { chunk in
      let column = Array(chunk.results[0].bindMemory(to: Double.self))
      values.withLock { $0.replaceSubrange(chunk.range, with: column) }
    }
    #expect(values.withLock { $0 == expected })
  }
}
