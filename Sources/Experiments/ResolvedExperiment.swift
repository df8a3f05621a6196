import Cards
import Production

extension Experiment {
  /// The name where the program has just this experiment, else all of it as canonical YAML on one line. Reading either gives
  /// an equal experiment.
  package var resolved: String {
    if let shipped = try? Experiment.shipped(name), shipped == self { return name }
    let entries: [(String, String?)] = [
      ("leptoscan_experiment", "\(Experiment.fileVersion)"), ("name", name), ("title", quoted(title)),
      ("evidence", evidence.rawValue), ("acceptance_accuracy", acceptanceAccuracy.map(shortest)),
      (
        "beam",
        "{ lepton: \(channel == .electronToMuon ? "electron" : "muon"), energy: \(shortest(beamEnergy)) GeV }"
      ),
      ("particles_on_target", shortest(particlesOnTarget)),
      (
        "layers",
        list(layers.map { "{ material: \($0.material.symbol), thickness: \(shortest($0.radiationLengths)) X0 }" })
      ),
      ("cuts", cuts.resolved), ("efficiency", efficiency.resolved),
      ("observed", observesMedian ? nil : "\(counting.observed)"),
      ("confidence_level", shortest(confidenceLevel)),
      (
        "background",
        "{ events: \(shortest(counting.background)), uncertainty: \(shortest(counting.backgroundUncertainty)) }"
      ),
      ("source", quoted(source)), ("citations", citations.isEmpty ? nil : list(citations.map(quoted))),
      (
        "assumed",
        assumptions.isEmpty ? nil : mapping(assumptions.map { ($0.key, quoted($0.reason)) })
      ),
    ]
    return mapping(entries.compactMap { key, text in text.map { (key, $0) } })
  }
}

extension SignalCuts {
  fileprivate var resolved: String {
    mapping(
      [
        ("missing_energy", "\(shortest(missingEnergy)) GeV"), ("x_min", shortest(xMin)),
        ("recoil_energy_min", "\(shortest(recoilEnergy.lowerBound)) GeV"),
      ]
        + (recoilEnergy.upperBound < SignalCuts().recoilEnergy.upperBound
          ? [("recoil_energy_max", "\(shortest(recoilEnergy.upperBound)) GeV")] : [])
        + [("recoil_angle_max", shortest(recoilAngleMax))])
  }
}

extension Efficiency {
  fileprivate var resolved: String {
    isConstant
      ? shortest(values[0])
      : mapping([("m_phi", list(mPhi.map { "\(shortest($0)) GeV" })), ("value", list(values.map(shortest)))])
  }
}

private func mapping(_ entries: [(String, String)]) -> String {
  "{ " + entries.map { "\($0): \($1)" }.joined(separator: ", ") + " }"
}

private func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
