import Foundation
import Testing

@Suite struct SelfTestCommandTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  private struct Report: Decodable {
    struct Device: Decodable {
      struct Check: Decodable {
        var name: String
        var passed: Bool
        var points: Int
      }
      var device: String
      var passed: Bool
      var deviation: String?
      var checks: [Check]
    }
    var devices: [Device]
  }

  @Test func nativePassesInJSON() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(["selftest", "--device", "native", "--json"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.devices.map(\.device) == ["native"])
    #expect(report.devices.allSatisfy { $0.passed && $0.deviation == nil && $0.checks.count > 20 })
    #expect(report.devices.flatMap(\.checks).allSatisfy { $0.passed && $0.points > 0 })
  }

  @Test func everyLineSaysOk() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(["selftest", "--device", "native"])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("native  ") == true)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ok") })
    #expect(lines.contains { $0.contains("(not contracted)") && $0.contains("limit 0") })
  }

  @Test func deviceHelpIsTheSameButForItsDefault() throws {
    defer { leptoscan.cleanUp() }
    let texts = try [("scan", "auto"), ("selftest", "all"), ("bench", "all")].map { command, standard in
      let help = try leptoscan.run(["help", command]).output
      return help.split(separator: "\n").drop { !$0.hasPrefix("  --device") }.prefix(4).joined(separator: "\n")
        .replacing("(default: \(standard))", with: "(its default)")
    }
    #expect(texts[0].hasSuffix("native,opencl:1. (its default)") && Set(texts).count == 1, "\(texts)")
  }

  @Test func fewPointsAreEnoughForSlowDevices() throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run(["selftest", "--device", "native", "--points", "2"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let line = outcome.output.split(separator: "\n").first { $0.contains("bits of visible_width ") }
    #expect(line?.contains(" 17 values") == true, "two random, fifteen special")
  }

  @Test(arguments: [["--points", "-1"], ["--lanes", "3"]])
  func refusesBadNumbers(arguments: [String]) throws {
    defer { leptoscan.cleanUp() }
    #expect(try leptoscan.run(["selftest", "--device", "native"] + arguments).exitCode == 64)
  }

  @Test(arguments: ["selftest", "bench"])
  func unknownDevicesAreRefused(command: String) throws {
    defer { leptoscan.cleanUp() }
    let outcome = try leptoscan.run([command, "--device", "nativ"])
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains("did you mean 'native'?"), "\(outcome.errors)")
  }
}
