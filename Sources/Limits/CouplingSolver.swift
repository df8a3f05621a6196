import LeptonicPortal

/// Finds the coupling at which the condition of a line holds, at every point of a plane at once; what it means if there is none
/// says ``LimitStatus``.
struct CouplingSolver {
  let plane: CouplingPlane

  /// Small enough that phi's width comes from dark matter alone; a power of two, so that its square is exact.
  private static let smallCoupling = 0x1p-20
  /// Halvings of a range of ln h after which neighbouring doubles are reached.
  private static let mostHalvings = 60

  func solutions(on condition: LimitLine.Condition) throws -> [LimitSolution] {
    switch condition {
    case .estimate(let rate, let value): plane.mPhi.map { solution(coupling(rate: rate($0), value)) }
    case .relicDensity(let density): try solutions(relicDensity: density)
    case .observable(let observable, let value): try solutions(observable, value)
    case .signal(let events, let value): try solutions(events: events.values(over: plane.space), value)
    }
  }

  /// - Parameter isDefined: whether the observable has values.
  private func solution(_ coupling: Double, isDefined: Bool = true) -> LimitSolution {
    LimitSolution(
      coupling, upTo: Perturbativity.largestCoupling, otherwise: isDefined ? .noCouplingBeyond : .notComputable)
  }

  /// sqrt(value/rate) for a rate per squared coupling.
  private func coupling(rate: Double, _ value: Double) -> Double {
    if value <= 0 { return 0 }
    return rate > 0 ? (value / rate).squareRoot() : .nan
  }

  /// The paper's estimate falls as 1/(g h)^2; the exact density has its own solver.
  private func solutions(relicDensity density: Double) throws -> [LimitSolution] {
    guard plane.model.relic.treatment == .gk2022 else {
      return try plane.solutions(relicDensity: density).map(LimitSolution.init)
    }
    return try plane.values(of: RelicObservables.density, at: 1).map {
      solution(($0 / density).squareRoot(), isDefined: !$0.isNaN)
    }
  }

  /// h^2 N Gamma_inv/(Gamma_inv + h^2 gamma) = n, with gamma the visible width for h = 1, is linear in h^2. There is no
  /// answer where phi has to decay visibly too often: n gamma >= N Gamma_inv.
  private func solutions(events: [Double], _ value: Double) throws -> [LimitSolution] {
    let invisible = try plane.values(of: Observables.widthInvisible, at: 1)
    let visible = try plane.values(of: Observables.widthVisible, at: 1)
    return events.indices.map { k in
      let excess = events[k] * invisible[k] - value * visible[k]
      return solution(
        excess > 0 ? (value * invisible[k] / excess).squareRoot() : .nan, isDefined: !excess.isNaN)
    }
  }

  private func solutions(_ observable: Quantity, _ value: Double) throws -> [LimitSolution] {
    let couplings = try couplings(observable, value)
    let largest = Perturbativity.largestCoupling
    let areAllFound = couplings.allSatisfy { $0 <= largest }
    let there = try areAllFound ? nil : plane.values(of: observable, at: largest)
    return couplings.indices.map { solution(couplings[$0], isDefined: there?[$0].isNaN != true) }
  }

  /// Where the observable goes as h^2 its value at one coupling gives the answer. Where phi's width grows with h, it
  /// grows more slowly: that answer is then a lower bound, and bisection begins there; or at the small coupling, where the
  /// observable is not defined for couplings that small (dark matter that was never in equilibrium).
  private func couplings(_ observable: Quantity, _ value: Double) throws -> [Double] {
    let small = CouplingSolver.smallCoupling
    let atSmall = try plane.values(of: observable, at: small)
    let lowest = atSmall.map { $0.isNaN ? small : coupling(rate: $0 / (small * small), value) }
    let capped = lowest.map { $0 > 0 ? min($0, Perturbativity.largestCoupling) : small }
    let there = try plane.values(of: observable, at: capped)
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
      let values = try plane.values(of: observable, at: middle)
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
      let values = try plane.values(of: observable, at: next)
      for k in open {
        if values[k] >= value { high[k] = next[k] } else { low[k] = next[k] }
      }
    }
  }
}
