import Foundation
import Scanning

/// A command was stopped by a signal; everything that it computed is stored.
struct StoppedError: Error, CustomStringConvertible {
  var signal: String
  var output: String
  /// Percent stored.
  var percent: Double

  var description: String {
    "stopped at \(String(format: "%.1f", percent)) % (\(signal); \(output).part holds what is done) go on with: "
      + StoppedError.commandLine(CommandLine.arguments)
  }

  /// What is said of a stop between the two stages of a scan, which has all that was computed on the disk.
  static func betweenStages(of output: String) -> String {
    "; \(SelectedScan.selectionPath(of: output)) holds the first stage) go on with: "
      + commandLine(CommandLine.arguments)
  }

  /// The same command with `--resume`, ready to be pasted into a shell.
  static func commandLine(_ arguments: [String]) -> String {
    let resumed = arguments.contains("--resume") ? arguments : arguments + ["--resume"]
    return resumed.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,+@%".contains($0)) }
    return isPlain && !argument.isEmpty ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
  }
}

extension UsageError {
  /// A command that goes on with nothing was stopped by a signal.
  static func nothingWritten(_ request: StopRequest) -> UsageError {
    UsageError("stopped (\(request.signalName ?? "signal"); nothing is written) run it again", code: .resumable)
  }
}

extension StopSignals {
  /// For the time in which inputs are read and the work is planned, before anything is written.
  static func endBeforeWriting() { endAtOnce(saying: "; nothing is written) run it again") }
}
