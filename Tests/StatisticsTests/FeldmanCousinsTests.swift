import Statistics
import Testing

struct FeldmanCousinsTests {
  static let backgrounds = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0]

  /// Feldman, Cousins, Phys. Rev. D 57 (1998) 3873, Table IV: 90 % intervals. Their grid has steps of 0.005.
  static let tableIV: [[(Double, Double)]] = [
    [
      (0, 2.44), (0, 1.94), (0, 1.61), (0, 1.33), (0, 1.26), (0, 1.18), (0, 1.08), (0, 1.06), (0, 1.01), (0, 0.98),
    ],
    [
      (0.11, 4.36), (0, 3.86), (0, 3.36), (0, 2.91), (0, 2.53), (0, 2.19), (0, 1.88), (0, 1.59), (0, 1.39), (0, 1.22),
    ],
    [
      (0.53, 5.91), (0.03, 5.41), (0, 4.91), (0, 4.41), (0, 3.91), (0, 3.45), (0, 3.04), (0, 2.67), (0, 2.33),
      (0, 1.73),
    ],
    [
      (1.10, 7.42), (0.60, 6.92), (0.10, 6.42), (0, 5.92), (0, 5.42), (0, 4.92), (0, 4.42), (0, 3.95), (0, 3.53),
      (0, 2.78),
    ],
    [
      (1.47, 8.60), (1.17, 8.10), (0.74, 7.60), (0.24, 7.10), (0, 6.60), (0, 6.10), (0, 5.60), (0, 5.10), (0, 4.60),
      (0, 3.60),
    ],
    [
      (1.84, 9.99), (1.53, 9.49), (1.25, 8.99), (0.93, 8.49), (0.43, 7.99), (0, 7.49), (0, 6.99), (0, 6.49), (0, 5.99),
      (0, 4.99),
    ],
    [
      (2.21, 11.47), (1.90, 10.97), (1.61, 10.47), (1.33, 9.97), (1.08, 9.47), (0.65, 8.97), (0.15, 8.47), (0, 7.97),
      (0, 7.47), (0, 6.47),
    ],
  ]

  @Test(arguments: tableIV.indices)
  func agreesWithTableIV(observed: Int) throws {
    for (background, expected) in zip(Self.backgrounds, Self.tableIV[observed]) {
      let interval = try CountingExperiment(observed: observed, background: background).unifiedInterval()
      #expect(abs(interval.lowerBound - expected.0) <= 0.011, "n = \(observed), b = \(background): \(interval)")
      #expect(abs(interval.upperBound - expected.1) <= 0.011, "n = \(observed), b = \(background): \(interval)")
    }
  }

  /// Both ends together cover the true signal in at least 90 % of experiments.
  @Test(arguments: [0.0, 1.3, 4.2])
  func coverage(background: Double) throws {
    let intervals = try (0...40).map { try CountingExperiment(observed: $0, background: background).unifiedInterval() }
    for signal in [0.0, 0.3, 1.1, 2.4, 5.0, 7.7] {
      let covered = intervals.enumerated().filter { $0.element.contains(signal) }
        .map { Poisson.probability($0.offset, mean: signal + background) }.reduce(0, +)
      #expect(covered >= 0.9 - 1e-6, "\(signal)")
    }
  }

  /// More events than 0 + background at this level: the interval leaves 0. (n = 5, b = 1: 1.25 to 8.99.)
  @Test func upperLimitIsTheUpperEnd() throws {
    let experiment = try CountingExperiment(observed: 5, background: 1)
    #expect(try experiment.upperLimit(method: .feldmanCousins) == experiment.unifiedInterval().upperBound)
  }
}
