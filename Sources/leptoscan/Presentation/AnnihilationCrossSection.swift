import Production

/// What `cross-section --channel mu-e-annihilation` computes and prints.
struct AnnihilationCrossSection {
  let spread: Double
  let points: [(energy: Double, mPhi: Double)]

  func output(json: Bool) throws -> String {
    for point in points {
      for (name, value) in [("energy", point.energy), ("m_phi", point.mPhi)] where !(value > 0 && value.isFinite) {
        throw ProductionError.notPositive(name: name, value: value)
      }
    }
    let entries = points.map {
      Entry(
        energy: $0.energy, spread: spread, m_phi: $0.mPhi,
        resonant_energy: AnnihilationInFlight.resonantEnergy(mPhi: $0.mPhi),
        sigma_gev2: AnnihilationInFlight.crossSection(mPhi: $0.mPhi, energy: $0.energy, relativeSpread: spread))
    }
    if json { return entries.count == 1 ? try JSON.text(entries[0]) : try JSON.text(entries) }
    var table = TextTable(rightAligned: [0, 1, 2])
    table.add("energy [GeV]", "m_phi [GeV]", "E at resonance [GeV]", "sigma/(h^2 BR_inv) [GeV^-2]")
    for entry in entries {
      table.add(entry.energy.readable, entry.m_phi.readable, entry.resonant_energy.compact, entry.sigma_gev2.compact)
    }
    let title = "mu+ e- -> phi -> invisible, free electrons at rest, narrow phi, relative spread \(spread.readable)"
    return "  \(title)\n\(table.text)"
  }

  private struct Entry: Encodable {
    var channel = "mu-e-annihilation"
    var energy, spread, m_phi, resonant_energy, sigma_gev2: Double
  }
}
