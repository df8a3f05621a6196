import Cards
import Constraints
import LeptonicPortal

extension RunCard {
  /// The card as canonical YAML: every default written out, energies in GeV, shortest decimals that read back as the
  /// same doubles, keys in fixed order. Reading it gives an equal card; equal cards give equal text, so that it can be
  /// hashed and compared.
  public var resolved: String {
    """
    leptoscan: \(RunCard.version)
    dark_matter: \(darkMatter.rawValue)
    \(resolvedPoints)
    observables: [\(observables.joined(separator: ", "))]
    relic_density: \(relic.resolved)
    \(blocks)output: { precision: \(precision.rawValue) }
    seed: \(seed)

    """
  }

  /// The blocks that a card may lack, a line each.
  private var blocks: String {
    let production = production.map { "production: \($0.resolved)\n" }
    let events = events.map { "events: { count: \($0) }\n" }
    return [production, events, constraints?.resolved].compactMap(\.self).joined()
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

extension RunCard {
  private var resolvedPoints: String {
    switch points {
    case .grid(let axes): axes.resolved(darkMatter) { $0.grid.resolved(unit: $1) }
    case .sampled(let sampling):
      """
      points: { method: \(sampling.method.rawValue), count: \(sampling.count), keep: \(sampling.keep.resolved) }
      \(sampling.axes.resolved(darkMatter) { $0.range.resolved(unit: $1) })
      """
    case .listed(let list): "points: \(list.resolved)"
    }
  }
}

extension ParameterAxes where Axis: CardAxis {
  /// - Parameter text: the values of an axis with a unit.
  fileprivate func resolved(_ darkMatter: DarkMatter, _ text: (Axis, _ unit: String) -> String) -> String {
    func axis(_ axis: Axis, unit: String) -> String {
      switch axis.scale {
      case .absolute: text(axis, unit)
      case .ratioToMPhi: "{ \(axis.scale.rawValue): \(text(axis, "")) }"
      }
    }
    return """
      axes:
        m_phi: \(axis(mPhi, unit: " GeV"))
        h_mue: \(axis(hMue, unit: ""))
        m_psi: \(axis(mPsi, unit: " GeV"))
        g: \(axis(g, unit: darkMatter == .scalar ? " GeV" : ""))
        m_psi2: \(mPsi2.resolved)
      """
  }
}

extension SampledRange {
  fileprivate func resolved(unit: String) -> String {
    func range(_ from: Double, _ to: Double, _ spacing: String) -> String {
      "{ from: \(shortest(from))\(unit), to: \(shortest(to))\(unit), spacing: \(spacing) }"
    }
    return switch self {
    case .fixed(let value): shortest(value) + unit
    case .linear(let from, let to): range(from, to, "linear")
    case .logarithmic(let from, let to): range(from, to, "log")
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
    degrees_of_freedom: \(degreesOfFreedom.rawValue), f_eff: \(shortest(fEff)), last_x: \(shortest(lastX)) }
    """
  }
}
