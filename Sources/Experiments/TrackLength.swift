import Production

/// The track length of electrons in a layer as a measure over y = ln(E_0/E): how much [X0] lies at which energy.
///
/// Its density is singular at the beam's energy: behind a thin layer nearly all of it lies within rounding of E_0. What has
/// y < e^-40 is the inverse transform of F(s)/s, for Tsai and Whitis the incomplete gamma function integrated over the
/// depth; it counts at E_0. The rest is integrated over ln y, in which the density is smooth.
package struct TrackLength: Sendable {
  private let transform: ElectronTransport
  /// ln y of the least energy.
  private let lastLog: Double
  /// [X0] at y < e^``firstLog``.
  private let front: Double

  private static let firstLog = -40.0
  /// Widths of the panels in ln y, from the least energy upwards; the last is what is left.
  private static let panels = [0, 0.25, 0.5, 1, 2, 4, 8, 16]
  private static let nodesPerPanel = 16

  /// - Parameter lowest: the least energy relative to E_0; below 1.
  package init(_ transform: ElectronTransport, above lowest: Double) {
    self.transform = transform
    let log = -portableLogarithm([lowest])[0]
    lastLog = max(portableLogarithm([log])[0], Self.firstLog + 1e-3)
    let first = portableExponential([Self.firstLog])
    front = max(0, Self.usual(at: first) { s in zip(transform(s), s).map { $0 / $1 } }[0])
  }

  private static let usual = TalbotInversion(points: 28), long = TalbotInversion(points: 40)

  /// Low energies of long showers need more points.
  private static func inversion(_ y: [Double]) -> TalbotInversion { (y.max() ?? 0) > 7 ? long : usual }

  /// [X0] per unit of ln y, at rising ln y.
  func density(_ logs: [Double]) -> [Double] {
    let y = portableExponential(logs)
    // What the inversion's rounding may turn below 0 is far below its error.
    return zip(y, Self.inversion(y)(at: y, transform.callAsFunction)).map { max(0, $0 * $1) }
  }

  /// The Gauss rule with respect to the measure: energies relative to E_0, and the track length [X0] that each stands for.
  /// Exact where the cross section is a polynomial in y of degree 2 count - 1; lengths are positive and their sum is all.
  package func gaussRule(count: Int) -> (fractions: [Double], lengths: [Double]) {
    let edges = (Self.panels.map { lastLog - $0 }.filter { $0 > Self.firstLog } + [Self.firstLog]).reversed()
    let rule = GaussLegendre(count: Self.nodesPerPanel)
    let panels = zip(edges, edges.dropFirst())
    let logs = panels.flatMap { low, high in rule.nodes.map { low + (high - low) * $0 } }
    let weights = panels.flatMap { low, high in rule.weights.map { (high - low) * $0 } }
    let measure = DiscreteMeasure(
      points: [0] + portableExponential(logs), masses: [front] + zip(density(logs), weights).map { $0 * $1 })
    let (nodes, lengths) = measure.gaussRule(count: count)
    return (portableExponential(nodes.map { -$0 }), lengths)
  }

  /// Energies for a Monte Carlo: `shares` in (0, 1) are uniform in an approximate track length, whose ratio to the right one
  /// is in the lengths; each share stands for one of `shares.count`.
  package func sampled(shares: [Double]) -> (fractions: [Double], lengths: [Double]) {
    let cells = 256, width = (lastLog - Self.firstLog) / Double(cells)
    let guess = density((0..<cells).map { Self.firstLog + (Double($0) + 0.5) * width })
    let steps = [front] + guess.map { $0 * width }
    let total = steps.reduce(0, +)
    var edges = [0.0]
    for step in steps { edges.append((edges.last ?? 0) + step) }
    let places = shares.map { share -> (cell: Int, log: Double)? in
      let wanted = share * total
      guard let cell = edges.lastIndex(where: { $0 <= wanted }).map({ min($0, cells) }), cell > 0, steps[cell] > 0
      else { return nil }
      return (cell - 1, Self.firstLog + (Double(cell - 1) + min(1, (wanted - edges[cell]) / steps[cell])) * width)
    }
    let order = places.compactMap(\.?.log)
    var densities = density(order)[...]
    let fractions = portableExponential(portableExponential(order).map { -$0 })
    var energies = fractions[...]
    let part = total / Double(shares.count)
    let samples = places.map { place -> (Double, Double) in
      guard let place, let value = densities.popFirst(), let energy = energies.popFirst() else { return (1, part) }
      return (energy, part * value / guess[place.cell])
    }
    return (samples.map(\.0), samples.map(\.1))
  }
}
