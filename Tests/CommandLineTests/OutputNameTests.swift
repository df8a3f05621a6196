import Foundation
import Testing

/// Names that no output can have, or that would cost an input: refused before anything is computed.
@Suite struct OutputNameTests {
  let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes: { m_phi: { from: 110 MeV, to: 10 GeV, points: 7 }, h_mue: 1e-3, m_psi: 0.1, g: { values: [0.1, 1] } }
      observables: [delta_a_mu, br_invisible]

      """, to: "card.yaml")
    try leptoscan.write("leptoscan: 1\npoints: { file: list.csv }\nobservables: [delta_a_mu]\n", to: "listed.yaml")
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,1e-3,0.1,1\n", to: "list.csv")
  }

  @Test func namesOfOneCharacter() throws {
    defer { leptoscan.cleanUp() }
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "x"]).exitCode == 0)
    #expect(try leptoscan.run(["repack", "x", "-o", "r"]).exitCode == 0)
    for shard in ["1", "2"] {
      #expect(try leptoscan.run(["scan", "card.yaml", "-o", shard, "--shard", "\(shard)/2"]).exitCode == 0)
    }
    #expect(try leptoscan.run(["merge", "m", "1", "2"]).exitCode == 0)
    #expect(try leptoscan.contents(of: "m") == leptoscan.contents(of: "x"))
    #expect(try leptoscan.run(["submit", "card.yaml", "--slurm", "-n", "2", "-o", "s"]).exitCode == 0)
    #expect(leptoscan.exists("s-scan.slurm"))
  }

  @Test(arguments: ["", ".", "folder", "new/", "card.yaml/x", "no/x.h5", "/proc/x.h5"])
  func namesThatCannotBeFiles(name: String) throws {
    defer { leptoscan.cleanUp() }
    try FileManager.default.createDirectory(
      at: leptoscan.folder.appendingPathComponent("folder"), withIntermediateDirectories: false)
    for options in [["--force"], [], ["--dry-run"]] where name != "/proc/x.h5" || options != ["--dry-run"] {
      let scan = try leptoscan.run(["scan", "card.yaml", "-o", name] + options)
      #expect(scan.exitCode == 73 && scan.errors.hasPrefix("leptoscan: cannot create "), "\(scan.errors)")
      // Said before the plan is made.
      if name != "/proc/x.h5" { #expect(scan.output.isEmpty) }
    }
  }

  @Test func inputsAreKept() throws {
    defer { leptoscan.cleanUp() }
    for shard in ["1", "2"] {
      _ = try leptoscan.run(["scan", "card.yaml", "-o", "\(shard).h5", "--shard", "\(shard)/2"])
    }
    _ = try leptoscan.run(["merge", "whole.h5", "1.h5", "2.h5"])
    let inputs = ["card.yaml", "listed.yaml", "list.csv", "1.h5", "2.h5", "whole.h5"]
    let before = try inputs.map(leptoscan.contents)
    for command in [
      ["scan", "card.yaml", "-o", "./card.yaml"], ["scan", "listed.yaml", "-o", "list.csv"],
      ["merge", "1.h5", "1.h5", "2.h5"], ["merge", "2.h5", "1.h5", "2.h5", "--virtual"],
      ["repack", "whole.h5", "-o", "whole.h5"], ["export", "whole.h5", "-o", "./whole.h5"],
      ["limits", "card.yaml", "-o", "card.yaml"], ["profile", "whole.h5", "-o", "whole.h5"],
      ["evaluate", "--points", "list.csv", "-o", "list.csv"],
    ] {
      let outcome = try leptoscan.run(command + ["--force"])
      #expect(outcome.exitCode == 73 && outcome.errors.contains(" is the input "), "\(command): \(outcome.errors)")
    }
    #expect(try inputs.map(leptoscan.contents) == before)
    #expect(try leptoscan.run(["plot", "whole.h5", "-o", "whole.h5"]).exitCode == 73)
  }

  /// What a card names, or an option of evaluate, is an input as the card is.
  @Test func experimentsAndListsOfCardsAreKept() throws {
    defer { leptoscan.cleanUp() }
    let experiment = try leptoscan.run(["yield", "--experiment", "na64e-2022", "--print"]).output
    try FileManager.default.createDirectory(
      at: leptoscan.folder.appendingPathComponent("cards"), withIntermediateDirectories: false)
    let axes = "axes: { m_phi: { from: 110 MeV, to: 10 GeV, points: 7 }, h_mue: 1e-3, m_psi: 0.1, g: 1 }"
    for name in ["cards/mine.h5", "cards/mine.yaml"] { try leptoscan.write(experiment, to: name) }
    for (card, name) in [("a", "./mine.h5"), ("b", "mine.yaml")] {
      try leptoscan.write("leptoscan: 1\n\(axes)\nexperiments: [\(name)]\n", to: "cards/\(card).yaml")
    }
    try leptoscan.write(
      "leptoscan: 1\npoints: { file: kept.h5.selection, keep: { status: 0 } }\nobservables: [delta_a_mu]\n",
      to: "kept.yaml")
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,1e-3,0.1,1\n", to: "kept.h5.selection")
    let inputs = ["cards/mine.h5", "cards/mine.yaml", "cards/a.yaml", "kept.h5.selection", "list.csv"]
    let before = try inputs.map(leptoscan.contents)
    for command in [
      ["scan", "cards/a.yaml", "-o", "cards/mine.h5"], ["scan", "cards/b.yaml", "-o", "cards/mine.yaml"],
      ["limits", "cards/a.yaml", "-o", "cards/mine.h5"], ["limits", "listed.yaml", "-o", "list.csv"],
      ["events", "cards/a.yaml", "-o", "cards/../cards/mine.h5"],
      ["submit", "cards/b.yaml", "--slurm", "-n", "2", "-o", "cards/mine.yaml"],
      ["submit", "listed.yaml", "--slurm", "-n", "2", "-o", "list.csv"],
      ["evaluate", "--points", "list.csv", "--experiments", "cards/mine.h5", "-o", "cards/mine.h5"],
      ["scan", "kept.yaml", "-o", "kept.h5"],
    ] {
      let outcome = try leptoscan.run(command + ["--force"])
      #expect(outcome.exitCode == 73 && outcome.errors.contains(" is the input "), "\(command): \(outcome.errors)")
    }
    #expect(try inputs.map(leptoscan.contents) == before)
    // Another name is none of them.
    #expect(try leptoscan.run(["limits", "cards/a.yaml", "-o", "mine.h5", "--force"]).exitCode == 0)
  }

  /// Commands that make a file, and its name.
  private func makers() throws -> [(command: [String], output: String)] {
    try leptoscan.write(
      """
      leptoscan: 1
      axes: { m_phi: 0.3, h_mue: 1e-3, m_psi: 0.1, g: 0.1 }
      production: { channel: e-mu, target: Pb, energy: 100 GeV, recoil_min: 10 GeV }
      events: { count: 10 }

