import Foundation
import Testing

@Suite struct CrossSectionCommandTests {
  let leptoscan: Leptoscan
  let lead = ["cross-section", "--channel", "e-mu", "--target", "Pb", "--energy", "100"]

  init() throws { leptoscan = try Leptoscan() }

  @Test func printsValueUnitsMethodAndAccuracy() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(lead + ["--m-phi", "0.3169751265"])
    #expect(outcome.exitCode == 0)
    for text in ["e- Pb -> mu- Pb phi", "1.87025e8 pb per h^2", "exact tree level (etl)", "accuracy"] {
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
  }

  @Test(arguments: [
    ([], "sigma_pb", 1.8702505397e8, 1e-6), (["--method", "mc"], "sigma_pb", 1.8702505397e8, 3e-4),
    (["--method", "ww"], "sigma_pb", 1.8860e8, 1e-3), (["--x", "0.386246"], "dsigma_dx_pb", 1.3635344738e7, 1e-5),
    (["--x", "0.386246", "--theta", "0.00028501"], "d2sigma_dxdcostheta_pb", 1.2569230346e12, 1e-7),
  ])
  func jsonHasTheVariablesOfTheOutput(options: [String], key: String, expected: Double, tolerance: Double) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(lead + ["--m-phi", "0.3169751265", "--json"] + options)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let value = try #require(object?[key] as? Double, "\(outcome.output)\(outcome.errors)")
    #expect(abs(value / expected - 1) <= tolerance, "\(value)")
    #expect(object?["status"] as? Int == 0)
  }

  @Test func tablesCoverTheProduct() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(
      [
        "cross-section", "--channel", "mu-e", "--target", "82,207.2", "--energy", "1", "160", "--m-phi", "0.11", "2",
        "--json",
      ])
    let objects = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]], "\(outcome.errors)")
    #expect(objects.compactMap { $0["energy"] as? Double } == [1, 1, 160, 160])
    #expect(objects.compactMap { $0["status"] as? Int } == [0, 1, 0, 0])
    #expect(objects[1]["sigma_pb"] as? Double == 0)
  }

  @Test(arguments: [
    (["--m-phi", "150"], Int32(65), "energy = 100.0 GeV is below threshold"),
    (["--m-phi", "0"], 65, "m_phi = 0.0 GeV is not a positive energy"),
    (["--m-phi", "0.3", "--x", "1.5"], 65, "x = 1.5 is outside phase space"),
    (["--m-phi", "0.3", "--x", "0.5", "--theta", "4"], 65, "theta = 4.0 is no angle"),
    (["--m-phi", "0.3", "--theta", "0.1"], 64, "--theta needs --x"),
    (["--m-phi", "0.3", "--target", "Xx"], 64, "The value 'Xx' is invalid for '--target"),
    (["--m-phi", "0.3", "--method", "guess"], 64, "'etl'"),
  ])
  func refusesBadInput(options: [String], exitCode: Int32, message: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(lead + options)
    #expect(outcome.exitCode == exitCode)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
