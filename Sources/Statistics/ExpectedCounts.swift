import Foundation

extension CountingExperiment {
  /// An experiment that sees what is expected without signal: the smallest n with P(N <= n) >= p, where N is Poisson with the
  /// background, averaged over its uncertainty.
  ///
  /// Limits rise with n, so the limit of this experiment is the p-quantile of the limits that experiments without signal give;
  /// for p = 1/2 it is the median expected limit. (The Asimov value, for n = b, is not what any experiment can find.)
  ///
  /// - Parameter quantile: p, above 0 and below 1.
  /// - Throws: ``StatisticsError``.
  public static func expected(
    quantile: Double = 0.5, background: Double, backgroundUncertainty: Double = 0
  ) throws(StatisticsError) -> CountingExperiment {
    guard quantile > 0, quantile < 1 else { throw .confidenceLevel(quantile) }
    let nothing = try CountingExperiment(
      observed: 0, background: background, backgroundUncertainty: backgroundUncertainty)
    let marginal = MarginalPoisson(nothing)
    func reaches(_ n: Int) -> Bool { marginal.cumulative(n, signal: 0) >= quantile }
    var (below, above) = (-1, 0)
    while !reaches(above) { (below, above) = (above, 2 * above + 1) }
    while above - below > 1 {
      let middle = below + (above - below) / 2
      if reaches(middle) { above = middle } else { below = middle }
    }
    return try CountingExperiment(
      observed: above, background: background, backgroundUncertainty: backgroundUncertainty)
  }
}
