import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// Philox4x32-10 as in the paper (doi:10.1145/2063384.2063405), in 32-bit words rather than the kernels' 64-bit lanes.
private func philox(counter: [UInt32], key: [UInt32]) -> [UInt32] {
  var (c, k) = (counter, key)
  for _ in 0..<10 {
    let (high0, low0) = c[0].multipliedFullWidth(by: 0xD251_1F53)
    let (high1, low1) = c[2].multipliedFullWidth(by: 0xCD9E_8D57)
    c = [high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0]
    k = [k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85]
  }
  return c
}

struct PhiloxTests {
  private func words(_ blocks: [[UInt32]], on device: TestDevice) throws -> [[UInt32]] {
    let inputs = (0..<6).map { word in blocks.map { Double($0[word]) } }
    let outputs = try evaluate(Kernel(portal_kernel_philox), inputs: inputs, on: device.device)
    return blocks.indices.map { point in outputs.map { UInt32($0[point]) } }
  }

  /// The known-answer vectors that come with Random123.
  @Test(arguments: testDevices)
  func knownAnswers(on device: TestDevice) throws {
    let blocks: [[UInt32]] = [
      [0, 0, 0, 0, 0, 0],
      Array(repeating: .max, count: 6),
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344, 0xa409_3822, 0x299f_31d0],
    ]
    #expect(
      try words(blocks, on: device) == [
        [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
      ])
  }

  @Test(arguments: testDevices)
  func agreesWithAnIndependentImplementation(on device: TestDevice) throws {
    var generator = SplitMix64(seed: 4)
    let blocks = (0..<1000).map { _ in (0..<6).map { _ in UInt32.random(in: .min ... .max, using: &generator) } }
    let expected = blocks.map { philox(counter: Array($0[..<4]), key: Array($0[4...])) }
    #expect(try words(blocks, on: device) == expected)
  }
}
