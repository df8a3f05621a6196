import ArgumentParser
import ComputeDevices
import Foundation
import SelfTesting

struct SelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Find out whether the devices of this machine compute what they should.",
    discussion: """
      Every kernel's bits are compared with the native device working on one number at a time, at random and special \
      inputs; rounding, subnormal numbers, exp, log, Philox, the loop integral and the widths with values from \
      elsewhere. Takes seconds; the first time, when an OpenCL driver compiles all kernels, a minute or two.

      Exit codes: 0 all devices passed, 74 a device gave wrong values or failed.
      """)

  @OptionGroup var selection: DeviceSelection<EveryDevice>
  @Option(help: "Random points per kernel; special values come on top, and kernels with long loops get fewer.")
  var points = 4096
  @Option(
    help: ArgumentHelp(
      "Doubles per work item of OpenCL devices: 1, 2, 4, 8 or 16 (default: 1 on a GPU, 16 on a CPU).",
      valueName: "number"))
  var lanes: Int?
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (0...1 << 24).contains(points) else { throw ValidationError("--points must be from 0 to 16777216.") }
    if let lanes, ![1, 2, 4, 8, 16].contains(lanes) { throw ValidationError("--lanes must be 1, 2, 4, 8 or 16.") }
  }

  func run() throws {
    let devices = try selection.devices().map { device -> any Device in
      guard let lanes, let device = device as? OpenCLDevice else { return device }
      return try device.with(lanes: lanes)
    }
    let test = SelfTest(points: points)
    var reports: [SelfTestReport] = []
    for device in devices {
      let progress = SelfTestProgress(device: device.identity.selector)
      let report = test.run(on: device, report: progress.report)
      progress.end()
      if !json { try printOutput(report.text) }
      reports.append(report)
    }
    if json { try printOutput(JSON.text(["devices": reports])) }
    let failed = reports.filter { !$0.passed }.map(\.device.selector)
    guard failed.isEmpty else {
      throw UsageError(
        "\(failed.joined(separator: ", ")) failed (it does not compute what the native device computes) "
          + "update its driver, or use --device native", code: .inputOutput)
    }
  }
}

extension SelfTestReport {
  /// The report for a person.
  var text: String {
    var table = TextTable(rightAligned: [2, 3])
    for check in checks {
      let error = check.largestError.map { String(format: "%.3g", $0) } ?? "not a number"
      let unit = check.unit == .ulp ? "ulp" : "relative"
      table.add(
        check.passed ? "ok" : "FAILED", check.name, "\(check.points) values", error, unit,
        "limit \(String(format: "%.3g", check.limit))")
    }
    let verdict = deviation.map { "FAILED: \($0)" } ?? "ok: all \(checks.count) checks passed"
    return "\(device.selector)  \(device.name) (\(device.driver))\n\(table.text)\n  \(verdict)"
  }
}
