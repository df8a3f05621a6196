import Cards
import Experiments
import Foundation
import LeptonicPortal
import Testing

/// A complete file, with lines replaced.
private func file(_ changes: [String: String] = [:]) -> String {
  let lines = [
    ("leptoscan_experiment", "1"), ("name", "mine"), ("beam", "{ lepton: electron, energy: 50 GeV }"),
    ("particles_on_target", "1e12"), ("layers", "[{ material: W, thickness: 3.5 mm }]"), ("source", "me"),
  ]
  let known = lines.map { "\($0.0): \(changes[$0.0] ?? $0.1)" }
  let others = changes.filter { change in !lines.contains { $0.0 == change.key } }.map { "\($0.key): \($0.value)" }
  return (known + others).joined(separator: "\n")
}

private func messages(_ yaml: String) -> [String] {
  do throws(CardError) {
    _ = try Experiment(yaml: yaml, file: "e.yaml")
    return []
  } catch {
    return error.diagnostics.map(\.description)
  }
}

@Suite("Experiment files")
struct ExperimentReadingTests {
  @Test func defaults() throws {
    let experiment = try Experiment(yaml: file(), file: "e.yaml")
    #expect(experiment.title == "mine")
    #expect(experiment.cuts == SignalCuts())
    #expect(experiment.efficiency == Efficiency(1))
    #expect(experiment.counting.observed == 0 && experiment.counting.background == 0)
    // 3.5 mm of tungsten, X0 = 6.76/19.30 cm.
    #expect(abs(experiment.layers[0].radiationLengths - 0.35 * 19.3 / 6.76) < 1e-14)
  }

  /// A projection sees the median of what is expected without signal, unless it says what it sees.
  @Test func plannedWithoutObserved() throws {
    let changes = ["planned": "true", "background": "{ events: 10, uncertainty: 2 }"]
    let expected = try Experiment(yaml: file(changes), file: "e.yaml")
    #expect(expected.observesMedian && expected.counting.observed == 10)
    // CLs for 10 observed on 10 +- 2: an independent sum, Tests/ReferenceData/upper_limits.py.
    #expect(abs(try expected.signalLimit() - 7.403465) < 1e-5)
    let given = try Experiment(yaml: file(changes.merging(["observed": "0"]) { $1 }), file: "e.yaml")
    #expect(!given.observesMedian && given.counting.observed == 0)
    let nothing = try Experiment(yaml: file(["planned": "true"]), file: "e.yaml")
    #expect(nothing.observesMedian && nothing.counting.observed == 0)
    for experiment in [expected, given, nothing] {
      #expect(try Experiment(yaml: experiment.resolved, file: "e.yaml") == experiment)
    }
  }

  /// Nothing expected: 1 - CL = e^-s. 3 +- 0: the quantiles of the Poisson distribution are 0, 1, 3, 5, 7 events, whose CLs limits at
  /// 90 % solve sum(n, s + 3) = 0.1 sum(n, 3).
  @Test func confidenceLevelAndExpectedLimits() throws {
    let ninetyFive = try Experiment(yaml: file(["confidence_level": "0.95"]), file: "e.yaml")
    #expect(abs(try ninetyFive.signalLimit() + log(0.05)) < 1e-9)
    #expect(try Experiment(yaml: ninetyFive.resolved, file: "e.yaml") == ninetyFive)
    #expect(messages(file(["confidence_level": "95"])).first?.contains("confidence_level is '95'") == true)
    let three = try Experiment(yaml: file(["background": "{ events: 3 }"]), file: "e.yaml")
    func sum(_ n: Int, _ mean: Double) -> Double {
      (0...n).reduce((sum: 0.0, term: exp(-mean))) { ($0.sum + $0.term, $0.term * mean / Double($1 + 1)) }.sum
    }
    for (limit, n) in zip(try three.expectedSignalLimits(), [0, 1, 3, 5, 7]) {
      #expect(abs(sum(n, limit + 3) / sum(n, 3) - 0.1) < 1e-9, "\(n)")
    }
  }

