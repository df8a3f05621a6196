import Foundation
import Testing

@Suite struct SlurmTests {
  /// `Tests/scripts/slurm-scan`: array job, stop, requeue, merge. Passed over with a message where there is no Slurm.
  @Test func realSlurmComputesTheScan() throws {
    let script = Process()
    script.executableURL = Leptoscan.checkout.appendingPathComponent("Tests/scripts/slurm-scan")
    script.arguments = [Leptoscan.executable.path]
    let output = Pipe()
    script.standardOutput = output
    script.standardError = output
    try unblockingSignals { try script.run() }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    script.waitUntilExit()
    if script.terminationStatus == 77 { try Test.cancel("\(text)") }
    #expect(script.terminationStatus == 0, "\(text)")
  }
}
