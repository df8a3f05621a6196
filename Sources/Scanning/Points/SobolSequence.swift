import LeptonicPortal
import PortalKernels

/// A Sobol sequence in four dimensions, as the kernel `sobol_coordinates` reads it: a digital shift and forty direction
/// numbers per dimension, whole numbers in units of 2^-52.
///
/// The direction numbers are those of Joe and Kuo, "Constructing Sobol sequences with better two-dimensional
/// projections", SIAM J. Sci. Comput. 30 (2008) 2635, doi:10.1137/070709359 (`new-joe-kuo-6.21201`).
package struct SobolSequence {
  static let dimensions = 4
  static let bits = 52
  /// Direction numbers per dimension: the sequence has 2^40 points.
  static let length = 40

  /// A primitive polynomial x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1 over GF(2), and the first odd numbers m_k < 2^k.
  private struct Generator {
    /// a_1 ... a_(s-1).
    var coefficients: [Bool]
    var start: [UInt64]
  }

  private static let generators = [
    Generator(coefficients: [], start: [1]),
    Generator(coefficients: [true], start: [1, 3]),
    Generator(coefficients: [false, true], start: [1, 3, 1]),
  ]

  private(set) var shifts = [UInt64](repeating: 0, count: dimensions)
  private(set) var directions: [[UInt64]]

  /// The sequence itself: its first point is the origin.
  package init() {
    let vanDerCorput = (1...SobolSequence.length).map { UInt64(1) << UInt64(SobolSequence.bits - $0) }
    directions = [vanDerCorput] + SobolSequence.generators.map(SobolSequence.directions)
  }

  /// The sequence scrambled: every point is uniform in the unit cube, and the even distribution stays.
  ///
  /// Random linear scrambling with a digital shift (Matousek, J. Complexity 14 (1998) 527, doi:10.1006/jcom.1998.0489):
  /// each dimension's digits, first to last, are multiplied by a random lower triangular matrix over GF(2) with ones on
  /// the diagonal, and a random number is added digit by digit. Its variance is that of Owen's nested scrambling (Owen,
  /// "Variance with alternative scramblings of digital nets", ACM Trans. Model. Comput. Simul. 13 (2003) 363,
  /// doi:10.1145/945511.945518), and it costs nothing per point: only the direction numbers change.
  package init(seed: UInt64) {
    self.init()
    for dimension in directions.indices {
      var words = (0...SobolSequence.bits).map { SobolSequence.random(seed: seed, dimension: dimension, word: $0) }
      shifts[dimension] = words.removeLast()
      directions[dimension] = directions[dimension].map { SobolSequence.product(words, $0) }
    }
  }

  /// The run-time data of the kernel.
  package var auxiliary: [Double] { zip(shifts, directions).flatMap { [$0] + $1 }.map { Double($0) } }

  /// v_k = a_1 v_(k-1) + ... + a_(s-1) v_(k-s+1) + v_(k-s) + v_(k-s)/2^s, without carries; v_k = m_k/2^k at the start.
  private static func directions(of generator: Generator) -> [UInt64] {
    let degree = generator.start.count
    var v = generator.start.enumerated().map { $1 << UInt64(bits - 1 - $0) }
    for k in degree..<length {
      let terms = generator.coefficients.enumerated().filter(\.element).map { v[k - 1 - $0.offset] }
      v.append(terms.reduce(v[k - degree] ^ (v[k - degree] >> UInt64(degree)), ^))
    }
    return v
  }

  /// Digit i of the product, from the left, is the parity of the digits up to i that row i chooses; i itself is chosen.
  private static func product(_ rows: [UInt64], _ digits: UInt64) -> UInt64 {
    rows.enumerated().reduce(0) { product, row in
      let place = UInt64(1) << UInt64(bits - 1 - row.offset)
      let below = place - 1
      let parity = ((row.element | place) & ~below & digits).nonzeroBitCount & 1
      return parity == 1 ? product | place : product
    }
  }

  /// 52 random bits: Philox with counter (word, dimension, `SOBO`) and the seed as key.
  private static func random(seed: UInt64, dimension: Int, word: Int) -> UInt64 {
    let counter = [Double(word), Double(dimension), Double(0x534f_424f), 0]
    let block = Kernel(portal_kernel_philox).evaluate(
      at: counter[0], counter[1], counter[2], counter[3], Double(seed & 0xffff_ffff), Double(seed >> 32))
    return UInt64(block[0]) << 20 | UInt64(block[1]) >> 12
  }
}
