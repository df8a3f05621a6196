import LeptonicPortal
import ScanStore

/// The file of a plan, or of one shard of it: how it is begun, and how it is found again after an interruption.
public struct ScanOutput: Sendable {
  public let plan: ScanPlan
  public let provenance: Provenance
  public let shard: Shard
  /// Whether the plan has only those points that this shard keeps.
  public let isSelected: Bool
  /// Columns of a list of points that the file of the whole list passes on.
  private let others: [PointList.OtherColumn]

  public init(
    plan: ScanPlan, provenance: Provenance, shard: Shard = .whole, isSelected: Bool = false,
    others: [PointList.OtherColumn] = []
  ) {
    self.others = others
    self.plan = plan
    self.provenance = provenance
    self.shard = shard
    self.isSelected = isSelected
  }

  /// The points of each pass that the file holds.
  public var points: [Range<Int>] { plan.passes.map { shard.points(of: $0, isSelected: isSelected) } }

  /// What the numbers of the file follow from: two files with the same identity are equal up to the device's name.
  public var identity: String {
    ScanIdentity(
      numerics: provenance.numerics, schemaVersion: outputSchemaVersion, shard: shard,
      card: provenance.resolvedCard ?? "points: \(plan.pointCount)"
    ).text
  }

  /// Begins the file.
  /// - Throws: `ScanStoreError`, see `JournaledWriter.create`.
  public func create(
    _ path: String, overwrite: Bool = false, isResumable: Bool = true
  ) throws -> JournaledWriter {
    try JournaledWriter.create(
      path, origin: provenance.source, identity: identity, schema: schema, sections: sections, overwrite: overwrite,
      isResumable: isResumable)
  }

  /// Goes on with the file, beginning it where nothing is there; nil if it is complete already.
  /// - Throws: `ScanStoreError`, see `JournaledWriter.resume`: `differentScan` for the file of another card or of other
  ///   numerics,
  ///   complete or not.
  public func resume(_ path: String, overwrite: Bool = false) throws -> JournaledWriter? {
    if try isSettled(path) { return nil }
    do {
      return try JournaledWriter.resume(
        path, origin: provenance.source, identity: identity, schema: schema, sections: sections, overwrite: overwrite)
    } catch let error as ScanStoreError where error.kind == .alreadyExists {
      try checkSame(path)
      throw error
    }
  }

  /// Throws `differentScan` where a complete file is there that is another scan, and what is wrong with one that is
  /// truncated or damaged; other files that are no scans pass.
  public func checkSame(_ path: String) throws {
    let file: ScanFile
    do {
      file = try ScanFile.open(path)
    } catch let error as ScanStoreError {
      if error.isAboutContent { throw error }
      return
    }
    guard let found = try ScanIdentity(of: file), found.text != identity else { return }
    throw ScanStoreError.differentScan(
      path, by: file.attributes["source"]?.text ?? "", found: found.text, wanted: identity)
  }

  /// What is left to do.
  public func work(after writer: JournaledWriter) -> ScanWork {
    ScanWork(points: points, finished: writer.finished)
  }

  var schema: FileSchema {
    guard shard.count == 1 else {
      return FileSchema(plan: plan, provenance: provenance, shard: shard, points: points)
    }
    var schema = FileSchema(plan: plan, provenance: provenance)
    schema.add(others)
    return schema
  }

  private var sections: [JournaledWriter.Section] {
    zip(plan.passes, points).map { pass, points in
      .init(variables: points.isEmpty ? [] : pass.quantities.map(\.name), points: points)
    }
  }

  /// Whether nothing is left to do for the file; what a crash left beside it is removed then.
  public func isSettled(_ path: String) throws -> Bool {
    guard try isComplete(path) else { return false }
    try JournaledWriter.removeJournal(ofComplete: path)
    return true
  }

  /// Whether the file is there under its own name, nothing of it is unfinished, and it is this scan.
  public func isComplete(_ path: String) throws -> Bool {
    if (try? ScanFile.open(ScanFileWriter.partialPath(of: path))) != nil { return false }
    guard let file = try? ScanFile.open(path) else { return false }
    return try ScanIdentity(of: file)?.text == identity
  }
}
