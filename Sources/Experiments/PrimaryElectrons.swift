import LeptonicPortal
import Production

/// Electrons of the beam in a thick target, as they lose energy by radiation; showers are left out.
///
/// At the depth t [X0] their spectrum is I(E_0, E, t) = y^(s-1)/(E_0 Gamma(s)), y = ln(E_0/E), s = 4t/3
/// (Y.-S. Tsai, V. Whitis, Phys. Rev. 149 (1966) 1248). A layer from s_1 to s_2 holds the track length
///
///     Int dt I dE = (3/4) e^-y dW(y),   W(y) = Int_{s_1}^{s_2} ds y^s/Gamma(s+1)   [X0],
///
/// and W is the variable of integration over E: the spectrum is singular at E = E_0 (W ~ -1/ln y), the cross section as a
/// function of W is smooth. Elementary functions are the kernels' own, so that the bits are the same on every host.
struct PrimaryElectrons: Sendable {
  private let depths: [Double]
  /// Weight of the rule in s, divided by Gamma(s+1).
  private let depthWeights: [Double]

  private static let depthNodes = 64
  /// -ln y beyond which the energy is E_0 in double precision; W is far below its smallest node there.
  private static let largestLog = 1500.0

  /// - Parameter radiationLengths: where the layer begins and ends [X0].
  init(radiationLengths: ClosedRange<Double>) {
    let (low, high) = (radiationLengths.lowerBound * 4 / 3, radiationLengths.upperBound * 4 / 3)
    let rule = GaussLegendre(count: Self.depthNodes)
    // y^s has a layer of the width 1/|ln y| at the front: nodes are dense there.
    depths = rule.nodes.map { low + (high - low) * $0 * $0 }
    let jacobian = zip(rule.nodes, rule.weights).map { 2 * (high - low) * $0 * $1 }
    let logGamma = depths.map(logGammaOfOnePlus)
    depthWeights = zip(jacobian, portableExponential(logGamma.map { -$0 })).map { $0 * $1 }
  }

  /// Energies relative to E_0 between `lowest` and 1, and the track length [X0] that each stands for.
  /// - Parameters:
  ///   - shares: the parts of W, in (0, 1), at which the energies are.
  ///   - weights: their weights; the sum is 1.
  func energyFractions(
    above lowest: Double, shares: [Double], weights: [Double]
  ) -> (fractions: [Double], lengths: [Double]) {
    let leastLog = -portableLogarithm([-portableLogarithm([lowest])[0]])[0]
    let total = trackLength([leastLog])[0]
    var low = shares.map { _ in leastLog }
    var high = shares.map { _ in Self.largestLog }
    for _ in 0..<60 {
      let middle = zip(low, high).map { ($0 + $1) / 2 }
      for (i, length) in trackLength(middle).enumerated() {
        // W falls with -ln y.
        if length > shares[i] * total { low[i] = middle[i] } else { high[i] = middle[i] }
      }
    }
    let fractions = portableExponential(portableExponential(low.map { -$0 }).map { -$0 })
    return (fractions, zip(fractions, weights).map { 0.75 * total * $0 * $1 })
  }

  /// W for values of -ln y.
  private func trackLength(_ logs: [Double]) -> [Double] {
    let powers = portableExponential(logs.flatMap { log in depths.map { -log * $0 } })
    return logs.indices.map { i in
      depths.indices.reduce(0) { $0 + depthWeights[$1] * powers[i * depths.count + $1] }
    }
  }
}

/// ln Gamma(1+s) for s >= 0, relative to 1 with an error of about 1e-14: Stirling's series at s + 13.
private func logGammaOfOnePlus(_ s: Double) -> Double {
  let z = s + 13
  let product = (1...12).reduce(1.0) { $0 * (s + Double($1)) }
  let inverse = 1 / z, square = inverse * inverse
  let series =
    inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))))
  let logs = portableLogarithm([z, product])
  return (z - 0.5) * logs[0] - z + 0.91893853320467274178 + series - logs[1]
}
