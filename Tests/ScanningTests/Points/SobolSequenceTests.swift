import ComputeDevices
import LeptonicPortal
import PortalKernels
import Scanning
import Testing

/// The Sobol sequence that points are drawn with, scrambled and not.
@Suite struct SobolSequenceTests {
  /// Coordinates of points as whole numbers in units of 2^-52: by dimension, then by point.
  private func coordinates(_ sequence: SobolSequence, _ points: [Int]) throws -> [[UInt64]] {
    let step = Program.Step(
      kernel: Kernel(portal_kernel_sobol_coordinates), inputs: [.table(0, strides: [1])], outputs: [0, 1, 2, 3],
      auxiliary: 1)
    let program = Program(
      shape: [points.count], tables: [points.map(Double.init), sequence.auxiliary], steps: [step], streamCount: 4,
      results: (0..<4).map { .init(stream: $0, type: .float64) })
    return try NativeDevice(threads: 1).evaluateAll(program).map { $0.map { UInt64($0 * 0x1p52) } }
  }

  @Test func agreesWithSciPy() throws {
    let points = try coordinates(SobolSequence(), sobolReferences.map(\.index))
    for (position, reference) in sobolReferences.enumerated() {
      #expect(points.map { $0[position] } == reference.coordinates, "point \(reference.index)")
    }
  }

  /// Of 2^10 points in a row, one lies in each interval of 2^-10 along every axis; the first two axes together are as
  /// even in every division of the square into 2^10 rectangles.
  @Test(arguments: [0, 1, 2, 0xffff_ffff_ffff_ffff], [0, 7, 1 << 29])
  func scramblingKeepsTheEvenDistribution(seed: UInt64, block: Int) throws {
    let points = try coordinates(SobolSequence(seed: seed), Array(block * 1024..<(block + 1) * 1024))
    for axis in points { #expect(Set(axis.map { $0 >> 42 }).count == 1024) }
    for bits in 1..<10 {
      let cells = zip(points[0], points[1]).map {
        ($0 >> UInt64(52 - bits)) << UInt64(10 - bits) | $1 >> UInt64(42 + bits)
      }
      #expect(Set(cells).count == 1024, "2^\(bits) x 2^\(10 - bits)")
    }
  }

  /// The first point of each of 1024 scramblings: the origin without them.
  @Test func everyPointIsUniformOverTheSeeds() throws {
    let firsts = try (1...1024).map { try coordinates(SobolSequence(seed: $0), [0]).map { Double($0[0]) * 0x1p-52 } }
    for axis in 0..<4 {
      let values = firsts.map { $0[axis] }
      let mean = values.reduce(0, +) / 1024
      let second = values.reduce(0) { $0 + $1 * $1 } / 1024
      #expect(abs(mean - 0.5) < 5 * (1 / 12.0 / 1024).squareRoot())
      #expect(abs(second - 1 / 3.0) < 5 * (4 / 45.0 / 1024).squareRoot())
    }
    #expect(Set(firsts.flatMap(\.self)).count == 4096)
  }

  /// The mean of (u1 - 1/2)(u2 - 1/2) + ... over pairs and of a product over all axes, with errors far below N^(-1/2).
  @Test(arguments: [1, 2, 3]) func integratesBetterThanIndependentPoints(seed: UInt64) throws {
    let count = 1 << 14
    let points = try coordinates(SobolSequence(seed: seed), Array(0..<count)).map { $0.map { Double($0) * 0x1p-52 } }
    let product =
      (0..<count).reduce(0) { sum, i in sum + points.reduce(1) { $0 * (1 + ($1[i] - 0.5)) } } / Double(count)
    // Independent points: standard deviation sqrt((1 + 1/12)^4 - 1)/128 = 5e-3.
    #expect(abs(product - 1) < 1e-4)
    for a in 0..<4 {
      for b in 0..<a {
        let mean = (0..<count).reduce(0) { $0 + (points[a][$1] - 0.5) * (points[b][$1] - 0.5) } / Double(count)
        // Independent points: 1/12/128 = 7e-4.
        #expect(abs(mean) < 3e-5, "axes \(a), \(b)")
      }
    }
  }
}
