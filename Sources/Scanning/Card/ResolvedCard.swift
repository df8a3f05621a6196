import Cards
import LeptonicPortal

extension RunCard {
  /// The card as canonical YAML: every default written out, energies in GeV, shortest decimals that read back as the
  /// same doubles, keys in fixed order. Reading it gives an equal card; equal cards give equal text, so that it can be
  /// hashed and compared.
  public var resolved: String {
    """
    leptoscan: \(RunCard.version)
    dark_matter: \(darkMatter.rawValue)
    axes:
      m_phi: \(axes.mPhi.resolved(unit: " GeV"))
      h_mue: \(axes.hMue.resolved(unit: ""))
      m_psi: \(axes.mPsi.resolved(unit: " GeV"))
      g: \(axes.g.resolved(unit: darkMatter == .scalar ? " GeV" : ""))
      m_psi2: \(axes.mPsi2.resolved)
    observables: [\(observables.joined(separator: ", "))]
    relic_density: \(relic.resolved)
    \(blocks)output: { precision: \(precision.rawValue) }
    seed: \(seed)

    """
  }

  /// The blocks that a card may lack, a line each.
  private var blocks: String {
    production.map { "production: \($0.resolved)\n" } ?? ""
  }
}

extension AxisSpec {
  func resolved(unit: String) -> String {
    switch scale {
    case .absolute: grid.resolved(unit: unit)
    case .ratioToMPhi: "{ \(scale.rawValue): \(grid.resolved(unit: "")) }"
    }
  }
}

extension AxisGrid {
  fileprivate func resolved(unit: String) -> String {
    func text(_ value: Double) -> String { shortest(value) + unit }
    func range(_ from: Double, _ to: Double, _ points: Int, _ spacing: String) -> String {
      "{ from: \(text(from)), to: \(text(to)), points: \(points), spacing: \(spacing) }"
    }
    switch self {
    case .fixed(let value): return text(value)
    case .linear(let from, let to, let points): return range(from, to, points, "linear")
    case .logarithmic(let from, let to, let points): return range(from, to, points, "log")
    case .list(let values): return "{ values: [\(values.map(text).joined(separator: ", "))] }"
    }
  }
}

extension RunCard.SecondMass {
  fileprivate var resolved: String {
    switch self {
    case .absolute(let mass): "\(shortest(mass)) GeV"
    case .splitting(let splitting): "{ splitting: \(shortest(splitting)) GeV }"
    case .ratioToMPsi(let ratio): "{ ratio_to_m_psi: \(shortest(ratio)) }"
    }
  }
}

extension RelicChoices {
  fileprivate var resolved: String {
    """
    { treatment: \(treatment.rawValue), annihilation: \(annihilation.rawValue), \
    degrees_of_freedom: \(degreesOfFreedom.rawValue), f_eff: \(shortest(fEff)) }
    """
  }
}
