import ArgumentParser
import Foundation
import ScanStore

/// What leptoscan runs in a process of its own before it opens a file of which nothing says that it is whole; see `FileProbe`.
struct ProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe-file", abstract: "Read a file, within limits of time and memory.", shouldDisplay: false)

  @Argument(parsing: .remaining) var words: [String]

  /// The program that probes files: this one, or what a test puts in its place.
  static var probe: FileProbe {
    let standIn = ProcessInfo.processInfo.environment["LEPTOSCAN_FILE_PROBE"].flatMap { $0.isEmpty ? nil : $0 }
    let seconds = ProcessInfo.processInfo.environment["LEPTOSCAN_FILE_PROBE_SECONDS"].flatMap(Double.init)
    return FileProbe(
      command: standIn.map { [$0] } ?? [BatchJob.ownPath, configuration.commandName ?? ""], seconds: seconds ?? 60)
  }

  func run() throws {
    guard let path = words.first else { throw ValidationError("A file is missing.") }
    limit(bytes: (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
    do {
      try ScanFile.tryReading(path, variables: Array(words.dropFirst()))
    } catch {
      let isAboutMemory = "\(error)".contains("alloc") || "\(error)".contains("memory")
      Foundation.exit(isAboutMemory ? FileProbe.needsTooMuch : FileProbe.readingFails)
    }
  }

  /// Bytes that reading may take besides what the process has already and four times the file.
  private static let memory = 4 << 30

  /// Whoever waits for this process ends it when its time is over; where he is gone, the processor's time ends it.
  private func limit(bytes: Int) {
    setLimit(ResourceLimit.core, 0)
    setLimit(ResourceLimit.processorTime, 600 + bytes / 10_000_000)
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").first
    guard let used = pages.flatMap({ Int($0) }) else { return }
    setLimit(ResourceLimit.memory, used * Int(getpagesize()) + ProbeCommand.memory + 4 * bytes)
  }

  private func setLimit(_ resource: ResourceLimit.Kind, _ most: Int) {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_cur, rlim_t(most))
    _ = setrlimit(resource, &limit)
  }
}

/// The limits of a process, whose type differs between the C libraries.
private enum ResourceLimit {
  #if canImport(Darwin)
    typealias Kind = Int32
    static let (core, processorTime, memory) = (RLIMIT_CORE, RLIMIT_CPU, RLIMIT_AS)
  #else
    typealias Kind = __rlimit_resource_t
    static let core = Kind(RLIMIT_CORE.rawValue)
    static let processorTime = Kind(RLIMIT_CPU.rawValue)
    static let memory = Kind(RLIMIT_AS.rawValue)
  #endif
}
