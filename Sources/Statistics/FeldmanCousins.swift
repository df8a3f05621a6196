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
    let marginal = MarginalPoisson(self)
    let ordering = LikelihoodOrdering(observed: observed, marginal: marginal, confidenceLevel: confidenceLevel)
    let upper = ordering.upperEnd()
    let lower = min(ordering.lowerEnd(), upper)
    // For n > b the upper end is a constant minus b, which needs no correction.
    guard marginal.isKnown, Double(observed) < background + 2 else { return lower...upper }
    return lower...max(upper, largestUpperEnd(atLeast: upper, confidenceLevel: confidenceLevel))
  }

  /// The largest upper end for any larger background. Upper ends fall with b but for jumps up, each somewhat smaller than
  /// the one before it and about one event of background apart, so the next two events of background tell.
  private func largestUpperEnd(atLeast smallest: Double, confidenceLevel: Double) -> Double {
    func upperEnd(_ background: Double) -> Double {
      LikelihoodOrdering(
        observed: observed, marginal: MarginalPoisson(background: background), confidenceLevel: confidenceLevel
      ).upperEnd()
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
