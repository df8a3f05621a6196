import Experiments
import Foundation

/// Yields for a person, or as JSON.
struct YieldOutput {
  let experiment: Experiment
  let method: YieldMethod
  let hMue: Double?
  let brInvisible: Double
  /// Whether the limits that are expected without signal are asked for.
  let showsExpected: Bool
  let results: [YieldResult]

  func text() -> String {
    let head =
      "  \(experiment.title): \(beam) on \(target), \(experiment.particlesOnTarget.short) particles (\(experiment.evidence.rawValue))"
    guard results.count == 1, let result = results.first else { return "\(head)\n\(table())\(expectedLine)\(assumed)" }
    var lines = TextTable()
    lines.add("m_phi", "\(result.mPhi.readable) GeV")
    lines.add(
      "yield", "\(result.yield.short) events per particle per h^2\(result.yield > 0 ? "" : " (nothing passes)")")
    if result.yield > 0 { lines.add("accuracy", "\(String(format: "%.0e", result.accuracy)) relative\(accuracyNote)") }
    lines.add("acceptance", "\(result.acceptance.short) of the phi produced")
    lines.add("efficiency", result.efficiency.short)
    if let events = result.events, let hMue { lines.add("events", "\(events.short) for h_mue = \(hMue.readable)") }
    if let limit = result.hMueLimit { lines.add("limit", "h_mue < \(limit.short) at \(level) CL\(expectedNote)") }
    if showsExpected, let limits = result.expectedLimits {
      lines.add("expected", "h_mue < \(limits[2].short) at \(level) CL, median without signal")
      lines.add("", "\(limits[1].short) to \(limits[3].short) within 1 sigma")
      lines.add("", "\(limits[0].short) to \(limits[4].short) within 2 sigma")
    }
    return "\(head)\n\(lines.text)\(assumed)"
  }

  private func table() -> String {
    var table = TextTable(rightAligned: [0, 1, 2, 3, 4])
    let titles = ["m_phi [GeV]", "events per particle per h^2", "accuracy", "acceptance", "h_mue limit"]
    table.add(titles + (hMue == nil ? [] : ["events"]))
    for result in results {
      table.add(
        [
          result.mPhi.readable, result.yield.short, String(format: "%.0e", result.accuracy), result.acceptance.short,
          result.hMueLimit?.short ?? "-",
        ] + (result.events.map { [$0.short] } ?? []))
    }
    return table.text
  }

  /// One object, or an array of them for several masses.
  func json() throws -> String {
    let entries = results.map { result in
      YieldEntry(
        experiment: experiment.name, method: method.rawValue, m_phi: result.mPhi,
        events_per_particle_per_h2: result.yield, relative_accuracy: result.accuracy, acceptance: result.acceptance,
        efficiency: result.efficiency, particles_on_target: experiment.particlesOnTarget, br_invisible: brInvisible,
        h_mue: hMue, events: result.events, h_mue_limit: result.hMueLimit,
        h_mue_limit_90: experiment.confidenceLevel == 0.9 ? result.hMueLimit : nil,
        h_mue_limit_expected: showsExpected ? result.expectedLimits : nil,
        confidence_level: experiment.confidenceLevel,
        observed: experiment.counting.observed, background: experiment.counting.background,
        background_uncertainty: experiment.counting.backgroundUncertainty,
        evidence: experiment.evidence.rawValue,
        limit_is: experiment.observesMedian ? "median_expected" : "observed", assumed: experiment.assumptions.map(\.key)
      )
    }
    if entries.count == 1, let entry = entries.first { return try JSON.text(entry) }
    return try JSON.text(entries)
  }

  private var expectedLine: String { expectedNote.isEmpty ? "" : "\n  h_mue limit\(expectedNote)" }

  private var beam: String {
    "\(experiment.beamEnergy.readable) GeV \(experiment.channel == .electronToMuon ? "electrons" : "muons")"
  }

  private var target: String {
    experiment.layers.map { "\($0.radiationLengths.short) X0 \($0.material.symbol)" }.joined(separator: " + ")
  }

  private var assumed: String {
    experiment.assumptions.isEmpty ? "" : "\n  assumed: \(experiment.assumptions.map(\.key).joined(separator: ", "))"
  }

  /// What limit it is where nothing was observed.
  private var expectedNote: String {
    experiment.observesMedian
      ? ", median expected limit (\(experiment.counting.observed) events: the median without signal)" : ""
  }

  private var level: String { "\((100 * experiment.confidenceLevel).short) %" }

  private var accuracyNote: String { method == .mc ? " (one standard deviation)" : "" }
}

/// Keys are the names of variables in output files.
private struct YieldEntry: Encodable {
  var experiment, method: String
  var m_phi, events_per_particle_per_h2, relative_accuracy, acceptance, efficiency, particles_on_target: Double
  var br_invisible: Double
  var h_mue, events, h_mue_limit, h_mue_limit_90: Double?
  /// At -2, -1, 0, 1 and 2 standard deviations.
  var h_mue_limit_expected: [Double]?
  var confidence_level: Double
  var observed: Int
  var background, background_uncertainty: Double
  var evidence: String
  /// `observed`, or `median_expected` where `observed` is the median number without signal.
  var limit_is: String
  var assumed: [String]
}

/// The built-in experiments, one per line.
struct ExperimentList {
  private struct Entry: Encodable {
    var name, title, evidence, source: String
    var particles_on_target: Double
    var assumed: [String]
  }

  func text(json: Bool) throws -> String {
    let experiments = try Experiment.shippedNames.compactMap { try Experiment.shipped($0) }
    if json {
      return try JSON.text(
        experiments.map {
          Entry(
            name: $0.name, title: $0.title, evidence: $0.evidence.rawValue, source: $0.source,
            particles_on_target: $0.particlesOnTarget,
            assumed: $0.assumptions.map(\.key))
        })
    }
    var table = TextTable()
    for experiment in experiments {
      table.add(
        experiment.name, experiment.particlesOnTarget.short, experiment.evidence.rawValue, experiment.title)
    }
    return table.text
  }
}

extension Double {
  /// Five significant digits.
  fileprivate var short: String { String(format: "%.5g", self) }
}
