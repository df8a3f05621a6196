import Foundation

/// Compiled OpenCL programs on disk, so that a driver compiles a kernel once.
///
/// One file per program, named by a hash of everything that its binary depends on: source, options, device, driver.
/// A file holds magic, key, length, checksum, binary; one that is not exactly that is rebuilt, never trusted. Files
/// appear by renaming, so processes may share the directory. A directory that cannot be written is no error.
public struct ProgramCache: Sendable {
  /// Where the files are; nil if nothing is cached.
  public let directory: URL?

  static let fileExtension = "clbin"
  private static let magic = Array("leptoCL1".utf8)
  private static let headerLength = 8 + 16 + 8 + 16

  /// - Parameter directory: nil for no cache.
  public init(directory: URL?) { self.directory = directory }

  /// `LEPTOSCAN_CACHE_DIR` (empty: no cache), else `XDG_CACHE_HOME/leptoscan`, else `~/.cache/leptoscan`.
  public static func standard(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> ProgramCache {
    if let path = environment["LEPTOSCAN_CACHE_DIR"] {
      return ProgramCache(directory: path.isEmpty ? nil : URL(fileURLWithPath: path, isDirectory: true))
    }
    // The XDG specification has relative paths ignored.
    if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
      return ProgramCache(directory: URL(fileURLWithPath: path).appendingPathComponent("leptoscan"))
    }
    guard let home = environment["HOME"], !home.isEmpty else { return ProgramCache(directory: nil) }
    return ProgramCache(directory: URL(fileURLWithPath: home).appendingPathComponent(".cache/leptoscan"))
  }

  /// The key of a program: changes with any of the parts, and with how they are divided.
  static func key(_ parts: [String]) -> UInt128 {
    var hash = FNV1a()
    for part in parts {
      hash.add(littleEndianBytes(UInt64(part.utf8.count)))
      hash.add(part.utf8)
    }
    return hash.value
  }

  /// The binary stored under a key; nil if there is none or the file is damaged.
  func load(_ key: UInt128) -> [UInt8]? {
    guard let file = file(for: key), let data = try? Data(contentsOf: file), data.count > Self.headerLength else {
      return nil
    }
    let binary = [UInt8](data.dropFirst(Self.headerLength))
    return Array(data.prefix(Self.headerLength)) == Self.header(key, binary) ? binary : nil
  }

  func store(_ binary: [UInt8], under key: UInt128) {
    guard let file = file(for: key), let directory, !binary.isEmpty else { return }
    try? FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try? Data(Self.header(key, binary) + binary).write(to: file, options: .atomic)
  }

  func file(for key: UInt128) -> URL? {
    directory?.appendingPathComponent("\(String(key, radix: 16)).\(Self.fileExtension)")
  }

  private static func header(_ key: UInt128, _ binary: [UInt8]) -> [UInt8] {
    var checksum = FNV1a()
    checksum.add(binary)
    return magic + littleEndianBytes(key) + littleEndianBytes(UInt64(binary.count))
      + littleEndianBytes(checksum.value)
  }
}

/// The 128-bit FNV-1a hash (Fowler, Noll, Vo): finds accidents, not forgeries.
struct FNV1a {
  private(set) var value: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b }
  }
}

private func littleEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
