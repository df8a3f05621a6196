import Foundation
import ScanStore
import Testing

@Suite struct ScanCommandTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private let card = """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 7 }
      h_mue: { values: [1e-4, 3.3e-3] }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 5, spacing: linear } }
      g: { values: [0.08, 0.5, 1] }

    """

  /// The promise of `evaluate`: the same point, the same bits.
  @Test func evaluateGivesTheBitsOfTheFile() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let file = try ScanFile.open(leptoscan.folder.appendingPathComponent("out.h5").path)
    let names = file.variables.filter { !$0.dimensions.isEmpty && $0.dimensions != [$0.name] }.map(\.name)
    #expect(names.contains("br_invisible") && names.contains("relic_density"))
    for index in [[0, 0, 0, 0], [3, 1, 2, 1], [6, 1, 4, 2], [2, 0, 3, 0]] {
      let values = try evaluate(file, at: index)
      for name in names {
        let stored = try element(of: name, in: file, at: index)
        #expect(values[name]?.bitPattern == stored.bitPattern, "\(name) at \(index)")
      }
    }
  }

  private let axes = ["m_phi", "h_mue", "m_psi_over_m_phi", "g"]

  private func evaluate(_ file: ScanFile, at index: [Int]) throws -> [String: Double] {
    func value(_ name: String) throws -> String { "\(try element(of: name, in: file, at: index))" }
    let outcome = try leptoscan.run([
      "evaluate", "--m-phi", value("m_phi"), "--h-mue", value("h_mue"), "--m-psi", value("m_psi"), "--g", value("g"),
      "--json",
    ])
    return try outcome.numbers()
  }

  private func element(of name: String, in file: ScanFile, at index: [Int]) throws -> Double {
    let variable = try file.variable(name)
    let start = variable.dimensions.map { index[axes.firstIndex(of: $0) ?? 0] }
    let box = Hyperslab(start: start, count: start.map { _ in 1 })
    return try #require(try file.readDoubles(name, in: box).first)
  }

  @Test func scanIsReproducibleToTheByte() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "a.h5"])
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "b.h5"])
    #expect(try leptoscan.contents(of: "a.h5") == leptoscan.contents(of: "b.h5"))
    #expect(!leptoscan.exists("a.h5.part"))
  }

  @Test func threadsAreCounted() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "all.h5", "--device", "native"])
    for threads in ["1", "3"] {
      let outcome = try leptoscan.run([
        "scan", "card.yaml", "-o", "\(threads).h5", "--device", "native", "--threads", threads,
      ])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(try leptoscan.contents(of: "\(threads).h5") == leptoscan.contents(of: "all.h5"))
    }
    for threads in ["0", "-1", "many"] {
      let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "x.h5", "--threads", threads])
      #expect(outcome.exitCode == 64, "\(outcome.errors)")
    }
  }

  @Test func existingOutputIsKept() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    try leptoscan.write("precious", to: "out.h5")
    let refused = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    #expect(refused.exitCode == 73)
    #expect(refused.errors.contains("--force"))
    #expect(try leptoscan.contents(of: "out.h5") == Data("precious".utf8))
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--force"]).exitCode == 0)
  }

  @Test func unwritablePathsAreNamed() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "no/such/folder/out.h5"])
    #expect(outcome.exitCode == 73)
    #expect(outcome.errors.contains("no/such/folder"))
  }

  @Test(arguments: [
    ("m_phi: { from: 110 MeV", "m_phi: { from: 50 MeV", "card.yaml:3:18: m_phi from 0.05 GeV is below m_mu"),
    ("points: 7", "points: 0", "card.yaml:3:"),
    ("g: {", "gg: {", "did you mean 'g'?"),
    ("110 MeV", "110 MeB", "card.yaml:3:18:"),
    ("points: 7", "points: 1000000000000000", "card.yaml:3:"),
    ("from: 110 MeV, to: 10 GeV", "from: 10 GeV, to: 110 MeV", "card.yaml:3:"),
    ("[1e-4, 3.3e-3]", "[1e-4, .nan]", "card.yaml:4:"),
    ("values: [0.08, 0.5, 1] }", "values: [0.08", "card.yaml:"),
  ])
  func badCardsAreRefusedWithTheirPosition(from: String, to: String, message: String) throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card.replacingOccurrences(of: from, with: to), to: "card.yaml")
    let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!leptoscan.exists("out.h5") && !leptoscan.exists("out.h5.part"))
  }

  @Test func progressForMachinesIsJSONLines() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--progress", "json"])
    let lines = outcome.errors.split(separator: "\n")
    let report = try #require(lines.dropLast().last)
    let values = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
    for count in ["points_done", "points_total"] { #expect(values[count] as? Int == 210) }
    for number in ["points_per_second", "elapsed_s"] { #expect(values[number] as? Double ?? -1 >= 0) }
    #expect(values["eta_s"] as? Double == 0 && values["stage"] as? String == "scan")
    #expect(values["devices"] as? [String: Double] == ["native": 1])
    let times = try #require(try JSONSerialization.jsonObject(with: Data((lines.last ?? "").utf8)) as? [String: Any])
    #expect(times["device"] is String)
    for part in ["evaluating_s", "waiting_s", "rechecking_s", "delivering_s"] {
      #expect(times[part] as? Double ?? -1 >= 0)
    }
    #expect(times["points_rechecked"] as? Int == 0)
    let silent = try leptoscan.run(["scan", "card.yaml", "-o", "b.h5", "--progress", "none"])
    #expect(silent.errors.isEmpty)
  }

  /// The plan says what the scan takes before anything is written.
  @Test func dryRunPrintsThePlanOnly() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--dry-run"])
    #expect(outcome.exitCode == 0)
    let range = outcome.output.firstMatch(of: /\n  m_phi +[0-9]+  0.11 ... 10 +GeV  mass of the scalar phi\n/)
    #expect(range != nil, "\(outcome.output)")
    for text in ["disk: ", " needed, ", "memory: up to ", "time: "] {
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
    #expect(!leptoscan.exists("out.h5") && !leptoscan.exists("out.h5.part"))
  }

  @Test func aScanThatDoesNotFitOnTheDiskIsRefused() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(
      """
      leptoscan: 1
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 10000 }
        h_mue: { from: 1e-5, to: 1e-1, points: 10000 }
        m_psi: { values: [0.01, 0.02, 0.03] }
        g: { from: 0.01, to: 1, points: 3000 }
      observables: [br_invisible]

      """, to: "card.yaml")
    let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.hasPrefix("leptoscan: out.h5 does not fit on the disk ("), "\(outcome.errors)")
    #expect(!leptoscan.exists("out.h5.part") && !leptoscan.exists("out.h5.part.journal"))
  }

  @Test func showListsAxesAndVariables() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    let text = try leptoscan.run(["show", "out.h5"]).output
    #expect(text.contains("m_psi_over_m_phi") && text.contains("br_invisible") && text.contains("0.11 ... 10"))
    let json = try leptoscan.run(["show", "out.h5", "--json"]).output
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
    let stored = try leptoscan.run(["show", "out.h5", "--card"]).output
    try leptoscan.write(stored, to: "again.yaml")
    _ = try leptoscan.run(["scan", "again.yaml", "-o", "again.h5"])
    #expect(try leptoscan.contents(of: "again.h5") == leptoscan.contents(of: "out.h5"))
  }

  @Test func theOtherStagesOfAScanAreNamed() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    let complete = try leptoscan.run(["show", "out.h5.part"])
    #expect(complete.exitCode == 65 && complete.errors.contains("(out.h5 is, complete)"), "\(complete.errors)")
    for name in ["new.h5.part", "kept.h5.selection.part"] { try leptoscan.write("", to: name) }
    for (command, other) in [
      (["show", "new.h5"], "new.h5.part"), (["export", "new.h5", "-o", "-"], "new.h5.part"),
      (["show", "kept.h5"], "kept.h5.selection.part"), (["show", "kept.h5.part"], "kept.h5.selection.part"),
    ] {
      let outcome = try leptoscan.run(command)
      #expect(outcome.exitCode == 65)
      #expect(outcome.errors.contains("look at leptoscan show \(other)\n"), "\(outcome.errors)")
    }
  }

  @Test func otherFilesAreRefusedByShow() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write("no HDF5", to: "text.h5")
    #expect(try leptoscan.run(["show", "text.h5"]).exitCode == 65)
    #expect(try leptoscan.run(["show", "missing.h5"]).exitCode == 65)
  }
}
