import Foundation
import Testing

/// What is said where OpenCL cannot be used.
@Suite struct OpenCLAbsenceTests {
  let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write("libabsent-opencl.so.1\n", to: "broken.icd")
    try leptoscan.write(
      """
      leptoscan: 1
      axes:
        m_phi: { from: 110 MeV, to: 10 GeV, points: 4 }
        h_mue: 1e-3
        m_psi: 0.1 GeV
        g: 0.1
      observables: [delta_a_mu]
      """, to: "card.yaml")
  }

  private var brokenDriver: [String: String] {
    ["OCL_ICD_VENDORS": leptoscan.folder.path, "OCL_ICD_FILENAMES": ""]
  }

  @Test(arguments: ["auto", "all"])
  func oneLineSaysWhy(device: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(
      ["scan", "card.yaml", "-o", "out.h5", "--device", device, "--progress", "none"], environment: brokenDriver)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 1 && lines[0].hasPrefix("leptoscan: computing on all cores: "), "\(outcome.errors)")
    #expect(outcome.errors.contains("broken.icd names libabsent-opencl.so.1"), "\(outcome.errors)")
  }

  @Test func nativeIsSilent() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(
      ["scan", "card.yaml", "-o", "out.h5", "--device", "native", "--progress", "none"], environment: brokenDriver)
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test func doctorNamesTheFileAndTheCache() throws {
    defer { leptoscan.cleanUp() }
    var environment = brokenDriver
    environment["LEPTOSCAN_CACHE_DIR"] = "/dev/null/nowhere"
    let outcome = try leptoscan.run(["doctor"], environment: environment)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.contains("broken.icd names libabsent-opencl.so.1"), "\(outcome.output)")
    #expect(outcome.output.contains("/dev/null/nowhere cannot be written (Not a directory)"), "\(outcome.output)")
    let json = try leptoscan.run(["doctor", "--json"], environment: environment).output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let cache = try #require(object?["kernel_cache"] as? [String: Any])
    #expect(cache["directory"] as? String == "/dev/null/nowhere" && cache["problem"] as? String == "Not a directory")
  }
}
