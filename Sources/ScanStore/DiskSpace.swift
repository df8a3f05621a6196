import Foundation

/// Room on the file system that a file would be written to.
public struct DiskSpace: Sendable, Hashable {
  /// The folder that the file would be in.
  public let folder: String
  /// Bytes that this user may still take; nil where the file system does not tell.
  public let free: Int?

  /// - Parameter path: the file, which need not be there.
  public init(for path: String) {
    folder = parentFolder(of: path)
    var status = statvfs()
    // Network file systems may say that they have nothing at all.
    free = statvfs(folder, &status) == 0 && status.f_blocks > 0 ? Int(status.f_bavail) * Int(status.f_frsize) : nil
  }

  /// What a file has of the disk already; 0 where there is none. A sparse file has less than its size.
  public static func taken(by path: String) -> Int {
    var status = stat()
    // The unit is 512 bytes whatever the file system's blocks are.
    return stat(path, &status) == 0 ? Int(status.st_blocks) * 512 : 0
  }

  /// Throws ``ScanStoreError`` of kind `noSpace` where a file of so many bytes does not fit.
  public func check(needed: Int, path: String) throws {
    guard let free, needed > free else { return }
    throw ScanStoreError(
      .noSpace, path: path, call: "statvfs", problem: "\(path) does not fit on the disk",
      reason: "\(needed) bytes are needed, \(free) are free in \(folder)",
      suggestion: "free some space, choose another folder, or store less (float32, fewer observables, shards)")
  }
}
