/// Masses at points on a line, and the Gauss rules that belong to them.
struct DiscreteMeasure: Sendable {
  let points, masses: [Double]

  /// Nodes and weights that integrate polynomials of degree 2 count - 1 as the masses do. Fewer nodes if fewer points have
  /// a mass.
  ///
  /// The recurrence of the orthogonal polynomials is found by W. B. Gragg's and W. J. Harrod's Lanczos method (Numer.
  /// Math. 44 (1984) 317), which adds one mass after the other and is stable for any masses.
  func gaussRule(count: Int) -> (nodes: [Double], weights: [Double]) {
    let occupied = points.indices.filter { masses[$0] > 0 }
    let order = min(count, occupied.count)
    guard order > 0 else { return ([], []) }
    var diagonal = occupied.map { points[$0] }
    var squares = [masses[occupied[0]]] + [Double](repeating: 0, count: occupied.count - 1)
    for n in 1..<max(1, occupied.count) {
      add(points[occupied[n]], masses[occupied[n]], to: &diagonal, &squares, last: min(n, order))
    }
    return JacobiMatrix(
      diagonal: Array(diagonal.prefix(order)), squares: Array(squares.prefix(order).dropFirst()), mass: squares[0]
    ).gaussRule()
  }

  private func add(
    _ point: Double, _ mass: Double, to diagonal: inout [Double], _ squares: inout [Double], last: Int
  ) {
    var (rest, cosine, sine, shift) = (mass, 1.0, 0.0, 0.0)
    for k in 0...last {
      let (sum, before) = (squares[k] + rest, sine)
      let square = cosine * sum
      (cosine, sine) = sum > 0 ? (squares[k] / sum, rest / sum) : (1, 0)
      let change = sine * (diagonal[k] - point) - cosine * shift
      diagonal[k] -= change - shift
      shift = change
      rest = sine > 0 ? shift * shift / sine : before * squares[k]
      squares[k] = square
    }
  }
}

/// The symmetric tridiagonal matrix of a three-term recurrence, p_k+1 sqrt(b_k+1) = (x - a_k) p_k - sqrt(b_k) p_k-1.
private struct JacobiMatrix {
  /// a_k.
  let diagonal: [Double]
  /// b_k: squares of the entries beside the diagonal.
  let squares: [Double]
  /// Of the whole measure.
  let mass: Double

  /// Its eigenvalues by bisection, and the weights mass/Sum p_k^2 with p_0 = 1.
  func gaussRule() -> (nodes: [Double], weights: [Double]) {
    let nodes = diagonal.indices.map(eigenvalue)
    return (nodes, nodes.map { mass / sumOfSquares(at: $0) })
  }

  private func eigenvalue(_ number: Int) -> Double {
    // Gershgorin: all lie within the largest sum of a row's moduli.
    let reach =
      diagonal.indices.map { k -> Double in
        let beside = (k > 0 ? squares[k - 1].squareRoot() : 0) + (k < squares.count ? squares[k].squareRoot() : 0)
        return abs(diagonal[k]) + beside
      }.max() ?? 0
    var (low, high) = (-reach, reach)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if eigenvalues(below: middle) > number { high = middle } else { low = middle }
    }
    return (low + high) / 2
  }

  /// Sturm's sequence.
  private func eigenvalues(below x: Double) -> Int {
    var (pivot, count) = (1.0, 0)
    for k in diagonal.indices {
      pivot = diagonal[k] - x - (k > 0 ? squares[k - 1] / pivot : 0)
      if pivot == 0 { pivot = -1e-300 }
      if pivot < 0 { count += 1 }
    }
    return count
  }

  private func sumOfSquares(at x: Double) -> Double {
    var (last, value, sum) = (0.0, 1.0, 1.0)
    for k in squares.indices {
      let beside = k > 0 ? squares[k - 1].squareRoot() : 0
      (last, value) = (value, ((x - diagonal[k]) * value - beside * last) / squares[k].squareRoot())
      sum += value * value
    }
    return sum
  }
}
