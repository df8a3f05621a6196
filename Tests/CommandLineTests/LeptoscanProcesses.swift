import Foundation
import ScanStore
import Testing

extension Leptoscan {
  /// Starts `leptoscan ARGUMENTS --progress json` and waits for its first report, when a chunk is stored.
  func start(_ arguments: [String], errors: Pipe = Pipe()) throws -> Process {
    let process = Process()
    process.executableURL = Leptoscan.executable
    process.arguments = arguments + ["--progress", "json"]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    #expect(errors.fileHandleForReading.availableData.isEmpty == false)
    return process
  }

  /// Starts it and sends it a signal after its first report. The exit code of a killed process is the signal.
  func stop(_ arguments: [String], with signal: Int32) throws -> Outcome {
    let errors = Pipe()
    let process = try start(arguments, errors: errors)
    kill(process.processIdentifier, signal)
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Outcome(exitCode: process.terminationStatus, output: "", errors: text)
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
