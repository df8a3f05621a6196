import LeptonicPortal
import ScanStore

extension RunCard {
  /// Whether the scan of a list of points is complete, told without the list, which may be gone by then: a file's card has
  /// the number of points and the checksum of its list. False for other points.
  /// - Throws: errors of the file.
  public func isCompleteWithoutList(_ path: String, shard: Shard) throws -> Bool {
    guard case .listed(var named) = points,
      (try? ScanFile.open(ScanFileWriter.partialPath(of: path))) == nil, let file = try? ScanFile.open(path),
      let found = try ScanIdentity(of: file), case .listed(let stored)? = (try? RunCard(storedIn: file))?.points,
      named.count ?? stored.count == stored.count, named.sha256 ?? stored.sha256 == stored.sha256
    else { return false }
    (named.count, named.sha256) = (stored.count, stored.sha256)
    var card = self
    card.points = .listed(named)
    return found
      == ScanIdentity(
        numerics: numericsVersion, schemaVersion: outputSchemaVersion, shard: shard, card: card.resolved)
  }
}
