import Foundation
import LeptonicPortal
import PortalKernels
import Testing

/// sin and cos of an angle in turns.
struct TrigonometryTests {
  static let kernel = Kernel(portal_kernel_rotation)

  /// Against the system's functions, whose argument 2 pi u is rounded: the comparison is limited to |u| <= 1/8, where that
  /// costs one unit in the last place, and extended to all of the circle by exact symmetries.
  @Test(arguments: testDevices)
  func agreeWithTheSystem(on device: TestDevice) throws {
    let small = (-1000...1000).map { Double($0) / 8000 }
    let values = try evaluate(Self.kernel, inputs: [small], on: device.device)
    for (i, u) in small.enumerated() {
      #expect(abs(values[0][i] - sin(2 * Double.pi * u)) <= 2.5e-16)
      #expect(abs(values[1][i] - cos(2 * Double.pi * u)) <= 2.5e-16)
    }
  }

  /// u is a multiple of 2^-12, so that adding quarter turns is exact.
  @Test(arguments: testDevices)
  func symmetries(on device: TestDevice) throws {
    let turns = (0..<512).map { Double($0) / 4096 }
    let base = try evaluate(Self.kernel, inputs: [turns], on: device.device)
    for quarter in [-5.0, -1, 1, 2, 3, 4, 4001] {
      let moved = try evaluate(Self.kernel, inputs: [turns.map { $0 + quarter / 4 }], on: device.device)
      let (sine, cosine) = (base[0], base[1])
      let expected: [[Double]] =
        switch (Int(quarter) % 4 + 4) % 4 {
        case 0: [sine, cosine]
        case 1: [cosine, sine.map { -$0 }]
        case 2: [sine.map { -$0 }, cosine.map { -$0 }]
        default: [cosine.map { -$0 }, sine]
        }
      #expect(moved == expected, "\(quarter) quarter turns")
    }
  }

  @Test(arguments: testDevices)
  func exactAtQuarterTurns(on device: TestDevice) throws {
    let values = try evaluate(Self.kernel, inputs: [[0, 0.25, 0.5, 0.75, 1]], on: device.device)
    #expect(values[0] == [0, 1, 0, -1, 0])
    #expect(values[1] == [1, 0, -1, 0, 1])
  }
}
