import Foundation
import ScanStore
import Testing

/// Files of earlier versions, one of every `schema_version`, stay readable. They are never made anew.
@Suite struct OldFileTests {
  let leptoscan: Leptoscan

  /// Written by commit d510d27, before files had `numerics_version`: 5 x 2 x 3 x 2 points.
  private static let files = ["schema-1.nc"]

  init() throws { leptoscan = try Leptoscan() }

  @Test(arguments: files) func canBeRead(name: String) throws {
    defer { leptoscan.cleanUp() }
    let original = Leptoscan.checkout.appendingPathComponent("Tests/ReferenceData/files/\(name)")
    try FileManager.default.copyItem(at: original, to: leptoscan.folder.appendingPathComponent("old.h5"))
    let masses = try ScanFile.open(leptoscan.folder.appendingPathComponent("old.h5").path).readDoubles("m_phi")
    for (index, mass) in masses.enumerated() {
      let exact = 0.11 * pow(10 / 0.11, Double(index) / 4)
      #expect(abs(mass / exact - 1) < 1e-15)
    }
    for command in [["show", "old.h5"], ["show", "--counts", "old.h5"], ["cite", "old.h5", "--keys"]] {
      let outcome = try leptoscan.run(command)
      #expect(outcome.exitCode == 0, "\(outcome)")
    }
    let exported = try leptoscan.run(["export", "old.h5", "-o", "-", "--variables", "delta_a_mu,br_invisible,excluded"])
    #expect(exported.output.split(separator: "\n").count == 61, "\(exported)")
    #expect(try leptoscan.run(["repack", "old.h5", "-o", "packed.h5"]).exitCode == 0)
    #expect(try leptoscan.run(["profile", "old.h5", "-o", "profile.h5"]).exitCode == 0)
    // Its numbers may be those of other numerics.
    let verified = try leptoscan.run(["verify", "old.h5"])
    #expect(verified.output.contains(" 0 damaged blocks;"), "\(verified)")
    #expect(verified.exitCode == 0 || verified.errors.contains("it was made with numerics unknown"), "\(verified)")
    // And so are not gone on with.
    try leptoscan.write(try leptoscan.run(["show", "old.h5", "--card"]).output, to: "card.yaml")
    let resumed = try leptoscan.run(["scan", "card.yaml", "-o", "old.h5", "--resume"])
    #expect(resumed.exitCode == 65 && resumed.errors.contains("\"numerics: unknown\""), "\(resumed)")
  }
}
