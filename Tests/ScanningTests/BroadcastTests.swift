import Foundation
import ScanStore
import Scanning
import Testing

/// A grid stores every observable along its own axes only; repeated along the others it is, to the bit, what a list of all
/// points of the grid gives, where everything is computed at every point. What is gained: Benchmarks/scan/sharing.
@Suite struct BroadcastTests {
  private let folder: ScanFolder

  init() throws { folder = try ScanFolder() }

  private let observables = """

    observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible, br_mu_e_psi_psi, br_k_e_nu_phi,
      ratio_z_e_mu_phi, events_na64e_2022, log_likelihood_g_minus_2_muon, log_likelihood, excluded]
    measurements: 2025
    experiments: [na64e-2022]
    constraints: [g_minus_2_muon, g_minus_2_electron, mu_e_psi_psi, k_e_nu_phi, z_e_mu_cms_2025, na64e_2022]
    """

  /// The columns of a scan by name, as text that stands for exact bits.
  private func columns(of card: String, named name: String) throws -> [String: [String]] {
    let scan = try folder.scan(card: card)
    let writer = try scan.create(folder.path(name))
    try folder.execution(scan, chunkBytes: 1 << 20).run(into: FileSink(writer))
    try writer.publish()
    let table = try TableExport(of: ScanFile.open(folder.path(name)))
    var text = ""
    try table.csv { text += $0 }
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(rows.count == 120)
    return Dictionary(uniqueKeysWithValues: table.columns.enumerated().map { k, name in (name, rows.map { $0[k] }) })
  }

  @Test func repeatedAlongTheOtherAxesEverythingIsWhatAListGives() throws {
    let grid = try columns(of: folder.card() + observables, named: "grid.h5")
    let parameters = ["m_phi", "h_mue", "m_psi", "g"]
    let rows = try (0..<120).map { row in try parameters.map { try #require(grid[$0])[row] }.joined(separator: ",") }
    let list = ([parameters.joined(separator: ",")] + rows).joined(separator: "\n")
    try Data((list + "\n").utf8).write(to: URL(filePath: folder.path("list.csv")))
    let points = try columns(of: "leptoscan: 1\npoints: { file: list.csv }" + observables, named: "list.h5")
    let computed = Set(grid.keys).subtracting(parameters + ["m_psi_over_m_phi"])
    #expect(computed.count == 13, "twelve observables and the status")
    for name in computed { #expect(grid[name] == points[name], "\(name)") }
    let (own, all) = (try ScanFile.open(folder.path("grid.h5")), try ScanFile.open(folder.path("list.h5")))
    for (name, count) in [("delta_a_mu", 12), ("width_invisible", 30), ("br_invisible", 120)] {
      #expect(try own.variable(name).elementCount == count && all.variable(name).elementCount == 120)
    }
  }
}
