import Foundation
import ScanStore
import Testing

/// What is done with finished files: `profile`, `export`, `repack`, `cite`.
@Suite struct ArchiveCommandTests {
  private let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 10 }
        h_mue: { from: 1e-5, to: 1e-1, points: 11 }
        m_psi: { ratio_to_m_phi: { values: [0.2, 0.45, 0.6] } }
        g: { from: 0.01, to: 1, points: 40 }
      observables: [delta_a_mu, br_invisible]
      """, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
  }

  @Test func repackedFilesVerify() throws {
    defer { leptoscan.cleanUp() }
    let repack = try leptoscan.run(["repack", "scan.h5", "-o", "archive.h5"])
    #expect(repack.exitCode == 0 && repack.output.hasSuffix("%) archive.h5\n"), "\(repack)")
    #expect(try leptoscan.run(["verify", "archive.h5"]).exitCode == 0)
    #expect(try leptoscan.contents(of: "archive.h5").count < leptoscan.contents(of: "scan.h5").count)
    let card = try ["scan.h5", "archive.h5"].map { try leptoscan.run(["show", "--card", $0]).output }
    #expect(card[0] == card[1])
    let again = try leptoscan.run(["repack", "scan.h5", "-o", "archive.h5"])
    #expect(again.exitCode == 73 && again.errors.contains("archive.h5 (it is there already) choose"), "\(again)")
    #expect(try leptoscan.run(["repack", "scan.h5", "-o", "archive.h5", "--level", "0"]).exitCode == 64)
    #expect(try leptoscan.run(["repack", "card.yaml", "-o", "other.h5"]).exitCode == 65)
  }

  @Test func damagedFilesAreNotPassedOn() throws {
    defer { leptoscan.cleanUp() }
    for shard in ["1", "2"] {
      _ = try leptoscan.run(["scan", "card.yaml", "-o", "\(shard).h5", "--shard", "\(shard)/2"])
    }
    #expect(try leptoscan.run(["merge", "virtual.h5", "1.h5", "2.h5", "--virtual"]).exitCode == 0)
    for command in [
      ["repack", "virtual.h5", "-o", "r.h5"], ["export", "virtual.h5", "-o", "e.csv"],
      ["profile", "virtual.h5", "-o", "p.h5", "--variable", "br_invisible:max"],
    ] {
      #expect(try leptoscan.run(command + ["--force"]).exitCode == 0)
    }
    try leptoscan.damageLastNumber(of: "br_invisible", in: "scan.h5")
    try FileManager.default.removeItem(at: leptoscan.folder.appendingPathComponent("2.h5"))
    for file in ["scan.h5", "virtual.h5"] {
      for command in [
        ["repack", file, "-o", "new.h5"], ["export", file, "-o", "new.csv"],
        ["export", file, "-o", "-", "--variables", "br_invisible"],
        ["profile", file, "-o", "new.h5", "--variable", "delta_a_mu:max", "--variable", "br_invisible:max"],
      ] {
        let outcome = try leptoscan.run(command)
        let why = file == "scan.h5" ? " does not have the checksum " : " of which 2.h5 cannot be read"
        #expect(outcome.exitCode == 65 && outcome.errors.contains(why), "\(outcome.errors)")
      }
    }
    for command in [
      ["repack", "scan.h5", "-o", "new.h5"], ["profile", "scan.h5", "-o", "new.h5", "--variable", "br_invisible"],
    ] {
      #expect(try leptoscan.run(command).errors.contains("cannot read br_invisible of scan.h5 (its block 0 does not "))
    }
    #expect(try leptoscan.run(["export", "scan.h5", "-o", "new.csv", "--variables", "delta_a_mu"]).exitCode == 0)
    #expect(try leptoscan.run(["profile", "scan.h5", "-o", "whole.h5", "--variable", "delta_a_mu"]).exitCode == 0)
    for name in ["new.h5", "new.h5.part", "new.csv.part"] { #expect(!leptoscan.exists(name)) }
  }

  @Test func unfinishedFilesAreNotPassedOn() throws {
    defer { leptoscan.cleanUp() }
    try FileManager.default.copyItem(
      at: leptoscan.folder.appendingPathComponent("scan.h5"), to: leptoscan.folder.appendingPathComponent("a.h5.part"))
    #expect(try leptoscan.run(["repack", "a.h5.part", "-o", "b.h5"]).exitCode == 65)
    #expect(try leptoscan.run(["export", "a.h5.part", "-o", "-"]).exitCode == 65)
    #expect(try leptoscan.run(["profile", "a.h5.part", "-o", "p.h5", "--variable", "br_invisible"]).exitCode == 65)
  }

  @Test func whatIsNoGridIsNamed() throws {
    defer { leptoscan.cleanUp() }
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "part.h5", "--shard", "1/2"])
    try leptoscan.write("m_phi,h_mue,m_psi,g\n1,0.01,0.3,0.1\n", to: "points.csv")
    _ = try leptoscan.run(["evaluate", "--points", "points.csv", "-o", "points.h5"])
    _ = try leptoscan.run(["profile", "scan.h5", "-o", "profile.h5", "--variable", "br_invisible:min"])
    let shard = "part.h5 is a shard (its points have no coordinates) merge the shards"
    for (command, message) in [
      (["profile", "part.h5", "-o", "a.h5"], shard),
      (["show", "--counts", "part.h5"], shard),
      (["export", "part.h5", "-o", "a.csv"], shard),
      (["profile", "points.h5", "-o", "a.h5"], "points.h5 holds points that are no grid (a profile"),
      (["show", "--counts", "profile.h5"], "profile.h5 is a profile (its excluded says yes or no) count"),
    ] {
      let outcome = try leptoscan.run(command)
      #expect(outcome.exitCode == 65 && outcome.errors.contains(message), "\(command): \(outcome.errors)")
    }
  }

  /// Bits of one name, which earlier versions wrote for experiments with the name of a constraint.
  @Test func bitsOfOneNameAreCounted() throws {
    defer { leptoscan.cleanUp() }
    let schema = FileSchema(
      dimensions: [.init("point", size: 3)],
      variables: [
        .init(
          "excluded", dimensions: ["point"], content: .values(StoredArray([0, 1, 3] as [UInt32])),
          attributes: ["flag_masks": .numbers([1, 2] as [UInt32]), "flag_meanings": "not_computed not_computed"])
      ])
    let path = leptoscan.folder.appendingPathComponent("double.h5").path
    try ScanFileWriter.create(path, schema: schema).publish()
    let shown = try leptoscan.run(["show", "--counts", "double.h5"])
    #expect(shown.exitCode == 0 && shown.output.contains("  not_computed  1  33.3 %\n"), "\(shown)")
  }

  @Test func profileIsTheLargest() throws {
    defer { leptoscan.cleanUp() }
    let none = try leptoscan.run(["profile", "scan.h5", "-o", "a.h5"])
    #expect(none.exitCode == 65 && none.errors.contains(" for instance --variable br_invisible:max"), "\(none.errors)")
    #expect(try leptoscan.run(["profile", "scan.h5", "-o", "a.h5", "--keep", "x"]).exitCode == 65)
    #expect(try leptoscan.run(["profile", "scan.h5", "-o", "a.h5", "--variable", "g:mean"]).exitCode == 64)
    let profile = try leptoscan.run(["profile", "scan.h5", "-o", "profile.h5", "--variable", "br_invisible:min"])
    #expect(profile.exitCode == 0, "\(profile)")
    #expect(profile.output == "br_invisible: min along m_phi x h_mue, best 0\n-> profile.h5\n")
    let rows = try table("profile.h5", variables: "br_invisible,br_invisible_m_psi_over_m_phi")
    #expect(rows.count == 110)
    // phi cannot decay to anything of 0.6 m_phi, twice.
    #expect(rows.allSatisfy { $0.suffix(2) == ["0.0", "0.6"] })
  }

  @Test func exportedNumbersAreThoseOfEvaluate() throws {
    defer { leptoscan.cleanUp() }
    let export = try leptoscan.run(["export", "scan.h5", "-o", "scan.csv", "--variables", "delta_a_mu,br_invisible"])
    #expect(export.output == "13200 rows of 7 columns -> scan.csv\n", "\(export)")
    let lines = String(decoding: try leptoscan.contents(of: "scan.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == "m_phi,h_mue,m_psi_over_m_phi,g,m_psi,delta_a_mu,br_invisible")
    let point = lines[7777].split(separator: ",").map(String.init)
    let evaluate = try leptoscan.run([
      "evaluate", "--m-phi", point[0], "--h-mue", point[1], "--m-psi", point[4], "--g", point[3], "--json",
    ])
    for value in point[5...] { #expect(evaluate.output.contains(": \(value)"), "\(evaluate.output)") }
    #expect(try leptoscan.run(["export", "scan.h5", "-o", "scan.csv"]).exitCode == 73)
    #expect(try leptoscan.run(["export", "scan.h5", "-o", "b.csv", "--variables", "x"]).exitCode == 65)
  }

  @Test func filesNameTheirSources() throws {
    defer { leptoscan.cleanUp() }
    _ = try leptoscan.run(["limits", "card.yaml", "-o", "limits.h5"])
    let keys = try ["scan.h5", "limits.h5"].map { file in
      try leptoscan.run(["cite", file, "--keys"]).output.split(separator: "\n").map(String.init)
    }
    #expect(keys[0] == ["leptoscan", "GninenkoKrasnikov:2022", "PDG:2024", "CODATA:2022"])
    #expect(Set(["GondoloGelmini:1991", "Planck:2018", "MuonGm2:2025", "Heintze:1979"]).isSubset(of: keys[1]))
    #expect(Set(keys[1]).count == keys[1].count)
    let card = String(decoding: try leptoscan.contents(of: "card.yaml"), as: UTF8.self)
    let constrained = card.replacing("observables: [delta_a_mu, br_invisible]", with: "observables: [excluded]")
    try leptoscan.write(
      constrained + "\nmeasurements: gk2022\nconstraints: [k_e_nu_phi, g_minus_2_muon]\n", to: "constrained.yaml")
    #expect(try leptoscan.run(["scan", "constrained.yaml", "-o", "constrained.h5"]).exitCode == 0)
    let measured = try leptoscan.run(["cite", "constrained.h5", "--keys"]).output.split(separator: "\n").suffix(3)
    #expect(measured == ["Heintze:1979", "MuonGm2:2021", "WhitePaper:2020"])
    let everything = try leptoscan.run(["cite"])
    #expect(everything.output.contains("@article{Planck:2018,\n  author = {{Planck Collaboration}},\n"))
    #expect(everything.output.components(separatedBy: "\n@").count > keys[1].count)
    try leptoscan.write("m_phi,h_mue,m_psi,g\n1,0.01,0.3,0.1\n", to: "points.csv")
    #expect(try leptoscan.run(["cite", "points.csv"]).exitCode == 65)
  }

  private func table(_ file: String, variables: String) throws -> [[String]] {
    let csv = try leptoscan.run(["export", file, "-o", "-", "--variables", variables])
    return csv.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
  }
}