  /// Without the key what the rest of the file allows to say.
  @Test func evidence() throws {
    let counts = ["observed": "0", "background": "{ events: 1 }"]
    func evidence(_ changes: [String: String]) throws -> Evidence {
      try Experiment(yaml: file(changes), file: "e.yaml").evidence
    }
    #expect(try evidence(counts) == .measured)
    #expect(try evidence([:]) == .hypothetical, "nobody says what was observed")
    #expect(try evidence(counts.merging(["assumed": "{ background: a guess }"]) { $1 }) == .hypothetical)
    #expect(try evidence(counts.merging(["assumed": "{ cuts: a guess }"]) { $1 }) == .hypothetical)
    let known = ["assumed": "{ cuts: a guess }", "acceptance_accuracy": "0.2"]
    #expect(try evidence(counts.merging(known) { $1 }) == .recast)
    #expect(try evidence(["planned": "true"]) == .projection)
    #expect(try evidence(["evidence": "projection"]) == .projection)
    #expect(try evidence(["evidence": "hypothetical"].merging(counts) { $1 }) == .hypothetical)
  }

  /// Contradictions, and claims beyond what the file has.
  @Test(arguments: [
    (
      ["planned": "true", "evidence": "measured"],
      "evidence is measured and planned is true (they contradict each other)"
    ),
    (["planned": "false", "evidence": "projection"], "evidence is projection and planned is false (they contradict"),
    (["evidence": "measured"], "evidence is measured and observed is not given (nobody has measured it then)"),
    (
      ["evidence": "measured", "observed": "1", "background": "{ events: 1 }", "assumed": "{ background: a guess }"],
      "evidence is measured and background is assumed (nobody has measured it then)"
    ),
    (["evidence": "recast"], "evidence is recast and acceptance_accuracy is missing (a recast holds as well as"),
    (["evidence": "mesured"], "unknown evidence 'mesured' ("),
  ])
  func contradictingEvidence(changes: [String: String], message: String) throws {
    let found = messages(file(changes))
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
    #expect(found.first?.range(of: #"e.yaml:\d+:\d+: "#, options: .regularExpression) != nil)
  }

  @Test(arguments: [
    ("na64e-2018", Evidence.recast), ("na64e-2022", .hypothetical), ("na64mu-2022", .hypothetical),
    ("na64e-projection", .projection), ("na64mu-projection", .projection), ("ldmx", .projection), ("m3", .projection),
  ])
  func evidenceOfShippedExperiments(name: String, evidence: Evidence) throws {
    #expect(try Experiment(named: name).evidence == evidence)
  }

  /// No observed events among many expected ones: CLs is ln 10 for every background.
  @Test(arguments: [3.0, 700, 746, 1000, 1e7])
  func limitWithoutEventsIgnoresTheBackground(background: Double) throws {
    let yaml = file(["background": "{ events: \(background), uncertainty: 0 }"])
    #expect(abs(try Experiment(yaml: yaml, file: "e.yaml").signalLimit() - 2.302585093) < 1e-8)
  }

  @Test func everythingGiven() throws {
    let experiment = try Experiment(
      yaml: file([
        "cuts":
          "{ missing_energy: 25000 MeV, x_min: 0.1, recoil_energy_min: 2, recoil_energy_max: 9 GeV, recoil_angle_max: 0.2 }",
        "efficiency": "{ m_phi: [100 MeV, 1 GeV], value: [0.2, 0.6] }", "observed": "3",
        "background": "{ events: 1.5, uncertainty: 0.5 }", "citations": "[\"NA64:2019\"]",
        "assumed": "{ efficiency: a guess }",
      ]), file: "e.yaml")
    #expect(experiment.cuts.missingEnergy == 25)
    #expect(experiment.cuts.recoilEnergy == 2...9)
    #expect(experiment.cuts.recoilAngleMax == 0.2)
    #expect(experiment.counting.background == 1.5 && experiment.counting.backgroundUncertainty == 0.5)
    #expect(experiment.assumptions == [.init(key: "efficiency", reason: "a guess")])
    let efficiency = experiment.efficiency
    #expect([0.01, 0.1, 1, 5].map { efficiency.value(mPhi: $0) } == [0.2, 0.2, 0.6, 0.6])
    #expect(abs(efficiency.value(mPhi: 0.1 * 10.0.squareRoot()) - 0.4) < 1e-14)
  }

