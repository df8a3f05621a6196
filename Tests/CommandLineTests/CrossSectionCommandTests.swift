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

  /// e_plus is 1/2 for the portal; e_minus comes with the leptons' masses. The cut by the numba quadrature of Benchmarks.
  @Test(arguments: [
    (["--chirality", "right"], 1.0, 1e-15), (["--c-s", "0.5", "--c-p", "-0.5"], 1, 1e-15),
    (["--c-s", "1", "--c-p", "1"], 4, 1e-14), (["--chirality", "scalar"], 2, 0.01), (["--c-p", "1"], 2, 0.01),
    (["--recoil-min", "10"], 0.544991, 1e-5),
  ])
  func verticesAndCuts(options: [String], ratio: Double, tolerance: Double) throws {
    defer { leptoscan.cleanUp() }
    func sigma(_ options: [String]) throws -> Double {
      let outcome = try leptoscan.run(lead + ["--m-phi", "0.3169751265", "--json"] + options)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      return try #require(object?["sigma_pb"] as? Double, "\(outcome.errors)")
    }
    let value = try sigma(options) / sigma([])
    #expect(abs(value / ratio - 1) <= tolerance, "\(value)")
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
    (["--m-phi", "0.3", "--energy", "1e114", "--json"], 65, "energy = 1e+114 GeV is above 1e6 GeV (rounding then"),
    (["--m-phi", "0.3", "--energy", "100 cm"], 64, "'cm' is no unit of"),
    (["--m-phi", "0"], 65, "m_phi = 0.0 GeV is not a positive energy"),
    (["--m-phi", "0.3", "--x", "1.5"], 65, "x = 1.5 is outside phase space"),
    (["--m-phi", "0.3", "--x", "0.5", "--theta", "4"], 65, "theta = 4.0 is no angle"),
    (["--m-phi", "0.3", "--theta", "0.1"], 64, "--theta needs --x"),
    (["--m-phi", "0.3", "--chirality", "left", "--c-s", "1"], 64, "Give either --chirality or"),
    (["--m-phi", "0.3", "--recoil-min", "-1"], 64, "--recoil-min is an energy, 0 or more"),
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
