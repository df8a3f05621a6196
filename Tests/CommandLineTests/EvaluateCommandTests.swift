import Foundation
import ScanStore
import Testing

@Suite struct EvaluateCommandTests {
  let leptoscan: Leptoscan
  let point = ["evaluate", "--h-mue", "3.131e-3", "--m-psi", "0.1057", "--g", "0.08"]

  init() throws { leptoscan = try Leptoscan() }

  /// At m_phi = 3 m_mu, h = 3.131e-3 explains 251e-11; Delta a_e is 3.43e-14 there (exact one-loop values).
  @Test func jsonHasTheVariablesOfTheOutput() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(point + ["--m-phi", "0.3169751265", "--json"])
    #expect(outcome.exitCode == 0)
    let values = try outcome.numbers()
    for key in ["m_phi", "h_mue", "m_psi", "g", "width_invisible", "width_visible", "br_invisible", "status"] {
      #expect(values[key] != nil, "\(key)")
    }
    #expect(abs((values["delta_a_mu"] ?? 0) / 2.51e-9 - 1) < 3e-4)
    #expect(abs((values["delta_a_e"] ?? 0) / 3.43e-14 - 1) < 1e-3)
    #expect(values["status"] == 0)
  }

  @Test func tableHasUnits() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(point + ["--m-phi", "0.317"])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("  m_phi") == true && lines.first?.contains("GeV") == true)
    #expect(lines.contains { $0.contains("status") && $0.contains("ok") })
  }

  @Test(arguments: [
    (["--m-phi", "0.05"], Int32(65), "m_phi is 0.05 GeV (the one-loop formula needs m_phi >= m_mu"),
    (["--m-phi", "nan"], 65, "m_phi is nan (every parameter must be a finite number)"),
    (["--m-phi", "0.3", "--m-psi2", "0.05"], 65, "m_psi2 is 0.05 (it is the heavier dark particle"),
    ([], 64, "A point needs --m-phi, --h-mue, --m-psi and --g"),
    (["--m-phi", "abc"], 64, "The value 'abc' is invalid"),
    (["--m-phi", "0.3", "--dark-matter", "vector"], 64, "'fermion'"),
    (["--m-phi", "0.3", "-o", "x.csv"], 64, "-o goes with --points"),
  ])
  func refusesBadInput(arguments: [String], exitCode: Int32, message: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(point + arguments)
    #expect(outcome.exitCode == exitCode)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func pointsKeepTheirOrderAndBits() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(
      "g,m_phi,h_mue,m_psi\n0.08,0.317,3.3e-3,0.1057\n1,0.05,1e-3,0.01\n0.3,2,1e-4,0.9\n", to: "in.csv")
    #expect(try leptoscan.run(["evaluate", "--points", "in.csv", "-o", "out.csv"]).exitCode == 0)
    let rows = String(decoding: try leptoscan.contents(of: "out.csv"), as: UTF8.self).split(separator: "\n")
    #expect(rows.count == 4)
    #expect(rows[0].hasPrefix("m_phi,h_mue,m_psi,g,m_psi2,delta_a_mu,"))
    #expect(rows[1].hasPrefix("0.317,0.0033,0.1057,0.08,"))
    #expect(rows[2].hasPrefix("0.05,0.001,0.01,1.0,") && rows[2].contains("nan") && rows[2].hasSuffix(",1"))
    #expect(rows[3].hasPrefix("2.0,0.0001,0.9,0.3,"))
  }

  /// 2.303 events is where NA64's limit begins; 3.3e-3 explains the moment of 2022 and exceeds 227e-11, that of 2025.
  @Test func pointsAreComparedWithMeasurementsAndExperiments() throws {
    defer { leptoscan.cleanUp() }
    let arguments = point + ["--m-phi", "0.317", "--measurements", "2025", "--experiments", "na64e-2022"]
    let table = try leptoscan.run(arguments)
    let excluded = table.output.split(separator: "\n").first { $0.contains(" excluded ") }
    #expect(table.exitCode == 0, "\(table.errors)")
    #expect(excluded?.contains(" g_minus_2_muon relic_density ") == true, "\(excluded ?? "")")
    // Selection and counts of na64e-2022 are assumed: it counts only where it is named.
    let would = table.output.split(separator: "\n").first { $0.contains(" would_exclude ") }
    #expect(would?.contains(" na64e_2022 ") == true, "\(would ?? "")")
    let one = try leptoscan.run(arguments + ["--constraints", "na64e_2022", "--json"])
    let values = try #require(JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any])
    let events = try #require(values["events_na64e_2022"] as? Double)
    #expect(events > 2.303 && values["excluded"] as? [String] == ["na64e_2022"])
    #expect(abs((values["log_likelihood"] as? Double ?? 0) / -events - 1) < 1e-9, "ln L = -s for n = b = 0")
    let wrong = try leptoscan.run(arguments + ["--constraints", "charm"])
    #expect(wrong.exitCode == 65 && wrong.errors.contains("unknown constraint 'charm'"), "\(wrong.errors)")

    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,3.131e-3,0.1057,0.08\n0.3,1e-12,0.1,1e-6\n", to: "in.csv")
    let list = ["evaluate", "--points", "in.csv", "--measurements", "2025", "--experiments", "na64e-2022"]
    #expect(try leptoscan.run(list + ["-o", "out.csv"]).exitCode == 0)
    let rows = String(decoding: try leptoscan.contents(of: "out.csv"), as: UTF8.self).split(separator: "\n")
    let column = try #require(rows[0].split(separator: ",").firstIndex(of: "excluded"))
    // Bits 0 and 7; a density that does not freeze out cannot be compared.
    #expect(rows.dropFirst().map { $0.split(separator: ",")[column] } == ["129", "2147483648"])
    #expect(rows[0].contains(",excluded,excluded_names,would_exclude,would_exclude_names"), "\(rows[0])")
    #expect(
      rows.dropFirst().map { $0.split(separator: ",")[column + 1] } == ["g_minus_2_muon relic_density", "not_computed"])
    #expect(try leptoscan.run(list + ["-o", "out.h5"]).exitCode == 0)
    let shown = try leptoscan.run(["show", "out.h5", "--counts"])
    #expect(shown.output.contains("points that constraints exclude, of 2") && shown.output.contains("not_computed"))
    #expect(shown.output.contains("points that others would exclude"), "\(shown.output)")
    let cited = try leptoscan.run(["cite", "out.h5"]).output
    #expect(cited.contains("% g_minus_2_muon: measured\n") && cited.contains("% na64e_2022: hypothetical\n"))
  }

  @Test func existingOutputIsKept() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.3,1e-3,0.1,1\n", to: "in.csv")
    for name in ["out.csv", "out.h5"] {
      try leptoscan.write("precious", to: name)
      let outcome = try leptoscan.run(["evaluate", "--points", "in.csv", "-o", name])
      #expect(outcome.exitCode == 73)
      #expect(try leptoscan.contents(of: name) == Data("precious".utf8))
      #expect(try leptoscan.run(["evaluate", "--points", "in.csv", "-o", name, "--force"]).exitCode == 0)
    }
  }

  /// Rows of micrOMEGAs 6.0 (relic_micromegas.csv): both channel choices at m_psi = 0.9 m_phi.
  @Test func annihilationChannelsCanBeChosen() throws {
    defer { leptoscan.cleanUp() }
    for (channels, expected) in [("all", 3.94026717e-3), ("e-mu", 4.39450735e-2)] {
      let outcome = try leptoscan.run([
        "evaluate", "--m-phi", "0.25", "--h-mue", "0.01", "--m-psi", "0.225", "--g", "0.3", "--annihilation", channels,
        "--json",
      ])
      let values = try outcome.numbers()
      #expect(abs((values["relic_density"] ?? 0) / expected - 1) < 3e-3)
    }
  }

  /// In JSON a likelihood of 0 is no missing value: 1e177 standard deviations squared are beyond every double.
  @Test func infinityIsNoMissingValue() throws {
    defer { leptoscan.cleanUp() }
    func value(_ key: String, of options: [String]) throws -> Any? {
      let outcome = try leptoscan.run(["evaluate", "--json"] + options)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      return try #require(object?[key], "\(outcome.errors)")
    }
    let hidden = ["--m-phi", "0.317", "--h-mue", "1e-12", "--m-psi", "0.1057", "--g", "1e-6"]
    #expect(try value("relic_density", of: hidden) is NSNull)
    let abundant = [
      "--m-phi", "1e30", "--h-mue", "1e-30", "--m-psi", "1e29", "--g", "1e-30", "--treatment", "gk2022",
      "--measurements", "2025", "--constraints", "relic_density",
    ]
    #expect(try value("log_likelihood", of: abundant) as? String == "-Infinity")
    #expect(try value("excluded", of: abundant) as? [String] == ["relic_density"])
  }

  /// Units as in a card, and the numbers of Fortran.
  @Test func optionsHaveUnits() throws {
    defer { leptoscan.cleanUp() }
    let plain = try leptoscan.run(point + ["--m-phi", "0.317", "--json"])
    let units = try leptoscan.run([
      "evaluate", "--m-phi", "317MeV", "--h-mue", "3.131D-3", "--m-psi", "105700 keV", "--g", "0.08", "--json",
    ])
    #expect(plain.exitCode == 0 && units.output == plain.output, "\(units.errors)")
    for (options, message) in [
      (["--m-phi", "317 cm"], "'cm' is no unit of energy; use eV, keV, MeV, GeV or TeV"),
      (["--m-phi", "1/3"], "it is no number; write it like 0.317 or 317MeV"),
      (["--m-phi", "0.3", "--h-mue", "1 MeV"], "it has the unit MeV and is dimensionless; remove the unit"),
      (["--m-phi", "0.3", "--g", "1 MeV"], "--g has the unit MeV (the coupling to fermions is dimensionless)"),
    ] {
      let outcome = try leptoscan.run(point + options)
      let errors = outcome.errors.replacing("\n", with: " ")
      #expect(outcome.exitCode == 64 && errors.contains(message), "\(errors)")
    }
    let scalar = try leptoscan.run(point + ["--m-phi", "0.317", "--dark-matter", "scalar", "--g", "80 MeV"])
    #expect(scalar.exitCode == 0, "\(scalar.errors)")
  }

  /// Other columns are passed on, and the output is an input that gives the same output.
  @Test func otherColumnsArePassedOn() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(
      ",m_phi [MeV],h_mue,m_psi,g,weight,a note\n0,300,1e-3,0.1,0.1,2,\"x, y\"\n1,400,1e-3,0.1,0.1,3,z\n", to: "in.csv")
    let evaluate = ["evaluate", "--measurements", "2025", "--points"]
    #expect(try leptoscan.run(evaluate + ["in.csv", "-o", "out.csv"]).exitCode == 0)
    let text = String(decoding: try leptoscan.contents(of: "out.csv"), as: UTF8.self)
    let rows = text.split(separator: "\n")
    #expect(rows[0].hasPrefix("m_phi,h_mue,m_psi,g,m_psi2,") && rows[0].hasSuffix(",,weight,a note"))
    #expect(rows[1].hasPrefix("0.3,0.001,") && rows[1].hasSuffix(",0,2,\"x, y\"") && rows[2].hasSuffix(",1,3,z"))
    let again = try leptoscan.run(evaluate + ["out.csv", "-o", "again.csv"])
    #expect(try again.exitCode == 0 && leptoscan.contents(of: "again.csv") == Data(text.utf8), "\(again.errors)")
    let stored = try leptoscan.run(evaluate + ["in.csv", "-o", "out.h5"])
    #expect(stored.exitCode == 0, "\(stored.errors)")
    let file = try ScanFile.open(leptoscan.folder.appendingPathComponent("out.h5").path)
    #expect(try file.readDoubles("weight") == [2, 3] && file.readDoubles("column_") == [0, 1])
    #expect(try file.readTexts("a_note") == ["x, y", "z"])
    #expect(try leptoscan.run(["verify", "out.h5"]).exitCode == 0)
  }
}
