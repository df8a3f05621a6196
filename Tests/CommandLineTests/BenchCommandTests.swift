import Foundation
import Testing

@Suite struct BenchCommandTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private let small = ["bench", "--device", "native", "--points", "512", "--repeats", "1"]

  @Test func jsonHasTheSystemAndEveryDevice() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(
      small + ["--json", "--output", "out.json", "--directory", ".", "--revision", "abc"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let stored = String(decoding: try leptoscan.contents(of: "out.json"), as: UTF8.self)
    #expect(stored == outcome.output)
    let object = try JSONSerialization.jsonObject(with: Data(stored.utf8)) as? [String: Any]
    let system = try #require(object?["system"] as? [String: Any])
    for key in ["cpu", "cores", "load_average_before", "os", "compilers"] { #expect(system[key] != nil, "\(key)") }
    #expect(system["git_revision"] as? String == "abc")
    let devices = try #require(object?["devices"] as? [[String: Any]])
    #expect(devices.count == 1 && devices[0]["device"] as? String == "native")
    let kernels = try #require(devices[0]["kernels"] as? [[String: Any]])
    #expect(kernels.contains { $0["kernel"] as? String == "anomalous_moments" && $0["kernel_points_per_s"] != nil })
  }

  @Test func tableNamesTheLimits() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(small + ["--directory", "."])
    #expect(outcome.output.contains("limits: multiply-add"))
    #expect(outcome.output.contains("points/s to HDF5"))
  }

  @Test(arguments: [
    (["--points", "0"], Int32(64), "--points must be"), (["--repeats", "0"], 64, "--repeats must be"),
    (["--directory", "no/such/folder"], 74, "scan"), (["--output", "no/such/folder/x.json"], 73, "cannot create "),
  ])
  func refusesBadInput(arguments: [String], exitCode: Int32, message: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(small + arguments)
    #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
