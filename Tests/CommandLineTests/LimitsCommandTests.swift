import Foundation
import Testing

/// `limits` as a user runs it.
@Suite struct LimitsCommandTests {
  private let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes: { m_phi: 1, h_mue: { values: [1e-3, 1e-2, 0.1] }, m_psi: { ratio_to_m_phi: { values: [1/3, 0.99] } }, g: 1 }
      constraints: [relic_density]
      """, to: "card.yaml")
  }

  /// Rows of the columns that are asked for, which hold no texts.
  private func table(_ file: String, _ columns: [String]) throws -> [[String]] {
    let lines = try leptoscan.run(["export", file, "-o", "-"]).output.split(separator: "\n")
    let rows = lines.map { line in
      line.replacing(/"[^"]*"/, with: "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let places = try columns.map { try #require(rows.first?.firstIndex(of: $0), "\(lines.first ?? "")") }
    return rows.dropFirst().map { row in places.map { row[$0] } }
  }

  /// The card names no measurements: they are those of 2025, though a scan of it is refused. phi phi* alone leaves too little.
  @Test func forHMue() throws {
    defer { leptoscan.cleanUp() }
    let limits = try leptoscan.run(["limits", "card.yaml", "-o", "limits.h5"])
    #expect(limits.exitCode == 0 && limits.output == "1 constraint at 2 points -> limits.h5\n", "\(limits)")
    let rows = try table("limits.h5", ["m_psi", "h_mue_limit", "h_mue_limit_largest", "h_mue_limit_status"])
    #expect(rows.map { $0[3] } == ["0", "2"])
    #expect(rows[0][1] == rows[0][2] && rows[1][1] == "0.0")
    #expect(try leptoscan.run(["verify", "limits.h5"]).exitCode == 0)
    let scan = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
    #expect(scan.exitCode == 65 && scan.errors.contains("the card names no set of measurements"), "\(scan)")
  }

  /// What `evaluate` gives at every g that was found.
  @Test func forG() throws {
    defer { leptoscan.cleanUp() }
    let limits = try leptoscan.run(["limits", "card.yaml", "--solve", "g", "-o", "g.h5"])
    #expect(limits.exitCode == 0 && limits.output == "1 constraint at 6 points -> g.h5\n", "\(limits)")
    #expect(try leptoscan.run(["verify", "g.h5"]).exitCode == 0)
    let rows = try table("g.h5", ["h_mue", "m_psi", "g_limit", "g_limit_status"])
    #expect(rows.count == 6 && rows.filter { $0[3] == "0" }.count == 5, "\(rows)")
    for row in rows where row[3] == "0" {
      let point = try leptoscan.run([
        "evaluate", "--m-phi", "1", "--h-mue", row[0], "--m-psi", row[1], "--g", row[2], "--json",
      ])
      let values = try #require(try JSONSerialization.jsonObject(with: Data(point.output.utf8)) as? [String: Any])
      let density = try #require(values["relic_density"] as? Double)
      #expect(abs(density / 0.120 - 1) < 1e-8, "\(row)")
    }
    #expect(try leptoscan.run(["limits", "card.yaml", "--solve", "m_phi", "-o", "x.h5"]).exitCode == 64)
    let card = String(decoding: try leptoscan.contents(of: "card.yaml"), as: UTF8.self)
    try leptoscan.write(card.replacing("relic_density", with: "k_e_nu_phi"), to: "kaon.yaml")
    let none = try leptoscan.run(["limits", "kaon.yaml", "--solve", "g", "-o", "x.h5"])
    #expect(none.exitCode == 65 && none.errors.contains("the card has no line to solve for g on"), "\(none)")
  }
}
