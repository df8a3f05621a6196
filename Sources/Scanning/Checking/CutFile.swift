import ComputeDevices
import ScanStore

/// A part of a scan that another program cut out of it. Reads `PROBLEM (WHY) SUGGESTION`.
public struct CutFile: Error, Sendable, Hashable, CustomStringConvertible {
  public let path: String
  public let dimension: String
  public let size: Int
  /// What the run card gives.
  public let whole: Int

  public var description: String {
    "\(path) is a part of a scan (another program cut it: \(dimension) has \(size) of \(whole) values, and the checksums are "
      + "those of the whole) verify the file that it was cut from"
  }
}

extension ScanFile {
  /// Throws ``CutFile`` for a scan that another program wrote with fewer values along a dimension than its run card has. Nothing
  /// is damaged there, and nothing of it can be checked.
  public func checkIsNotCut(device: any Device) throws {
    guard !hasCheckedMetadata, Recalculation.isPossible(for: self), Shard(of: self) == nil,
      let card = try? RunCard(storedIn: self), let job = try? card.job(storedIn: [self])
    else { return }
    for dimension in job.space.dimensions {
      let found = dimensions.first { $0.name == dimension.name }?.size ?? size(along: dimension.name) ?? 1
      if found == dimension.size { continue }
      throw CutFile(path: path, dimension: dimension.name, size: found, whole: dimension.size)
    }
  }

  /// Other programs do not always make a dimension a scale. Nil where one value was taken.
  private func size(along dimension: String) -> Int? {
    variables.lazy.compactMap { variable in
      variable.dimensions.firstIndex(of: dimension).map { variable.shape[$0] }
    }.first
  }
}
