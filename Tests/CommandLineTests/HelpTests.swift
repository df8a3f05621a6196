import Foundation
import Testing

/// Help as it is seen on 80 columns, which is also the width where there is no terminal.
@Suite struct HelpTests {
  static let commands = [
    "scan", "evaluate", "cross-section", "events", "yield", "limits", "plot", "show", "verify", "merge", "submit",
    "devices", "doctor", "selftest", "bench", "profile", "export", "repack", "cite",
  ]
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private func help(_ command: String?) throws -> [Substring] {
    let outcome = try leptoscan.run([command, "--help"].compactMap(\.self), environment: ["COLUMNS": "40"])
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty)
    return outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func everyCommandIsListed() throws {
    defer { leptoscan.cleanUp() }
    let lines = try help(nil).drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
    let rows = lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
    let listed = rows.compactMap { $0.split(separator: " ").first }
    #expect(Set(listed.map(String.init)) == Set(HelpTests.commands))
  }

  @Test(arguments: [nil] + commands.map(Optional.some))
  func fits(command: String?) throws {
    defer { leptoscan.cleanUp() }
    let lines = try help(command)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    #expect(lines.first?.hasPrefix("OVERVIEW: ") == true && lines.contains { $0.hasPrefix("USAGE: leptoscan") })
    // Brackets of the usage are not torn.
    let usage = lines.drop { !$0.hasPrefix("USAGE:") }.prefix { !$0.isEmpty }
    for line in usage {
      #expect(line.count { $0 == "[" } == line.count { $0 == "]" }, "\(line)")
      #expect(line.hasPrefix("USAGE: ") || line.hasPrefix("       "))
    }
  }

  /// What begins with the program's name is a command that can be copied: whole, with options that exist, and continued
  /// by a backslash alone.
  @Test(arguments: commands) func examplesCanBeCopied(command: String) throws {
    defer { leptoscan.cleanUp() }
    let lines = try help(command).prefix { !$0.hasPrefix("USAGE:") }.map(String.init)
    for (index, line) in lines.enumerated() where line.hasPrefix("  leptoscan ") {
      var words = line
      var next = index
      while words.hasSuffix("\\") {
        next += 1
        #expect(lines[next].hasPrefix("    "), "\(lines[next])")
        words = words.dropLast() + lines[next]
      }
      #expect(next + 1 == lines.count || !lines[next + 1].hasPrefix("    "), "torn: \(lines[next + 1])")
      let parts = words.split(separator: " ").prefix { $0 != "|" && $0 != ">" }.map(String.init)
      let options = try help(parts[1]).drop { !$0.hasPrefix("USAGE:") }.joined(separator: "\n")
      for option in parts where option.hasPrefix("-") && option != "-" {
        let places = ["  \(option)", ", \(option) ", "/\(option)"]
        #expect(places.contains { options.firstRange(of: $0) != nil }, "\(option)")
      }
      #expect(!words.contains("[") && !words.contains("...") && !words.contains("("), "\(words)")
    }
  }

  @Test(arguments: [
    (["evaluate", "--mphi", "0.3"], "unknown option --mphi (did you mean --m-phi?) see leptoscan evaluate --help"),
    (["evaluate", "--m_phy", "0.3"], "unknown option --m_phy (did you mean --m-phi?)"),
    (["scan", "card.yaml", "--out", "a.h5"], "unknown option --out (did you mean --output?)"),
    (["scan", "card.yaml", "--resumee"], "unknown option --resumee (did you mean --resume?)"),
    (["cross-section", "--chanel=e-mu"], "unknown option --chanel (did you mean --channel?)"),
    (["show", "--quite-another-thing"], "unknown option --quite-another-thing (none has a name like it)"),
    (["eval", "--m-phi", "0.3"], "unknown command eval (did you mean evaluate?) see leptoscan --help"),
    (["exprot", "a.h5"], "unknown command exprot (did you mean export?)"),
  ])
  func whatIsUnknownIsNamed(words: [String], message: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(words)
    #expect(outcome.exitCode == 64 && outcome.errors.hasPrefix("leptoscan: \(message)"), "\(outcome.errors)")
  }

  /// Of what is no name the parser speaks, on lines that fit.
  @Test func otherMistakesAreTheParsers() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(["scan", "card.yaml"])
    #expect(outcome.exitCode == 64 && outcome.errors.contains("Missing expected argument '--output <OUT.h5>'"))
    for line in outcome.errors.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    #expect(try leptoscan.run(["evaluate", "--m-phi", "a"]).errors.contains("The value 'a' is invalid"))
  }

  @Test func underscoresStandForHyphens() throws {
    defer { leptoscan.cleanUp() }
    let point = ["evaluate", "--m-phi", "0.317", "--h-mue", "3.3e-3", "--m-psi", "0.1057", "--g", "0.08", "--json"]
    let hyphens = try leptoscan.run(point)
    let underscores = try leptoscan.run(point.map { $0.replacingOccurrences(of: "-m-", with: "-m_") })
    #expect(underscores.exitCode == 0 && underscores.output == hyphens.output, "\(underscores.errors)")
    #expect(try leptoscan.run(["evaluate", "--h_mue=3.3e-3"]).errors.contains("A point needs"))
  }
}
