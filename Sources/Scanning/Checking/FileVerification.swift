import Foundation
import HostResources
import ScanStore

/// Whether a file still is what was written: every number against its checksum.
public struct FileVerification: Sendable, Equatable {
  public var damaged: [DamagedBlock] = []
  public var bytesChecked = 0
  /// Variables without checksum: those of files from other programs.
  public var unchecked: [String] = []
  /// Whether everything but the numbers has a checksum too; where it does, it was compared when the file was opened.
  public var hasCheckedMetadata: Bool

  /// Bytes held in memory at a time.
  private static let pieceBytes = 16 << 20

  /// Reads the whole file.
  /// - Parameter shouldStop: asked between pieces; throws ``ScanStopped`` then.
  public init(of file: ScanFile, shouldStop: () -> Bool = { false }) throws {
    hasCheckedMetadata = file.hasCheckedMetadata
    for variable in file.variables {
      switch variable.content {
      case .numbers: try check(variable.name, of: file, shouldStop: shouldStop)
      case .text where variable.shape.count <= 1: damaged += try file.damage(ofText: variable.name)
      case .text, .other: unchecked.append(variable.name)
      }
    }
  }

  private mutating func check(_ name: String, of file: ScanFile, shouldStop: () -> Bool) throws {
    let reader = try CheckedReader(file, variable: name)
    // A shard may have no points, and then there is nothing to have a checksum.
    if reader.variable.elementCount == 0 { return }
    guard reader.hasChecksums else { return unchecked.append(name) }
    let memory = try HostBuffer(byteCount: FileVerification.pieceBytes)
    let buffer = memory.bytes
    defer { withExtendedLifetime(memory) {} }
    let elements = RangeSet(0..<reader.variable.elementCount)
    for piece in elements.chunks(of: FileVerification.pieceBytes / reader.type.size) {
      if shouldStop() { throw ScanStopped() }
      damaged += try reader.read(elements: piece, into: buffer)
      bytesChecked += piece.count * reader.type.size
    }
  }
}
