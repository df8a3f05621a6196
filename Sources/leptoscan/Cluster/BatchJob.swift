import Foundation

/// A scan in shards as a batch system runs it.
struct BatchJob {
  /// A file to write.
  struct File {
    var path: String
    var text: String
  }

  /// The leptoscan that the jobs run.
  var program: String
  var card: String
  var output: String
  var shards: Int
  /// Time limit of one job.
  var seconds: Int
  var cores: Int
  /// What a job asks for; nil where it is not known before the scan.
  var memoryMiB: Int?

  /// Seconds before the time limit at which a job is told to stop: a chunk and a sync take far less.
  static let notice = 60

  /// Half as much again and 256 MiB more than a plan says, in steps of 64 MiB: drivers and libraries of the machines differ.
  static func memoryMiB(planned bytes: Int) -> Int {
    let mebibytes = bytes >> 20
    return (mebibytes + mebibytes / 2 + 256 + 63) / 64 * 64
  }

  /// Reads `HH:MM:SS` or `DD-HH:MM:SS` with a day and more; nil for anything else, and below two minutes.
  static func seconds(_ text: String) -> Int? {
    let days = text.split(separator: "-", omittingEmptySubsequences: false)
    let parts = (days.last ?? "").split(separator: ":", omittingEmptySubsequences: false)
    let numbers = (days.dropLast() + parts).map { Int($0) ?? -1 }
    guard days.count <= 2, parts.count == 3, numbers.allSatisfy({ (0..<100_000).contains($0) }) else { return nil }
    let weights = [86400, 3600, 60, 1].suffix(numbers.count)
    let seconds = zip(numbers, weights).map { $0 * $1 }.reduce(0, +)
    return seconds >= 2 * notice ? seconds : nil
  }

  /// The file of this program, whatever name it was called by.
  static var ownPath: String {
    Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  /// `OUT` without its extension: what the names of all files begin with.
  var stem: String {
    let name = output.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return output }
    return String(output.dropLast(name[dot...].count))
  }

  /// The name of a shard; `number` is a digit string or a variable of the batch system.
  func shardPath(_ number: String) -> String { "\(stem)-shard-\(number).h5" }

  var limit: String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    return String(format: "%02d:%02d:%02d", hours, minutes, rest)
  }

  /// Why the batch systems cannot write to files of that name; nil if they can.
  func problem(of system: SubmitCommand.System) -> String? {
    // Slurm expands nothing in a name with a backslash; HTCondor knows no quotes in the names of files.
    let refused: Set<Character> = system == .slurm ? ["\\"] : ["\\", "\"", "$"]
    let isRefused = stem.first { character in
      refused.contains(character) || character.isNewline || (system == .htcondor && character.isWhitespace)
    }
    return isRefused.map { "\(system) cannot use names with '\($0)'" }
  }

  /// A word of a shell command.
  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
