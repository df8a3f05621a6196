import ComputeDevices
import Experiments
import Production

/// One computed yield.
struct YieldResult {
  var mPhi: Double
  /// Events per particle per h^2.
  var yield: Double
  /// Relative: of the quadrature, or one standard deviation of the Monte Carlo.
  var accuracy: Double
  /// Part of the produced phi that passes the cuts.
  var acceptance: Double
  var efficiency: Double
  /// For the coupling asked for.
  var events: Double?
  /// At the experiment's confidence level; nil where nothing is produced.
  var hMueLimit: Double?
  /// Expected without signal, at -2 ... 2 standard deviations; nil where nothing is produced.
  var expectedLimits: [Double]?
}

/// What `yield` computes for each mass.
struct YieldRequest {
  let experiment: Experiment
  let hMue: Double?
  let brInvisible: Double
  let method: YieldMethod
  let samples: Int
  let seed: UInt32
  let device: any Device

  func results(mPhi: [Double]) throws -> [YieldResult] {
    let acceptances = try Yield(experiment: experiment, device: device).acceptance(mPhi: mPhi)
    let (observed, expected) = (try experiment.signalLimit(), try experiment.expectedSignalLimits())
    return try zip(zip(mPhi, try estimates(mPhi)), acceptances).map { entry, acceptance in
      let (mass, estimate) = entry
      let limit = try experiment.couplingLimit(yield: estimate.value, mPhi: mass, brInvisible: brInvisible)
      return YieldResult(
        mPhi: mass, yield: estimate.value, accuracy: estimate.relativeError, acceptance: acceptance,
        efficiency: experiment.efficiency.value(mPhi: mass),
        events: hMue.map {
          experiment.expectedEvents(yield: estimate.value, mPhi: mass, hMue: $0, brInvisible: brInvisible)
        },
        hMueLimit: limit.isFinite ? limit : nil,
        expectedLimits: limit.isFinite ? expected.map { limit * ($0 / observed).squareRoot() } : nil)
    }
  }

  private func estimates(_ mPhi: [Double]) throws -> [Yield.Estimate] {
    switch method {
    case .quadrature: return try Yield(experiment: experiment, device: device).estimates(mPhi: mPhi)
    case .mc:
      let yield = MonteCarloYield(experiment: experiment, seed: seed, samples: samples, device: device)
      return try mPhi.map {
        let estimate = try yield.eventsPerParticlePerH2(mPhi: $0)
        return Yield.Estimate(
          value: estimate.value, relativeError: estimate.value > 0 ? estimate.standardError / estimate.value : 0)
      }
    }
  }
}
