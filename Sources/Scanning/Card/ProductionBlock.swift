import Cards
import Production

extension RunCard {
  /// The block `production`: the cross section of l N -> l' N phi as an observable.
  public struct Production: Sendable, Equatable {
    public var channel: ProductionChannel
    public var target: ProductionTarget
    /// Beam energies [GeV]; an axis of its own where there are several.
    public var energy: AxisSpec
    /// Bounds on E - E_phi [GeV]; the upper one nil for none.
    public var recoilMin: Double
    public var recoilMax: Double?
    /// Largest angle of phi [rad].
    public var thetaMax: Double
    public var formFactor: FormFactor
    public var chirality: Chirality
    public var method: CrossSectionMethod
    /// Samples per point of a Monte Carlo; nil for quadrature.
    public var samples: Int?

    public init(
      channel: ProductionChannel, target: ProductionTarget, energy: AxisSpec, recoilMin: Double = 0,
      recoilMax: Double? = nil, thetaMax: Double = .pi, formFactor: FormFactor = .elastic,
      chirality: Chirality = .right, method: CrossSectionMethod = .exact, samples: Int? = nil
    ) {
      (self.channel, self.target, self.energy) = (channel, target, energy)
      (self.recoilMin, self.recoilMax, self.thetaMax) = (recoilMin, recoilMax, thetaMax)
      (self.formFactor, self.chirality, self.method) = (formFactor, chirality, method)
      self.samples = samples
    }

    /// What is produced on what.
    public var process: ProductionProcess {
      ProductionProcess(
        channel: channel, nucleus: target.nucleus, coupling: chirality.coupling, formFactor: formFactor)
    }

    /// The region of phase space.
    public var cuts: ProductionCuts {
      ProductionCuts(
        recoilEnergy: recoilMin...(recoilMax ?? .greatestFiniteMagnitude), largestAngle: thetaMax)
    }

    func observables(seed: UInt64) -> ProductionObservables {
      ProductionObservables(
        process: process, method: method, cuts: cuts,
        monteCarlo: samples.map { .init(samples: $0, seed: UInt32(truncatingIfNeeded: seed)) })
    }

    /// Canonical YAML.
    var resolved: String {
      let entries: [(String, String?)] = [
        ("channel", channel.rawValue), ("target", target.name.contains(",") ? "\"\(target.name)\"" : target.name),
        ("energy", energy.resolved(unit: " GeV")), ("recoil_min", "\(shortest(recoilMin)) GeV"),
        ("recoil_max", recoilMax.map { "\(shortest($0)) GeV" }), ("theta_max", shortest(thetaMax)),
        ("form_factor", formFactor.rawValue), ("chirality", chirality.rawValue), ("method", method.rawValue),
        ("monte_carlo", samples.map { "{ samples: \($0) }" }),
      ]
      return "{ " + entries.compactMap { key, text in text.map { "\(key): \($0)" } }.joined(separator: ", ") + " }"
    }
  }
}