  @Test(arguments: [
    (
      ["beam": "{ lepton: elektron, energy: 50 GeV }"],
      "e.yaml:3:17: unknown lepton 'elektron' (phi couples electrons to muons) did you mean 'electron'?"
    ),
    (
      ["layers": "[{ material: Pb, thickness: 40 }]"],
      "e.yaml:5:37: thickness '40' has no unit (radiation lengths and centimetres are both usual) write thickness: 40 X0, or 22 cm"
    ),
    (
      ["layers": "[{ material: Pb, thickness: 40 GeV }]"],
      "e.yaml:5:37: thickness has the unknown unit 'GeV' (radiation lengths or a length are expected) use X0, cm, mm or m"
    ),
    (
      ["layers": "[{ material: Xx, thickness: 1 X0 }]"],
      "e.yaml:5:22: unknown material 'Xx' (it is none of the elements in leptoscan's table) use Be, C, Al, Si, Ti, Fe, Cu, Sn, W, Au, Pb or U"
    ),
    (
      ["name": "My Experiment"],
      "e.yaml:2:7: name is 'My Experiment' (it becomes part of the names of variables) use up to 40 lower-case letters, digits and hyphens, a letter first"
    ),
    (
      ["name": "relic-density"],
      "e.yaml:2:7: name is 'relic-density' (variables are named after it, and a constraint has this name) choose another name"
    ),
    (
      ["efficiency": "1.5"],
      "e.yaml:7:13: efficiency is 1.5 (it must be above 0 and at most 1) use a value within this range"
    ),
    (
      ["cuts": "{ missing_enrgy: 10 GeV }"],
      "e.yaml:7:9: unknown key 'missing_enrgy' in cuts (it would have no effect) did you mean 'missing_energy'?"
    ),
    (
      ["cuts": "{ recoil_energy_min: 60 GeV }"],
      "e.yaml:7:28: recoil_energy_min is 60 (it must be from 0 and at most 50) use a value within this range"
    ),
    (
      ["observed": "2.5"],
      "e.yaml:7:11: observed is '2.5' (a whole number from 0 to 10 million is expected) write observed: 0"
    ),
    (
      ["leptoscan_experiment": "7"],
      "e.yaml:1:23: leptoscan_experiment is '7' (this leptoscan reads version 1) write leptoscan_experiment: 1, or update leptoscan"
    ),
  ])
  func mistakes(change: [String: String], message: String) { #expect(messages(file(change)) == [message]) }

  @Test func everythingMissing() {
    let all = messages("title: nothing else")
    #expect(all.count == 6)
    #expect(all.allSatisfy { $0.hasPrefix("e.yaml:1:1: ") && $0.contains(" is missing (") })
  }

  @Test(arguments: Experiment.shippedNames)
  func shippedExperimentsAreCitedAndSayWhatIsAssumed(name: String) throws {
    let experiment = try #require(try Experiment.shipped(name))
    #expect(experiment.name == name)
    #expect(!experiment.citations.isEmpty && experiment.source.contains("arXiv:"))
    for key in experiment.citations { #expect(Bibliography.entry(key) != nil) }
    // No search for this signature is published, so these cannot have a source.
    let assumed = Set(experiment.assumptions.map(\.key))
    #expect(assumed.isSuperset(of: ["cuts", "efficiency", "observed", "background"]))
  }

  @Test(arguments: [
    ("na64e-2018", 2.84e11), ("na64e-2022", 9.37e11), ("na64e-projection", 2e12), ("na64mu-2022", 1.98e10),
    ("na64mu-projection", 5e12),
  ])
  func particlesOnTarget(name: String, particles: Double) throws {
    #expect(try Experiment.shipped(name)?.particlesOnTarget == particles)
  }

  @Test func unknownName() {
    #expect(throws: UnknownExperiment(name: "na64e-2020")) { try Experiment(named: "na64e-2020") }
    #expect(UnknownExperiment(name: "na64e-2020").description.hasSuffix("did you mean 'na64e-2022'?"))
    #expect(throws: CardError.self) { try Experiment(named: "no/such.yaml") }
  }
}
