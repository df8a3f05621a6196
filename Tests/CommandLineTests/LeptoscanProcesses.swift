import Foundation
import ScanStore
import Testing

extension Leptoscan {
  /// Starts a scan and sends it a signal after its first report, when a chunk is stored. The exit code of a killed process
  /// is the signal.
  func stop(scan card: String, to output: String, with signal: Int32) throws -> Outcome {
    try inTime {
      let (process, errors) = try start(scan: card, to: output)
      // Twice, as GNU timeout does.
      for _ in 0..<2 { kill(process.processIdentifier, signal) }
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      if !exists(output) { return Outcome(exitCode: process.terminationStatus, output: "", errors: text) }
      try FileManager.default.removeItem(at: folder.appendingPathComponent(output))
      return nil
    }
  }

  /// Starts a scan and halts it after its first report, until it gets `SIGCONT`.
  func halt(scan card: String, to output: String) throws -> Process {
    try inTime {
      let process = try start(scan: card, to: output).process
      kill(process.processIdentifier, SIGSTOP)
      var change = siginfo_t()
      let isChild = waitid(P_PID, id_t(process.processIdentifier), &change, WSTOPPED | WEXITED | WNOWAIT) == 0
      if isChild && change.si_code == CLD_STOPPED && !exists(output) { return process }
      kill(process.processIdentifier, SIGCONT)
      process.waitUntilExit()
      try FileManager.default.removeItem(at: folder.appendingPathComponent(output))
      return nil
    }
  }

  /// Waits for the first report of a scan.
  private func start(scan card: String, to output: String) throws -> (process: Process, errors: Pipe) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = Leptoscan.executable
    process.arguments = ["scan", card, "-o", output, "--progress", "json"]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    #expect(errors.fileHandleForReading.availableData.isEmpty == false)
    return (process, errors)
  }

  private struct MissedEveryTime: Error {}

  /// Tries again where the machine was so busy that the scan was complete before it was met, which `body` says with nil.
  private func inTime<T>(_ body: () throws -> T?) throws -> T {
    for _ in 0..<20 {
      if let result = try body() { return result }
    }
    throw MissedEveryTime()
  }

  /// Runs a script in the test's folder.
  func shell(_ script: String) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try unblockingSignals { try process.run() }
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Outcome(exitCode: process.terminationStatus, output: "", errors: text)
  }

  /// Takes a file away while `body` runs.
  func hide(_ name: String, _ body: () throws -> Void) throws {
    let (here, away) = (folder.appendingPathComponent(name), folder.appendingPathComponent(name + ".hidden"))
    try FileManager.default.moveItem(at: here, to: away)
    defer { try? FileManager.default.moveItem(at: away, to: here) }
    try body()
  }

  /// Flips a bit of the last number of a variable.
  func damageLastNumber(of variable: String, in name: String) throws {
    let url = folder.appendingPathComponent(name)
    let extent = try #require(try ScanFile.open(url.path).variable(variable).extent)
    let offset = UInt64(extent.byteOffset + extent.byteCount - 2)
    let file = try FileHandle(forUpdating: url)
    try file.seek(toOffset: offset)
    let byte = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: offset)
    try file.write(contentsOf: Data([byte ^ 0x20]))
    try file.close()
  }
}

/// Tests run on threads that block signals, and processes inherit that: daemons could not be stopped.
func unblockingSignals(_ body: () throws -> Void) rethrows {
  var (all, before) = (sigset_t(), sigset_t())
  sigfillset(&all)
  pthread_sigmask(SIG_UNBLOCK, &all, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  try body()
}