      """, to: "events.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "whole.h5", "--force"])
    for shard in ["1", "2"] {
      _ = try leptoscan.run(["scan", "card.yaml", "-o", "s\(shard).h5", "--shard", "\(shard)/2", "--force"])
    }
    return [
      (["evaluate", "--points", "list.csv"], "points.h5"), (["evaluate", "--points", "list.csv"], "points.csv"),
      (["export", "whole.h5"], "whole.csv"), (["repack", "whole.h5"], "packed.h5"), (["limits", "card.yaml"], "l.h5"),
      (["profile", "whole.h5", "--variable", "delta_a_mu", "--keep", "m_phi"], "profile.h5"),
      (["events", "events.yaml"], "events.h5"),
      (["events", "events.yaml"], "events.lhe"),
    ]
  }

  /// With the output in its place on the command line, and merges, where it comes first.
  private func commands() throws -> [(command: [String], output: String)] {
    try makers().map { ($0.command + ["-o", $0.output], $0.output) } + [
      (["merge", "virtual.h5", "s1.h5", "s2.h5", "--virtual"], "virtual.h5"),
      (["merge", "merged.h5", "s1.h5", "s2.h5"], "merged.h5"),
      (["merge", "resumed.h5", "s1.h5", "s2.h5", "--resume"], "resumed.h5"),
      (["scan", "card.yaml", "-o", "a.h5"], "a.h5"), (["scan", "card.yaml", "-o", "b.h5", "--resume"], "b.h5"),
      (["scan", "card.yaml", "-o", "c.h5", "--shard", "1/2"], "c.h5"),
    ]
  }

  /// Two commands with one output: the second one is refused, whatever the first one is.
  @Test func oneProcessPerOutput() throws {
    defer { leptoscan.cleanUp() }
    let all = try commands()
    for (command, output) in all + [(["plot", "whole.h5", "-o", "plot.png"], "plot.png")] {
      let path = leptoscan.folder.appendingPathComponent(output + ".part.journal").path
      let held = open(path, O_RDWR | O_CREAT, 0o600)
      #expect(flock(held, LOCK_EX) == 0)
      let second = try leptoscan.run(command)
      #expect(second.exitCode == 74, "\(command)")
      #expect(second.errors.contains("cannot write \(output) (another process is writing it"), "\(second.errors)")
      #expect(!leptoscan.exists(output) && !leptoscan.exists(output + ".part"))
      close(held)
    }
  }

  /// As a process leaves them that is killed, or the power fails.
  @Test func whatAKilledCommandLeftIsReplaced() throws {
    defer { leptoscan.cleanUp() }
    for (command, output) in try commands() {
      try leptoscan.write("half", to: output + ".part")
      try leptoscan.write("", to: output + ".part.journal")
      let again = try leptoscan.run(command)
      #expect(again.exitCode == 0 && leptoscan.exists(output), "\(command): \(again.errors)")
      for ending in [".part", ".part.journal"] { #expect(!leptoscan.exists(output + ending)) }
    }
  }

  /// Whatever stands beside an output and is not of leptoscan stays as it is.
  @Test func linksBesideOutputsAreNotFollowed() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write("precious", to: "victim")
    for (command, output) in try commands() {
      for options in [[], ["--force"]] {
        let link = leptoscan.folder.appendingPathComponent(output + ".part.journal").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "victim")
        let refused = try leptoscan.run(command + options)
        #expect(
          refused.exitCode == 73 && refused.errors.contains("is a symbolic link"), "\(command): \(refused.errors)")
        #expect(try leptoscan.contents(of: "victim") == Data("precious".utf8))
        unlink(link)
      }
    }
  }

  /// Of unknown origin: there is no file of a lock beside them.
  @Test func unfinishedFilesWithoutLockAreReplacedWhenAsked() throws {
    defer { leptoscan.cleanUp() }
    for (command, output) in try makers() {
      try leptoscan.write("half", to: output + ".part")
      let refused = try leptoscan.run(command + ["-o", output])
      #expect(refused.exitCode == 73 && refused.errors.contains("\(output).part is there: "), "\(refused.errors)")
      #expect(refused.errors.hasSuffix(" replace it with --force if no process writes it\n"), "\(refused.errors)")
      let forced = try leptoscan.run(command + ["-o", output, "--force"])
      #expect(forced.exitCode == 0 && !leptoscan.exists(output + ".part"), "\(forced.errors)")
    }
  }

  @Test func aDryRunRefusesWhatTheScanRefuses() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write("precious", to: "out.h5")
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--dry-run"]).exitCode == 73)
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--dry-run", "--force"]).exitCode == 0)
    #expect(try leptoscan.contents(of: "out.h5") == Data("precious".utf8))
  }

  /// What is wrong with an input has the exit code of inputs, also where an output would have another one.
  @Test func aFolderIsNoInput() throws {
    defer { leptoscan.cleanUp() }
    let commands = [
      ["show", "."], ["verify", "."], ["cite", "."], ["export", ".", "-o", "o.csv"], ["repack", ".", "-o", "o.h5"],
      ["plot", ".", "-o", "o.png"], ["profile", ".", "-o", "o.h5"], ["merge", "o.h5", "."],
      ["scan", ".", "-o", "o.h5"],
      ["limits", ".", "-o", "o.h5"], ["events", ".", "-o", "o.lhe"], ["submit", ".", "--slurm", "-n", "2", "-o", "o"],
      ["evaluate", "--points", ".", "-o", "o.csv"], ["yield", "--experiment", "./", "--m-phi", "0.3"],
      ["show", "no-folder/scan.h5"],
    ]
    for command in commands {
      let outcome = try leptoscan.run(command)
      // Drawing needs a Python, which is looked for first.
      if command[0] == "plot", outcome.exitCode == 74 { continue }
      #expect(outcome.exitCode == 65, "\(command): \(outcome.exitCode) \(outcome.errors)")
      if command[0] == "yield" { continue }
      #expect(outcome.errors.lowercased().contains("directory"), "\(command): \(outcome.errors)")
    }
  }

  /// Text goes to standard output where it is asked to; everything else says that it cannot.
  @Test func aDashIsNoFile() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(
      "leptoscan: 1\naxes: { m_phi: { from: 110 MeV, to: 10 GeV, points: 3 }, h_mue: 1e-3, m_psi: 0.1, g: 0.1 }\n",
      to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,3.3e-3,0.1,0.08\n", to: "points.csv")
    for command in [["export", "scan.h5"], ["evaluate", "--points", "points.csv"]] {
      let outcome = try leptoscan.run(command + ["-o", "-"])
      #expect(outcome.exitCode == 0 && outcome.output.hasPrefix("m_phi"), "\(outcome)")
      #expect(!outcome.output.contains("->"))
    }
    let others = [
      ["scan", "card.yaml"], ["limits", "card.yaml"], ["repack", "scan.h5"], ["profile", "scan.h5"],
      ["submit", "card.yaml", "--slurm", "-n", "2"], ["bench", "--device", "native"], ["plot", "scan.h5"],
    ]
    for command in others {
      let outcome = try leptoscan.run(command + ["-o", "-"])
      #expect(outcome.exitCode == 73 && outcome.errors.contains("cannot write to standard output"), "\(outcome)")
    }
    #expect(try leptoscan.run(["merge", "-", "scan.h5"]).exitCode == 73)
    #expect(!leptoscan.exists("-") && !leptoscan.exists("-.part"))
  }

  /// Of a scan that was complete and is cut off, or of something else, `--resume` says so as of any other that does not fit.
  @Test(arguments: [0, 100, 3000, 20_000]) func whatIsCutOffIsNotResumed(length: Int) throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(
      "leptoscan: 1\naxes: { m_phi: { from: 110 MeV, to: 10 GeV, points: 900 }, h_mue: 1e-3, m_psi: 0.1, g: 0.1 }\n",
      to: "card.yaml")
    let scan = ["scan", "card.yaml", "-o", "scan.h5", "--resume"]
    #expect(try leptoscan.run(scan).exitCode == 0)
    try leptoscan.contents(of: "scan.h5").prefix(length).write(to: leptoscan.folder.appendingPathComponent("scan.h5"))
    let outcome = try leptoscan.run(scan)
    #expect(outcome.exitCode == 65, "\(outcome.errors)")
    #expect(try leptoscan.contents(of: "scan.h5").count == length)
    #expect(try leptoscan.run(scan + ["--force"]).exitCode == 0)
    #expect(try leptoscan.run(["verify", "scan.h5"]).exitCode == 0)
  }
}
