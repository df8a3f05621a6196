import Foundation
import Testing

/// cross-section --channel ee-e-mu and mu-e-annihilation.
@Suite struct ColliderCommandTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private static let pairs = ["cross-section", "--channel", "ee-e-mu", "--sqrt-s", "10.58"]

  private func json(_ options: [String]) throws -> [String: Any] {
    let outcome = try leptoscan.run(options + ["--json"])
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return try #require(object, "\(outcome.output)\(outcome.errors)")
  }

  /// Rows of the given table, within five of its errors and 0.2 %.
  @Test(arguments: [
    (["--m-phi", "0.7", "--cos-max", "0.8"], 8.85290e4, 1.3e2),
    (["--m-phi", "5", "--cos-max", "0.8"], 6.31036e3, 3.6e1),
    (
      ["--m-phi", "4", "--beams", "7,4", "--theta-min", "37", "--theta-max", "120", "--pt-min", "0.5"], 4.29532e3, 1.2e1
    ),
  ])
  func pairs(options: [String], expected: Double, error: Double) throws {
    defer { leptoscan.cleanUp() }
    let object = try json(Self.pairs + options)
    let value = try #require(object["sigma_fb"] as? Double)
    #expect(abs(value - expected) < 5 * error + 2e-3 * expected, "\(value)")
    #expect(try #require(object["relative_accuracy"] as? Double) < 2e-3)
    #expect(object["status"] as? Int == 0)
    let again = try json(Self.pairs + options)
    #expect(again["sigma_fb"] as? Double == value)
  }

  @Test func annihilation() throws {
    defer { leptoscan.cleanUp() }
    let object = try json([
      "cross-section", "--channel", "mu-e-annihilation", "--energy", "87.993", "--spread", "0.030002386553475845",
      "--m-phi", "0.317",
    ])
    let value = try #require(object["sigma_gev2"] as? Double)
    #expect(abs(value / 1.132603553185e2 - 1) < 1e-10, "\(value)")
    let text = try leptoscan.run([
      "cross-section", "--channel", "mu-e-annihilation", "--energy", "80", "87.4", "--spread", "0.03", "--m-phi",
      "0.317",
    ])
    #expect(text.exitCode == 0 && text.output.contains("sigma/(h^2 BR_inv) [GeV^-2]"), "\(text.output)\(text.errors)")
  }

  @Test(arguments: [
    (["--channel", "ee-e-mu", "--m-phi", "1"], Int32(64), "needs --sqrt-s"),
    (["--channel", "ee-e-mu", "--sqrt-s", "1", "--m-phi", "1"], 65, "sqrt_s = 1.0 GeV is below threshold"),
    (["--channel", "ee-e-mu", "--sqrt-s", "10", "--m-phi", "0.1"], 65, "an intermediate muon is real"),
    (
      ["--channel", "ee-e-mu", "--sqrt-s", "10", "--m-phi", "1", "--target", "Pb"], 64,
      "--target goes with e-mu or mu-e"
    ),
    (
      ["--channel", "ee-e-mu", "--sqrt-s", "10", "--m-phi", "1", "--theta-min", "90", "--theta-max", "30"], 65,
      "are none"
    ),
    (["--channel", "ee-e-mu", "--sqrt-s", "10", "--m-phi", "1", "--beams", "7"], 64, "--beams"),
    (["--channel", "ee-e-mu", "--sqrt-s", "10", "--m-phi", "1", "--cos-max", "2"], 64, "--cos-max lies between"),
    (["--channel", "mu-e-annihilation", "--m-phi", "1", "--energy", "9"], 64, "needs --energy and --spread"),
    (["--channel", "mu-e-annihilation", "--m-phi", "1", "--energy", "9", "--spread", "0"], 64, "--spread is a part"),
    (
      ["--channel", "mu-e-annihilation", "--m-phi", "1", "--energy", "9", "--spread", "0.1", "--pt-min", "1"], 64,
      "goes with"
    ),
    (["--channel", "e-mu", "--m-phi", "1", "--energy", "9"], 64, "needs --target and --energy"),
    (
      ["--channel", "e-mu", "--target", "Pb", "--m-phi", "1", "--energy", "9", "--sqrt-s", "3"], 64,
      "--sqrt-s goes with"
    ),
  ])
  func refusesBadInput(options: [String], exitCode: Int32, message: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(["cross-section"] + options)
    #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
