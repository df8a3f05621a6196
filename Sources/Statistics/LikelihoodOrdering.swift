import Foundation

/// Which signals accept the observed number n_o: those s for which the n that rank before it, in R = P(n | s)/P(n | s_best),
/// have not yet the confidence level.
///
/// P(n | s) grows with s the more the larger n is. So R rises with n up to the n of which s is the best signal, and falls
/// beyond: what ranks before n_o is a run of numbers next to it, and an n above (below) n_o joins (leaves) it at one signal,
/// ``meeting(_:)``, which rises with n. Between two meetings the run is fixed, and its probability is a difference of two
/// cumulative ones that rises and then falls with s. So nothing is summed, and the largest numbers cost no more than small ones.
struct LikelihoodOrdering {
  private let observed: Int
  private let marginal: MarginalPoisson
  private let confidenceLevel: Double
  /// s_best and ln P(n | s_best) of the observed number.
  private let best: (signal: Double, logProbability: Double)

  init(observed: Int, marginal: MarginalPoisson, confidenceLevel: Double) {
    self.observed = observed
    self.marginal = marginal
    self.confidenceLevel = confidenceLevel
    let signal = marginal.bestSignal(observed)
    best = (signal, marginal.isKnown ? 0 : marginal.logProbability(observed, signal: signal))
  }

  /// Runs that are looked at beyond the first that is rejected: the probability of accepted runs rises with their length but
  /// for ripples of about one event.
  private var ripple: Int { marginal.isKnown ? 64 : 4 }

  /// The largest accepted signal.
  func upperEnd() -> Double {
    // Of the run n_o < N <= k: doubling, then halving.
    var (inside, outside) = (observed, observed + 1)
    while accepted(above: outside) != nil { (inside, outside) = (outside, observed + 2 * (outside - observed)) }
    while outside - inside > 1 {
      let middle = inside + (outside - inside) / 2
      if accepted(above: middle) != nil { inside = middle } else { outside = middle }
    }
    let ends = (inside...inside + ripple).compactMap { accepted(above: $0) }
    return ends.map(\.upperBound).max() ?? 0
  }

  /// The smallest accepted signal.
  func lowerEnd() -> Double {
    // Of the run k <= N < n_o.
    var (inside, outside) = (observed, observed - 1)
    while outside >= 0, accepted(below: outside) != nil {
      (inside, outside) = (outside, observed - 2 * (observed - outside))
    }
    outside = max(outside, -1)
    while inside - outside > 1 {
      let middle = outside + (inside - outside) / 2
      if accepted(below: middle) != nil { inside = middle } else { outside = middle }
    }
    let ends = (max(0, inside - ripple)...inside).compactMap { accepted(below: $0) }
    return ends.map(\.lowerBound).min() ?? 0
  }

  /// The accepted signals, largest and smallest, of those at which n_o < N <= k rank before n_o; those at which nobody does for
  /// k = n_o.
  private func accepted(above k: Int) -> ClosedRange<Double>? {
    let low = k > observed ? max(0, meeting(k)) : 0
    let high = max(low, meeting(k + 1))
    return accepted(from: low, to: high) {
      k > observed
        ? marginal.cumulative(k, signal: $0) - marginal.cumulative(observed, signal: $0) : 0
    }
  }

  /// The same for k <= N < n_o.
  private func accepted(below k: Int) -> ClosedRange<Double>? {
    let low = k > 0 ? max(0, meeting(k - 1)) : 0
    guard k < observed else { return low...Double.greatestFiniteMagnitude }
    return accepted(from: low, to: max(low, meeting(k))) {
      marginal.cumulative(observed - 1, signal: $0) - marginal.cumulative(k - 1, signal: $0)
    }
  }

  /// Where a probability that rises and then falls is below the confidence level; the whole range if it is so at both ends.
  private func accepted(
    from low: Double, to high: Double, _ probability: (Double) -> Double
  ) -> ClosedRange<Double>? {
    func excess(_ signal: Double) -> Double { probability(signal) - confidenceLevel }
    let (isLowAccepted, isHighAccepted) = (excess(low) < 0, excess(high) < 0)
    switch (isLowAccepted, isHighAccepted) {
    case (true, true): return low...high
    case (false, false): return nil
    case (true, false): return low...root(of: excess, from: low, to: high)
    case (false, true): return root(of: excess, from: low, to: high)...high
    }
  }

  /// The signal at which n and n_o rank alike; n != n_o. At 0 or below: at every signal n ranks as it does above that.
  private func meeting(_ n: Int) -> Double {
    guard marginal.isKnown else { return marginalMeeting(n) }
    // ln R = n ln(m/v) - m + v with m = s + b, v = max(n, b): linear in ln m.
    let background = marginal.background
    let (own, other) = (max(Double(observed), background), max(Double(n), background))
    if own == 0 { return Double(n) / M_E }
    if n == 0, other == 0 { return own / M_E }
    let exponent = (Double(n) * log(other / own) - (other - own)) / Double(n - observed)
    return own * expm1(exponent) + (own - background)
  }

  private func marginalMeeting(_ n: Int) -> Double {
    let signal = marginal.bestSignal(n)
    let difference = marginal.logProbability(n, signal: signal) - best.logProbability
    let direction = n > observed ? 1.0 : -1
    // Negative below the meeting; the best signals are on either side of it.
    func lead(_ s: Double) -> Double {
      direction
        * (marginal.logProbability(n, signal: s) - marginal.logProbability(observed, signal: s) - difference)
    }
    let (low, high) = (min(signal, best.signal), max(signal, best.signal))
    guard high > 0, lead(low) < 0, lead(high) > 0 else { return low }
    return root(of: lead, from: low, to: high)
  }
}
