import Foundation
import Testing

/// Scans of points that are no grid, as a person runs them.
@Suite struct PointsCommandTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  /// Points that take a second or more; the relic density decides which of them are kept.
  private let slow = """
    leptoscan: 1
    points: { method: sobol, count: 100000, keep: { relic_status: 0 } }
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV }
      h_mue: { from: 1e-5, to: 1e-1 }
      m_psi: { ratio_to_m_phi: { from: 0.05, to: 0.45, spacing: linear } }
      g: { from: 0.01, to: 1 }
    observables: [relic_density]

    """

  @Test func aStoppedSelectionResumesToTheSameBytes() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(slow, to: "card.yaml")
    let planned = try leptoscan.run(["scan", "card.yaml", "-o", "whole.h5", "--dry-run"])
    for text in ["if all points are kept: ", " of disk, memory up to ", "if all points are kept, then time: "] {
      #expect(planned.output.contains(text), "\(planned.output)")
    }
    let whole = try leptoscan.run(["scan", "card.yaml", "-o", "whole.h5", "--progress", "json"])
    for stage in ["selection", "kept"] { #expect(whole.errors.contains("{\"stage\": \"\(stage)\", ")) }
    #expect(whole.exitCode == 0 && whole.output.contains(" points are kept"), "\(whole.output)\(whole.errors)")
    #expect(!leptoscan.exists("whole.h5.selection"))
    #expect(try leptoscan.stop(scan: "card.yaml", to: "out.h5", with: SIGTERM).exitCode == 75)
    #expect(leptoscan.exists("out.h5.selection.part") || leptoscan.exists("out.h5.selection"))
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"]).exitCode == 73)
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--resume"]).exitCode == 0)
    #expect(try leptoscan.contents(of: "out.h5") == leptoscan.contents(of: "whole.h5"))
    #expect(!leptoscan.exists("out.h5.selection") && !leptoscan.exists("out.h5.part"))
    let again = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--resume"])
    #expect(again.exitCode == 0 && again.output.contains("complete already"))
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"]).exitCode == 73)
    #expect(try leptoscan.run(["verify", "out.h5"]).exitCode == 0)
    // A crash between the last steps leaves these beside the complete file.
    try leptoscan.write("", to: "out.h5.part.journal")
    try leptoscan.write("", to: "out.h5.selection")
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--resume"]).exitCode == 0)
    #expect(!leptoscan.exists("out.h5.part.journal") && !leptoscan.exists("out.h5.selection"))
  }

  @Test func aListIsReadBesideItsCard() throws {
    defer { leptoscan.cleanUp() }
    let folder = leptoscan.folder.appendingPathComponent("cards")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try leptoscan.write("leptoscan: 1\npoints: { file: list.csv }\nobservables: [delta_a_mu]\n", to: "cards/card.yaml")
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,1e-3,0.1,1\n0.05,1e-3,0.1,1\n", to: "cards/list.csv")
    let scan = try leptoscan.run(["scan", "cards/card.yaml", "-o", "out.h5"])
    #expect(scan.exitCode == 0 && scan.output.contains("2 points"), "\(scan.output)\(scan.errors)")
    #expect(try leptoscan.run(["verify", "out.h5"]).exitCode == 0)
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,1e-3,0.1,-1\n", to: "cards/list.csv")
    let bad = try leptoscan.run(["scan", "cards/card.yaml", "-o", "bad.h5"])
    #expect(bad.exitCode == 65 && bad.errors.contains("list.csv:2:16: g is -1.0"), "\(bad.errors)")
    let evaluated = try leptoscan.run(["evaluate", "--points", "out.h5", "-o", "values.csv"])
    #expect(evaluated.exitCode == 0 && evaluated.output.contains("2 points"), "\(evaluated.errors)")
  }

  @Test func aCompleteScanNeedsItsListNoMore() throws {
    defer { leptoscan.cleanUp() }
    let card = "leptoscan: 1\npoints: { file: list.csv }\nobservables: [delta_a_mu]\n"
    try leptoscan.write(card, to: "card.yaml")
    try leptoscan.write("m_phi,h_mue,m_psi,g\n0.317,1e-3,0.1,1\n", to: "list.csv")
    let scan = ["scan", "card.yaml", "-o", "out.h5", "--resume"]
    #expect(try leptoscan.run(scan).exitCode == 0)
    try leptoscan.hide("list.csv") {
      let again = try leptoscan.run(scan)
      #expect(again.exitCode == 0 && again.output == "out.h5 is complete already\n", "\(again.errors)")
      for options in [["--shard", "1/2"], ["--force"]] {
        let refused = try leptoscan.run(scan.dropLast() + options)
        #expect(refused.exitCode != 0, "\(options)")
      }
      for (old, new) in [("delta_a_mu", "delta_a_e"), ("list.csv", "list.csv, count: 2")] {
        try leptoscan.write(card.replacingOccurrences(of: old, with: new), to: "card.yaml")
        let other = try leptoscan.run(scan)
        #expect(other.exitCode == 65 && other.errors.contains("list.csv: cannot be read"), "\(other.errors)")
      }
    }
  }
}
