import LeptonicPortal

/// Finds the coupling at which the condition of a line holds, at every point of a plane at once.
///
/// An answer of 0 means that every coupling is beyond the line, NaN that none up to sqrt(4 pi) is, beyond which
/// perturbation theory fails.
struct CouplingSolver {
  let plane: CouplingPlane

  /// Small enough that phi's width comes from dark matter alone; a power of two, so that its square is exact.
  private static let smallCoupling = 0x1p-20
  /// Halvings of a range of ln h after which neighbouring doubles are reached.
  private static let mostHalvings = 60

  func couplings(on condition: LimitLine.Condition) throws -> [Double] {
    let couplings =
      switch condition {
      case .estimate(let rate, let value): plane.mPhi.map { coupling(rate: rate($0), value) }
      case .relicDensity(let density): try couplings(relicDensity: density)
      case .observable(let observable, let value): try couplings(observable, value)
      case .signal(let events, let value): try couplings(events: events.values(over: plane.space), value)
      }
    return couplings.map { $0 <= Perturbativity.largestCoupling ? $0 : .nan }
  }

  /// sqrt(value/rate) for a rate per squared coupling.
  private func coupling(rate: Double, _ value: Double) -> Double {
    if value <= 0 { return 0 }
    return rate > 0 ? (value / rate).squareRoot() : .nan
  }

  /// The paper's estimate falls as 1/h^2; the exact density has its own solver.
  private func couplings(relicDensity density: Double) throws -> [Double] {
    guard plane.model.relic.treatment == .gk2022 else { return try plane.couplings(relicDensity: density) }
    let ones = [Double](repeating: 1, count: plane.count)
    return try plane.values(of: RelicObservables.density, hMue: ones).map { ($0 / density).squareRoot() }
  }

  /// h^2 N Gamma_inv/(Gamma_inv + h^2 gamma) = n, with gamma the visible width for h = 1, is linear in h^2. There is no
  /// answer where phi has to decay visibly too often: n gamma >= N Gamma_inv.
  private func couplings(events: [Double], _ value: Double) throws -> [Double] {
    let ones = [Double](repeating: 1, count: plane.count)
    let invisible = try plane.values(of: Observables.widthInvisible, hMue: ones)
    let visible = try plane.values(of: Observables.widthVisible, hMue: ones)
    return events.indices.map { k in
      let excess = events[k] * invisible[k] - value * visible[k]
      return excess > 0 ? (value * invisible[k] / excess).squareRoot() : .nan
    }
  }

  /// Where the observable goes as h^2 its value at one coupling gives the answer. Where phi's width grows with h, it
  /// grows more slowly: that answer is then a lower bound, and bisection begins there; or at the small coupling, where the
  /// observable is not defined for couplings that small (dark matter that was never in equilibrium).
  private func couplings(_ observable: Quantity, _ value: Double) throws -> [Double] {
    let small = CouplingSolver.smallCoupling
    let atSmall = try plane.values(of: observable, hMue: [Double](repeating: small, count: plane.count))
    let lowest = atSmall.map { $0.isNaN ? small : coupling(rate: $0 / (small * small), value) }
    let capped = lowest.map { $0 > 0 ? min($0, Perturbativity.largestCoupling) : small }
    let there = try plane.values(of: observable, hMue: capped)
    // Bisection is for those that are below the value by more than rounding, or not defined.
    let isBelow = zip(zip(lowest, capped), there).map { $0.0 > 0 && $0.0 <= $0.1 && !($1 >= value * (1 - 1e-12)) }
    return isBelow.contains(true) ? try bisect(observable, value, from: lowest, where: isBelow) : lowest
  }

  /// - Parameter lowest: couplings below the first answer.
  private func bisect(
    _ observable: Quantity, _ value: Double, from lowest: [Double], where isWanted: [Bool]
  ) throws -> [Double] {
    var (low, high) = try brackets(observable, value, from: zip(lowest, isWanted).map { $1 ? $0 : .nan })
    for _ in 0..<CouplingSolver.mostHalvings {
      let middle = zip(low, high).map { ($0 * $1).squareRoot() }
      let values = try plane.values(of: observable, hMue: middle)
      for k in low.indices {
        if values[k] >= value { high[k] = middle[k] } else { low[k] = middle[k] }
      }
    }
    return lowest.indices.map { isWanted[$0] ? high[$0] : lowest[$0] }
  }

  /// Couplings a factor of two apart, or less below the largest, between which the observable first reaches the value, where
  /// `lowest` is a number; NaN where it never does. Close to a resonance a rate falls again once phi decays visibly, so its
  /// value at the largest coupling does not tell.
  private func brackets(
    _ observable: Quantity, _ value: Double, from lowest: [Double]
  ) throws -> (low: [Double], high: [Double]) {
    let top = Perturbativity.largestCoupling
    var (low, high) = (lowest, lowest.map { _ in Double.nan })
    while true {
      let open = low.indices.filter { high[$0].isNaN && low[$0] < top }
      if open.isEmpty { return (low, high) }
      let next = low.map { $0.isNaN ? top : min(2 * $0, top) }
      let values = try plane.values(of: observable, hMue: next)
      for k in open {
        if values[k] >= value { high[k] = next[k] } else { low[k] = next[k] }
      }
    }
  }
}
