/// Explicit Dirac matrices, for squared amplitudes that share nothing with the kernels: 4 x 4 complex matrices in the chiral
/// representation, momenta as (E, x, y, z).
struct DiracMatrix {
  var re = [Double](repeating: 0, count: 16)
  var im = [Double](repeating: 0, count: 16)

  static let unit: DiracMatrix = {
    var m = DiracMatrix()
    for i in 0..<4 { m.re[5 * i] = 1 }
    return m
  }()

  /// gamma^0 ... gamma^3.
  static let gamma: [DiracMatrix] = [gammaMatrix(0), gammaMatrix(1), gammaMatrix(2), gammaMatrix(3)]

  private static func gammaMatrix(_ index: Int) -> DiracMatrix {
    // 1 and Pauli's matrices, row by row.
    let re: [[Double]] = [[1, 0, 0, 1], [0, 1, 1, 0], [0, 0, 0, 0], [1, 0, 0, -1]]
    let im: [[Double]] = [[0, 0, 0, 0], [0, 0, 0, 0], [0, -1, 1, 0], [0, 0, 0, 0]]
    let sign: Double = index == 0 ? 1 : -1
    var m = DiracMatrix()
    for i in 0..<2 {
      for j in 0..<2 {
        let entry = 2 * i + j
        let (upper, lower) = (4 * i + j + 2, 4 * (i + 2) + j)
        m.re[upper] = re[index][entry]
        m.im[upper] = im[index][entry]
        m.re[lower] = sign * re[index][entry]
        m.im[lower] = sign * im[index][entry]
      }
    }
    return m
  }

  /// (1 - gamma5)/2.
  static let left: DiracMatrix = {
    var m = DiracMatrix()
    (m.re[0], m.re[5]) = (1, 1)
    return m
  }()

  static let metric: [Double] = [1, -1, -1, -1]

  static func slash(_ p: [Double]) -> DiracMatrix {
    (0..<4).reduce(DiracMatrix()) { $0 + gamma[$1] * (metric[$1] * p[$1]) }
  }

  static func + (a: DiracMatrix, b: DiracMatrix) -> DiracMatrix {
    DiracMatrix(re: zip(a.re, b.re).map { $0 + $1 }, im: zip(a.im, b.im).map { $0 + $1 })
  }
  static func * (a: DiracMatrix, s: Double) -> DiracMatrix {
    DiracMatrix(re: a.re.map { $0 * s }, im: a.im.map { $0 * s })
  }
  static func * (a: DiracMatrix, b: DiracMatrix) -> DiracMatrix {
    var m = DiracMatrix()
    for i in 0..<4 {
      for j in 0..<4 {
        for k in 0..<4 {
          m.re[4 * i + j] += a.re[4 * i + k] * b.re[4 * k + j] - a.im[4 * i + k] * b.im[4 * k + j]
          m.im[4 * i + j] += a.re[4 * i + k] * b.im[4 * k + j] + a.im[4 * i + k] * b.re[4 * k + j]
        }
      }
    }
    return m
  }

  /// gamma^0 M^dagger gamma^0.
  var bar: DiracMatrix {
    var dagger = DiracMatrix()
    for i in 0..<4 {
      for j in 0..<4 {
        dagger.re[4 * i + j] = re[4 * j + i]
        dagger.im[4 * i + j] = -im[4 * j + i]
      }
    }
    return Self.gamma[0] * dagger * Self.gamma[0]
  }

  var trace: (re: Double, im: Double) {
    (re[0] + re[5] + re[10] + re[15], im[0] + im[5] + im[10] + im[15])
  }
}

/// Scalar product, metric (+ - - -).
func product(_ a: [Double], _ b: [Double]) -> Double { a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3] }
