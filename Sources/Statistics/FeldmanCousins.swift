import Foundation

extension CountingExperiment {
  /// The unified interval of Feldman and Cousins (Phys. Rev. D 57 (1998) 3873) for the mean number of signal events.
  ///
  /// With a known background the upper end is made non-increasing in the background, as in their tables. With an uncertain
  /// one the probabilities, also those in the ordering ratio, are averaged over it.
  ///
  /// - Throws: ``StatisticsError`` for a confidence level that is not between 0 and 1.
  public func unifiedInterval(confidenceLevel: Double = 0.9) throws(StatisticsError) -> ClosedRange<Double> {
    guard confidenceLevel > 0, confidenceLevel < 1 else { throw .confidenceLevel(confidenceLevel) }
    let ordering = LikelihoodOrdering(self, confidenceLevel: confidenceLevel)
    let upper = ordering.upperEnd()
    let lower = ordering.lowerEnd(below: upper)
    // For n > b the upper end is a constant minus b, which needs no correction.
    guard backgroundUncertainty == 0, Double(observed) < background + 2 else { return lower...upper }
    return lower...max(upper, largestUpperEnd(atLeast: upper, confidenceLevel: confidenceLevel))
  }

  /// The largest upper end for any larger background. Upper ends fall with b but for jumps up, each somewhat smaller than
  /// the one before it and about one event of background apart, so the next two events of background tell.
  private func largestUpperEnd(atLeast smallest: Double, confidenceLevel: Double) -> Double {
    func upperEnd(_ background: Double) -> Double {
      LikelihoodOrdering(observed: observed, background: background, confidenceLevel: confidenceLevel).upperEnd()
    }
    let step = 0.05
    var best = (background: background, end: smallest)
    for k in 1...40 {
      let end = upperEnd(background + Double(k) * step)
      if end > best.end { best = (background + Double(k) * step, end) }
    }
    guard best.background > background else { return smallest }
    // The jump lies in the step before; behind it the end falls again, so it is largest right there.
    var before = best.background - step
    var after = best.background
    for _ in 0..<30 {
      let middle = (before + after) / 2
      if upperEnd(middle) >= best.end { after = middle } else { before = middle }
    }
    return max(best.end, upperEnd(after))
  }
}

/// Which numbers of events are accepted for a signal mean: those of largest P(n|s)/P(n|s_best) until their probabilities
/// sum to the confidence level.
private struct LikelihoodOrdering {
  private let observed: Int
  private let confidenceLevel: Double
  private let prior: BackgroundPrior
  /// 1/P(n | s_best(n)) for all n that matter.
  private let inverseBest: [Double]
  private let largestSignal: Double

  init(_ experiment: CountingExperiment, confidenceLevel: Double) {
    self.init(experiment.observed, BackgroundPrior(experiment), confidenceLevel)
  }

  init(observed: Int, background: Double, confidenceLevel: Double) {
    self.init(observed, BackgroundPrior(background: background), confidenceLevel)
  }

  private init(_ observed: Int, _ prior: BackgroundPrior, _ confidenceLevel: Double) {
    self.observed = observed
    self.prior = prior
    self.confidenceLevel = confidenceLevel
    // -ln(1-CL) is 2.3 at 90 %; no accepted signal lies beyond this, by a wide margin.
    let spread = -log(1 - confidenceLevel)
    largestSignal = Double(observed) + 3 * spread + 5 * (spread * Double(observed + 1)).squareRoot()
    let mean = largestSignal + (prior.values.max() ?? 0)
    let count = Int(mean + 10 * mean.squareRoot() + 30)
    inverseBest = (0..<count).map { exp(-prior.logProbability($0, signal: prior.bestSignal($0))) }
  }

  /// Whether the observed number is accepted: those that rank before it have not yet the confidence level.
  private func accepts(_ signal: Double) -> Bool {
    let probabilities = prior.probabilities(upTo: inverseBest.count, signal: signal)
    let rank = probabilities[observed] * inverseBest[observed]
    var before = 0.0
    for (probability, inverse) in zip(probabilities, inverseBest) where probability * inverse > rank {
      before += probability
    }
    return before < confidenceLevel
  }

  private static let step = 0.005

  func upperEnd() -> Double {
    var signal = largestSignal
    while signal > 0, !accepts(signal) { signal -= Self.step }
    guard signal > 0 else { return 0 }
    return boundary(accepted: signal, rejected: signal + Self.step)
  }

  func lowerEnd(below upper: Double) -> Double {
    if accepts(0) { return 0 }
    var signal = Self.step
    while signal < upper, !accepts(signal) { signal += Self.step }
    return signal < upper ? boundary(accepted: signal, rejected: signal - Self.step) : upper
  }

  private func boundary(accepted: Double, rejected: Double) -> Double {
    var (inside, outside) = (accepted, rejected)
    for _ in 0..<40 {
      let middle = (inside + outside) / 2
      if accepts(middle) { inside = middle } else { outside = middle }
    }
    return inside
  }
}

extension BackgroundPrior {
  /// A background that is known.
  init(background: Double) {
    values = [background]
    weights = [1]
  }

  /// ln of the averaged P(n | signal + b).
  fileprivate func logProbability(_ n: Int, signal: Double) -> Double {
    let logs = values.map { Poisson.logProbability(n, mean: signal + $0) }
    guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
    return largest + log(zip(logs, weights).reduce(0) { $0 + $1.1 * exp($1.0 - largest) })
  }

  /// The averaged P(n | signal + b) for n = 0 ..< count.
  fileprivate func probabilities(upTo count: Int, signal: Double) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    for (background, weight) in zip(values, weights) {
      let mean = signal + background
      // From the mode outwards, so that nothing underflows that matters.
      let mode = min(Int(mean), count - 1)
      let top = weight * Poisson.probability(mode, mean: mean)
      sums[mode] += top
      var term = top
      for n in stride(from: mode, to: 0, by: -1) where term > 0 {
        term *= Double(n) / mean
        sums[n - 1] += term
      }
      term = top
      for n in stride(from: mode + 1, to: count, by: 1) where term > 0 {
        term *= mean / Double(n)
        sums[n] += term
      }
    }
    return sums
  }

  /// The signal >= 0 of largest averaged probability: n - b for a known background.
  fileprivate func bestSignal(_ n: Int) -> Double {
    guard values.count > 1 else { return max(0, Double(n) - values[0]) }
    // The averaged likelihood has one maximum in the signal: golden-section search.
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (0.0, Double(n) + 1)
    for _ in 0..<60 {
      let (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
      if logProbability(n, signal: a) < logProbability(n, signal: b) { low = a } else { high = b }
    }
    return (low + high) / 2
  }
}
