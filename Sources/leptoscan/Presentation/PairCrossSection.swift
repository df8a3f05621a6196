import ComputeDevices
import Foundation
import Production

/// What `cross-section --channel ee-e-mu` computes and prints.
struct PairCrossSection {
  let cuts: PairCuts
  let samples: Int
  let seed: UInt32
  let points: [(rootS: Double, mPhi: Double)]

  /// One value must exist; a table may have points below threshold.
  func output(json: Bool) throws -> String {
    if let point = points.first, points.count == 1 {
      try PairProduction.requireOpen(rootS: point.rootS, mPhi: point.mPhi)
    }
    let entries = try points.enumerated().map { index, point in
      let random = RandomStream(seed: seed, point: UInt32(truncatingIfNeeded: index))
      let estimate = try PairProduction(cuts: cuts, random: random, device: NativeDevice())
        .total(rootS: point.rootS, mPhi: point.mPhi, samples: samples)
      return Entry(
        sqrt_s: point.rootS, m_phi: point.mPhi, sigma_fb: estimate.value,
        relative_accuracy: estimate.value > 0 ? estimate.standardError / estimate.value : 0,
        samples: samples, status: estimate.value > 0 ? 0 : 1)
    }
    if json { return entries.count == 1 ? try JSON.text(entries[0]) : try JSON.text(entries) }
    return text(entries)
  }

  private struct Entry: Encodable {
    var channel = "ee-e-mu"
    var sqrt_s, m_phi, sigma_fb, relative_accuracy: Double
    var samples, status: Int
  }

  private func text(_ entries: [Entry]) -> String {
    let reaction = "e+ e- -> e+ mu- phi, one charge state\(region)"
    if entries.count == 1, let entry = entries.first {
      var table = TextTable()
      table.add("process", "\(reaction), sqrt(s) = \(entry.sqrt_s.readable) GeV, m_phi = \(entry.m_phi.readable) GeV")
      table.add("method", "exact tree level, Monte Carlo")
      table.add("sigma", "\(entry.sigma_fb.compact) fb per h^2")
      table.add("accuracy", "\(String(format: "%.0e", entry.relative_accuracy)) relative (one standard deviation)")
      return table.text
    }
    var table = TextTable(rightAligned: [0, 1])
    table.add("sqrt(s) [GeV]", "m_phi [GeV]", "sigma [fb per h^2]", "relative accuracy")
    for entry in entries {
      table.add(
        entry.sqrt_s.readable, entry.m_phi.readable, entry.sigma_fb.compact,
        entry.status == 0 ? String(format: "%.0e", entry.relative_accuracy) : "nothing inside")
    }
    return "  \(reaction)\n\(table.text)"
  }

  private var region: String {
    var parts: [String] = []
    if cuts.cosine != -1...1 { parts.append("|cos theta*| < \(cuts.cosine.upperBound.readable)") }
    if cuts.laboratoryAngle != 0...Double.pi {
      let degrees = [cuts.laboratoryAngle.lowerBound, cuts.laboratoryAngle.upperBound].map { $0 * 180 / Double.pi }
      parts.append("\(degrees[0].readable) to \(degrees[1].readable) degrees in the laboratory")
    }
    if cuts.transverseMomentum > 0 { parts.append("p_T > \(cuts.transverseMomentum.readable) GeV") }
    return parts.isEmpty ? "" : ", both leptons within \(parts.joined(separator: ", "))"
  }
}
