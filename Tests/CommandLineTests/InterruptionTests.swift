import Foundation
import ScanStore
import Testing

/// Scans that are stopped and killed, as batch systems and people do.
@Suite struct InterruptionTests {
  let leptoscan: Leptoscan

  init() throws { leptoscan = try Leptoscan() }

  /// 10,368,000 points, 83 MB: a dozen chunks.
  private let card = """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 120 }
      h_mue: { from: 1e-5, to: 1e-1, points: 60 }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 30, spacing: linear } }
      g: { from: 0.01, to: 1, points: 48 }
    observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible]

    """

  /// 96,000 points that take a second or more: the relic density is the slowest thing to compute.
  private let slow = """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 30 }
      h_mue: { from: 1e-5, to: 1e-1, points: 20 }
      m_psi: { ratio_to_m_phi: { from: 0.2, to: 0.45, points: 20, spacing: linear } }
      g: { from: 0.01, to: 1, points: 8 }
    observables: [relic_density]

    """

  private let small = """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 7 }
      h_mue: { values: [1e-4, 3.3e-3] }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 5, spacing: linear } }
      g: { values: [0.08, 0.5, 1] }

    """

  @Test(arguments: [SIGTERM, SIGINT, SIGUSR1]) func signalsStopResumably(signal: Int32) throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(slow, to: "card.yaml")
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "whole.h5"]).exitCode == 0)
    let stopped = try leptoscan.stop(scan: "card.yaml", to: "out.h5", with: signal)
    #expect(stopped.exitCode == 75)
    let line = try #require(stopped.errors.split(separator: "\n").last)
    #expect(line.hasPrefix("leptoscan: stopped at ") && line.hasSuffix("-o out.h5 --progress json --resume"), "\(line)")
    #expect(leptoscan.exists("out.h5.part") && !leptoscan.exists("out.h5"))
    let shown = try leptoscan.run(["show", "out.h5.part"])
    #expect(shown.exitCode == 0 && shown.output.contains("unfinished: "), "\(shown.output)")
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "out.h5", "--resume"]).exitCode == 0)
    #expect(try leptoscan.contents(of: "out.h5") == leptoscan.contents(of: "whole.h5"))
    #expect(!leptoscan.exists("out.h5.part") && !leptoscan.exists("out.h5.part.journal"))
  }

  @Test func oneScanPerOutput() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    let first = try leptoscan.halt(scan: "card.yaml", to: "out.h5")
    for options in [["--resume"], ["--force"], [], ["--dry-run"]] {
      let second = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"] + options)
      #expect(second.exitCode == 74 && second.output.isEmpty, "refused before the plan")
      #expect(second.errors.contains("another process is writing it"), "\(second.errors)")
    }
    kill(first.processIdentifier, SIGCONT)
    first.waitUntilExit()
    #expect(first.terminationStatus == 0)
    #expect(try leptoscan.run(["verify", "out.h5"]).exitCode == 0)
  }

  @Test func anUnfinishedScanIsNotReplacedUnasked() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    #expect(try leptoscan.stop(scan: "card.yaml", to: "out.h5", with: SIGKILL).exitCode == SIGKILL)
    let again = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    #expect(again.exitCode == 73 && again.output.isEmpty, "refused before the plan")
    #expect(again.errors.contains("go on with it with --resume, or replace it with --force"))
    try leptoscan.write(card.replacingOccurrences(of: "10 GeV", with: "11 GeV"), to: "other.yaml")
    let other = try leptoscan.run(["scan", "other.yaml", "-o", "out.h5", "--resume"])
    #expect(other.exitCode == 65)
    #expect(other.errors.contains("to: 10 GeV") && other.errors.contains("to: 11 GeV"), "\(other.errors)")
    #expect(try leptoscan.run(["scan", "other.yaml", "-o", "out.h5", "--force"]).exitCode == 0)
  }

  /// `scripts/crash-campaign.sh` in short.
  @Test func killedScansResumeToTheSameBytes() throws {
    defer { leptoscan.cleanUp() }
    let campaign = Process()
    campaign.executableURL = Leptoscan.checkout.appendingPathComponent("scripts/crash-campaign.sh")
    campaign.arguments = ["2", Leptoscan.executable.path]
    let output = Pipe()
    campaign.standardOutput = output
    campaign.standardError = output
    try unblockingSignals { try campaign.run() }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    campaign.waitUntilExit()
    #expect(campaign.terminationStatus == 0, "\(text)")
  }

  @Test func verifyNamesWhatIsDamaged() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(small, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    let intact = try leptoscan.run(["verify", "out.h5"])
    #expect(intact.exitCode == 0 && intact.output.contains("0 damaged blocks"), "\(intact.output)\(intact.errors)")
    try leptoscan.damageLastNumber(of: "br_invisible", in: "out.h5")
    let damaged = try leptoscan.run(["verify", "out.h5", "--json"])
    #expect(damaged.exitCode == 65)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(damaged.output.utf8)) as? [String: Any])
    let blocks = try #require(report["damaged_blocks"] as? [[String: Any]])
    #expect(report["intact"] as? Bool == false)
    #expect(blocks.map { $0["variable"] as? String } == ["br_invisible"])
    #expect(blocks.first?["last_element"] as? Int == 209)
    let differing = try #require(report["values_differing"] as? [[String: Any]])
    #expect(differing.map { $0["element"] as? Int } == [209])
    #expect(try leptoscan.run(["verify", "missing.h5"]).exitCode == 65)
    #expect(try leptoscan.run(["verify", "out.h5.part"]).exitCode == 65)
  }

  @Test func verifyPassesNothingThatItCannotCheck() throws {
    defer { leptoscan.cleanUp() }
    let numbers = FileSchema.Variable("x", dimensions: ["x"], content: .values(StoredArray([1.0, 2])))
    let schema = FileSchema(
      dimensions: [.init("x", size: 2)], variables: [numbers], attributes: [:], hasChecksums: false)
    try ScanFileWriter.create(leptoscan.folder.appendingPathComponent("bare.h5").path, schema: schema).publish()
    let outcome = try leptoscan.run(["verify", "bare.h5"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("nothing in bare.h5 could be checked"), "\(outcome.errors)")
  }

  /// What libhdf5 would stumble over is found before it sees it.
  @Test func damagedMetadataAreRefused() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(small, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "out.h5"])
    var bytes = try leptoscan.contents(of: "out.h5")
    bytes[200] ^= 0x40
    try bytes.write(to: leptoscan.folder.appendingPathComponent("out.h5"))
    for command in [["verify", "out.h5"], ["show", "out.h5"], ["merge", "whole.h5", "out.h5"]] {
      let outcome = try leptoscan.run(command)
      #expect(outcome.exitCode == 65)
      #expect(outcome.errors.contains("its metadata do not have their checksum"), "\(outcome.errors)")
    }
  }

  @Test func mergedShardsAreTheScan() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(small, to: "card.yaml")
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "whole.h5"])
    for shard in 1...3 {
      let outcome = try leptoscan.run(["scan", "card.yaml", "-o", "\(shard).h5", "--shard", "\(shard)/3"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(try leptoscan.run(["verify", "\(shard).h5"]).exitCode == 0)
    }
    #expect(try leptoscan.run(["merge", "out.h5", "3.h5", "1.h5", "2.h5"]).exitCode == 0)
    #expect(try leptoscan.contents(of: "out.h5") == leptoscan.contents(of: "whole.h5"))
    #expect(try leptoscan.run(["merge", "--virtual", "virtual.h5", "3.h5", "1.h5", "2.h5"]).exitCode == 0)
    #expect(try leptoscan.run(["verify", "virtual.h5"]).exitCode == 0)
    #expect(try leptoscan.run(["show", "virtual.h5"]).output.contains(", virtual: shows 3.h5, 1.h5, 2.h5\n"))
    try leptoscan.hide("2.h5") {
      let verified = try leptoscan.run(["verify", "virtual.h5"])
      #expect(verified.exitCode == 65 && verified.output.isEmpty)
      #expect(verified.errors.contains("of which 2.h5 cannot be read"), "\(verified.errors)")
      #expect(try leptoscan.run(["show", "virtual.h5"]).output.contains("3.h5, 1.h5, 2.h5 (missing)"))
    }
    let gap = try leptoscan.run(["merge", "gap.h5", "3.h5", "1.h5"])
    #expect(gap.exitCode == 65 && gap.errors.contains("add shard 2/3"))
    #expect(try leptoscan.run(["merge", "out.h5", "3.h5", "1.h5", "2.h5"]).exitCode == 73)
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "4.h5", "--shard", "4/3"]).exitCode == 64)
  }

  /// As any user but root; root may write everywhere.
  @Test(.enabled(if: geteuid() != 0)) func readOnlyDirectory() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(small, to: "card.yaml")
    let folder = leptoscan.folder.appendingPathComponent("locked")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    chmod(folder.path, 0o555)
    #expect(try leptoscan.run(["scan", "card.yaml", "-o", "locked/out.h5"]).exitCode == 73)
  }

  /// A full disk, as a limit on the size of files.
  @Test func fullDisk() throws {
    defer { leptoscan.cleanUp() }
    try leptoscan.write(card, to: "card.yaml")
    let outcome = try leptoscan.shell(
      "trap '' XFSZ; ulimit -f 1000; '\(Leptoscan.executable.path)' scan card.yaml -o out.h5")
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.contains(" failed: File too large) free some space"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(!leptoscan.exists("out.h5.part") && !leptoscan.exists("out.h5.part.journal"))
  }
}
