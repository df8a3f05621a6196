import ScanStore

extension RunCard {
  /// What the card asks for, at the points that files of its scan hold: one file, or its shards in their order.
  /// - Throws: ``PlanError``, errors of the files.
  func job(storedIn files: [ScanFile]) throws -> ScanJob {
    let list = try PointList(storedIn: files, of: self)
    return try job(list: list, kept: keep == .all ? nil : files.flatMap { try $0.keptPoints() })
  }
}

extension ScanFile {
  /// Of a scan that kept some of its points, the numbers of those that the file holds.
  fileprivate func keptPoints() throws -> [Double] {
    keptCount == 0 ? [] : try readDoubles(PointList.dimensionName)
  }

  /// How many points the file holds of a scan that kept some.
  var keptCount: Int { variables.first { $0.name == PointList.dimensionName }?.elementCount ?? 0 }
}

extension Shard {
  /// The points of a pass that the shard's file holds.
  /// - Parameter isSelected: whether the plan has only those points that this shard kept.
  func points(of pass: ScanPass, isSelected: Bool) -> Range<Int> {
    isSelected && !pass.dimensions.isEmpty ? 0..<pass.program.count : points(of: pass.program.count)
  }
}
