/// The search for the zeros of one function of a coupling, which somebody else evaluates: says where it wants values
/// (``wanted``), is given them (``receive(_:)``), until it wants none.
///
/// Additions, multiplications and divisions only, so that every host finds the same bits.
struct CouplingSearch {
  private enum Stage { case scan, edges, extrema, refinement, finished }

  /// Where the function ceases to be computable: between a sample and a coupling without value.
  private struct Edge {
    var computable: Sample
    var beyond: Double
    var middle: Double { 0.5 * (computable.coupling + beyond) }
  }

  /// Where values are wanted next; empty at the end.
  private(set) var wanted: [Double]
  private var stage = Stage.scan
  /// Couplings ascending, with their values.
  private var samples: [Sample] = []
  private var edges: [Edge] = []
  private var edgeSteps = 0
  private var brackets: [Bracket] = []

  /// Halvings of the distance to an edge, beside which a zero may lie.
  private static let mostEdgeSteps = 12

  /// - Parameter scale: unit of the coupling.
  init(scale: Double) {
    let sqrtE = 1.6487212707001282
    var couplings = [RelicCoupling.range.lowerBound * scale]
    let last = RelicCoupling.range.upperBound * scale
    while let next = couplings.last.map({ $0 * sqrtE }), next < last { couplings.append(next) }
    wanted = couplings + [last]
  }

  mutating func receive(_ values: [Double]) {
    switch stage {
    case .scan:
      samples = zip(wanted, values).map(Sample.init)
      edges = zip(samples, samples.dropFirst()).compactMap { Self.edge(between: $0, and: $1) }
      wanted = edges.map(\.middle)
      stage = .edges
      if wanted.isEmpty { lookForVertices() }
    case .edges:
      for (index, sample) in zip(edges.indices, zip(wanted, values).map(Sample.init)) {
        if sample.value.isFinite { edges[index].computable = sample } else { edges[index].beyond = sample.coupling }
      }
      edgeSteps += 1
      wanted = edges.map(\.middle)
      if edgeSteps == Self.mostEdgeSteps {
        samples = (samples + edges.map(\.computable)).sorted { $0.coupling < $1.coupling }
        lookForVertices()
      }
    case .extrema:
      samples = (samples + zip(wanted, values).map(Sample.init)).sorted { $0.coupling < $1.coupling }
      brackets = zip(samples, samples.dropFirst()).compactMap { Bracket($0, $1) }
      stage = .refinement
      wanted = brackets.compactMap(\.next)
    case .refinement:
      var remaining = values[...]
      for index in brackets.indices where brackets[index].next != nil {
        if let value = remaining.popFirst() { brackets[index].receive(value) }
      }
      wanted = brackets.compactMap(\.next)
    case .finished:
      wanted = []
    }
    if stage == .refinement && wanted.isEmpty { stage = .finished }
  }

  private mutating func lookForVertices() {
    wanted = vertices()
    stage = .extrema
    if wanted.isEmpty { receive([]) }
  }

  private static func edge(between a: Sample, and b: Sample) -> Edge? {
    if a.value.isFinite == b.value.isFinite { return nil }
    return a.value.isFinite ? Edge(computable: a, beyond: b.coupling) : Edge(computable: b, beyond: a.coupling)
  }

  var solution: CouplingSolution {
    if !brackets.isEmpty { return CouplingSolution(couplings: brackets.map(\.best), status: .found) }
    let values = samples.map(\.value)
    let isAbove = values.contains { $0 > 0 }, isBelow = values.contains { $0 <= 0 }
    let status: CouplingSolution.Status =
      switch (isAbove, isBelow) {
      case (false, false): .outsideDomain
      case (true, false): .alwaysAbove
      case (false, true): values.first?.isNaN == true ? .notComputable : .alwaysBelow
      case (true, true): .notComputable
      }
    return CouplingSolution(couplings: [], status: status)
  }

  /// Where a parabola through three neighbours on one side of 0 comes closest to the other.
  private func vertices() -> [Double] {
    zip(samples.indices, samples.indices.dropFirst(2)).compactMap { first, last in
      let (a, b, c) = (samples[first], samples[first + 1], samples[last])
      let sign: Double = b.value > 0 ? 1 : -1
      let (left, right) = (sign * (a.value - b.value), sign * (c.value - b.value))
      guard left >= 0, right >= 0, left + right > 0 else { return nil }
      let shift = 0.5 * (left - right) / (left + right)
      return shift == 0 ? nil : b.coupling + shift * (shift > 0 ? c.coupling - b.coupling : b.coupling - a.coupling)
    }
  }
}
