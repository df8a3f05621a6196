import Foundation
import Synchronization

/// A process that reads a file first, because nothing says that its metadata are what was written.
///
/// libhdf5 trusts what it reads: a wrong byte outside the numbers can crash it or keep it busy for ever. A file with a valid
/// ``MetadataTrailer`` is opened at once. Files of other programs, and those that lost their trailer, are read by a child
/// process before; where that ends by a signal or takes too long, the file is refused. This is no protection from those who
/// forge a trailer.
public final class FileProbe: Sendable {
  /// A program and its first arguments; then come the file and the variables that are to be read besides the metadata. It ends
  /// with 0 where all could be read and with ``readingFails`` where libhdf5 said why not.
  private let command: [String]
  /// Time that it has for any file; more for larger ones.
  private let seconds: Double
  /// The files that were read, and the variables of each.
  private let passed = Mutex<[Version: Set<String>]>([:])

  /// The exit code of a probe for which reading failed as it should: here, too, it will.
  public static let readingFails: Int32 = 65
  /// The exit code of a probe whose memory did not suffice.
  public static let needsTooMuch: Int32 = 66
  /// Bytes of a file that are read per second at the least, uncompressed.
  private static let slowest = 20e6

  /// A file as it is now.
  private struct Version: Hashable {
    var device: UInt64
    var inode: UInt64
    var size: Int64
    var modified: Int
  }

  private static let installed = Mutex<FileProbe?>(nil)

  public init(command: [String], seconds: Double = 60) {
    self.command = command
    self.seconds = seconds
  }

  /// From now on this process opens no file without trailer that the probe has not read before.
  public func install() { FileProbe.installed.withLock { $0 = self } }

  /// Where a probe is installed, lets it read a file, or variables of it.
  /// - Throws: ``ScanStoreError`` of kind `damaged` where that ends badly.
  static func check(_ path: String, reading variables: [String]) throws {
    guard let probe = installed.withLock({ $0 }) else { return }
    try probe.check(path, reading: variables)
  }

  /// - Throws: ``ScanStoreError``: `damaged` where the probe ends by a signal, takes too long or needs too much memory.
  public func check(_ path: String, reading variables: [String]) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    #if canImport(Darwin)
      let modified = status.st_mtimespec.tv_sec ^ status.st_mtimespec.tv_nsec
    #else
      let modified = status.st_mtim.tv_sec ^ status.st_mtim.tv_nsec
    #endif
    let version = Version(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
      modified: modified)
    let known = passed.withLock { $0[version] }
    let variables = variables.filter { known?.contains($0) != true }
    if known != nil, variables.isEmpty { return }
    let limit = seconds + Double(status.st_size) / FileProbe.slowest
    guard let end = try ChildProcess.run(command + [path] + variables, seconds: limit) else {
      throw refused(path, "reading it takes more than \(Int(limit)) s")
    }
    if let signal = end.signal {
      throw refused(path, "libhdf5 \(ScanFile.libraryVersion) ends with signal \(signal) while it reads it")
    }
    switch end.code {
    case 0, FileProbe.readingFails: passed.withLock { $0[version, default: []].formUnion(variables) }
    case FileProbe.needsTooMuch: throw refused(path, "reading it needs too much memory")
    default: throw refused(path, "a process that was to read it first ended with \(end.code)")
    }
  }

  private func refused(_ path: String, _ reason: String) -> ScanStoreError {
    ScanStoreError(
      .damaged, path: path, call: "FileProbe", problem: "cannot read \(path)",
      reason: "\(reason), which was tried in a process of its own since nothing says that the file is whole",
      suggestion: "take it from a copy, or write it anew with the program that made it")
  }
}

extension ScanFile {
  /// Reads the metadata of a file, and variables of it; for the process that finds out whether that can be done.
  /// - Throws: errors of the file.
  public static func tryReading(_ path: String, variables names: [String]) throws {
    let file = try ScanFile.open(path)
    _ = try file.sources()
    let piece = 1 << 20
    for variable in file.variables where names.contains(variable.name) {
      _ = try file.checksums(of: variable.name)
      switch variable.content {
      case .numbers:
        for start in stride(from: 0, to: variable.elementCount, by: piece) {
          _ = try file.readDoubles(variable.name, elements: start..<min(start + piece, variable.elementCount))
        }
      case .text where variable.shape.count <= 1: _ = try file.readTexts(variable.name)
      case .text, .other: break
      }
    }
  }
}
