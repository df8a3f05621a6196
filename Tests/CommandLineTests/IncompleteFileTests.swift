import Foundation
import ScanStore
import Testing

/// Files some of whose numbers are not there: what would take them for results refuses them.
@Suite struct IncompleteFileTests {
  private let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private let card = """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 10 }
      h_mue: { from: 1e-5, to: 1e-1, points: 10 }
      m_psi: 0.1
      g: 1
    observables: [excluded]
    measurements: 2025

    """

  /// What reads numbers and makes something of them.
  private func uses(_ file: String) -> [[String]] {
    [
      ["show", "--counts", file], ["profile", file, "-o", "profile.h5", "--force"],
      ["export", file, "-o", "table.csv", "--force"], ["repack", file, "-o", "packed.h5", "--force"],
    ]
  }

  @Test func unfinishedFilesAndTheirCopies() throws {
    defer { leptoscan.cleanUp() }
    let attributes: Attributes = ["flag_masks": .numbers([UInt32(1)]), "flag_meanings": "k_e_nu_phi"]
    let excluded = FileSchema.Variable(
      "excluded", dimensions: ["m_phi", "h_mue"], content: .reserved(.uint32), attributes: attributes)
    let schema = FileSchema(
      dimensions: [.init("m_phi", size: 2), .init("h_mue", size: 3)], variables: [excluded], attributes: [:],
      hasChecksums: true)
    let part = leptoscan.folder.appendingPathComponent("out.h5.part")
    let copy = leptoscan.folder.appendingPathComponent("copy.h5")
    try withExtendedLifetime(
      ScanFileWriter.create(leptoscan.folder.appendingPathComponent("out.h5").path, schema: schema)
    ) { _ in try FileManager.default.copyItem(at: part, to: copy) }
    try FileManager.default.copyItem(at: copy, to: part)
    for file in ["out.h5.part", "copy.h5"] {
      let shown = try leptoscan.run(["show", file])
      #expect(shown.exitCode == 0 && shown.output.contains(", unfinished\n"), "\(shown.output)")
      for command in uses(file) {
        let outcome = try leptoscan.run(command)
        #expect(outcome.exitCode == 65 && outcome.errors.contains("\(file) is unfinished ("), "\(outcome.errors)")
      }
    }
  }

  @Test func missingShards() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    for shard in ["1", "2"] {
      _ = try leptoscan.run(["scan", "card.yaml", "-o", "\(shard).h5", "--shard", "\(shard)/2"])
    }
    #expect(try leptoscan.run(["merge", "virtual.h5", "1.h5", "2.h5", "--virtual"]).exitCode == 0)
    for command in uses("virtual.h5") {
      let outcome = try leptoscan.run(command)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }
    try leptoscan.hide("2.h5") {
      for command in uses("virtual.h5") {
        let outcome = try leptoscan.run(command)
        #expect(outcome.exitCode == 65 && outcome.errors.contains("of which 2.h5 cannot be read"), "\(outcome.errors)")
      }
    }
  }

  @Test func damagedCountsAreRefused() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    let counted = try leptoscan.run(["show", "--counts", "out.h5"])
    #expect(counted.exitCode == 0 && counted.output.contains("points that constraints exclude, of 100"), "\(counted)")
    try leptoscan.damageLastNumber(of: "excluded", in: "out.h5")
    let damaged = try leptoscan.run(["show", "--counts", "out.h5"])
    #expect(damaged.exitCode == 65)
    #expect(damaged.errors.contains("cannot read excluded of out.h5 (its block 0 does not "), "\(damaged.errors)")
  }
}
