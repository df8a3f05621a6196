import ComputeDevices
import LeptonicPortal
import ScanStore

/// Shards of one scan put together into the file that the whole scan would have written, byte for byte if they were
/// computed on devices of one name by one build.
public struct ShardMerge {
  public let output: ScanOutput
  let shards: [ShardFile]

  /// Opens the shards and checks that they belong together, overlap nowhere and leave nothing out.
  ///
  /// - Parameters:
  ///   - numerics: those of this program, which must be those of the shards.
  ///   - device: evaluates the fields that the plan needs.
  /// - Throws: ``MergeError``; errors of the files and the device.
  public init(_ paths: [String], numerics: Int32 = numericsVersion, device: any Device) throws {
    var shards = try paths.map(ShardFile.init)
    guard let first = shards.first else { throw MergeError.noShards }
    try ShardMerge.checkKinship(shards, of: first, numerics: numerics)
    let card = try RunCard(
      yaml: first.identity.card, file: "\(resolvedCardName) of \(first.path)", knownObservables: Model.observableNames)
    if card.keep != .all { try ShardMerge.order(&shards) }
    let plan = try ScanPlan(job: card.job(storedIn: shards.map(\.file)), device: device)
    if card.keep != .all, plan.pointCount == 0 { throw PlanError.nothingKept }
    let provenance = Provenance(
      source: ShardMerge.texts("source", of: shards).joined(separator: "; "), numerics: numerics,
      device: ShardMerge.device(of: shards), deviation: ShardMerge.deviation(of: shards),
      seed: card.seed, resolvedCard: first.identity.card)
    output = ScanOutput(plan: plan, provenance: provenance)
    self.shards = shards
    for pass in plan.passes { try ShardMerge.checkCover(of: pass, by: shards) }
  }

  /// Copies everything that `writer` does not have yet.
  /// - Parameter progress: called with the fraction done.
  /// - Throws: ``MergeError/damaged(path:variable:block:)`` for a shard that lost its content, ``ScanStopped``.
  public func run(
    into writer: JournaledWriter, shouldStop: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) throws {
    let finished = writer.finished
    let total = Double(max(1, output.plan.byteCount))
    var done = 0
    for (index, pass) in output.plan.passes.enumerated() {
      for shard in shards {
        let points = try shard.points(of: pass)
        let copier = try ShardCopier(shard, pass: pass, points: points)
        for piece in copier.pieces where !RangeSet(piece).isSubset(of: finished[index]) {
          if shouldStop() { throw ScanStopped() }
          try copier.read(piece) { try writer.store(section: index, points: piece, columns: $0) }
          done += piece.count * pass.bytesPerPoint
          progress(Double(done) / total)
        }
      }
    }
  }

  private static func checkKinship(_ shards: [ShardFile], of first: ShardFile, numerics: Int32) throws {
    for shard in shards {
      if shard.identity.numerics != numerics {
        throw MergeError.otherNumerics(
          path: shard.path, source: shard.file.attributes["source"]?.text ?? "another program",
          numerics: shard.identity.numerics, own: numerics)
      }
      if shard.identity.schemaVersion != first.identity.schemaVersion {
        throw MergeError.unlike(path: shard.path, other: first.path, difference: "their schema_version differs")
      }
      if shard.identity.card != first.identity.card {
        throw MergeError.unlike(path: shard.path, other: first.path, difference: "their run cards differ")
      }
    }
  }

  /// Shards of a scan that keeps some of its points: all of one division are needed, and one follows the other.
  private static func order(_ shards: inout [ShardFile]) throws {
    shards.sort { $0.shard.index < $1.shard.index }
    for (shard, next) in zip(shards, shards.dropFirst()) {
      if shard.shard.count != next.shard.count {
        throw MergeError.unlike(path: next.path, other: shard.path, difference: "they are of different divisions")
      }
      if shard.shard.index == next.shard.index {
        throw MergeError.overlap(path: next.path, other: shard.path, variable: PointList.dimensionName)
      }
    }
    let absent = absentShards(shards)
    if !absent.isEmpty { throw MergeError.absent(shards: absent, of: shards[0].shard.count) }
    for index in shards.indices.dropFirst() {
      shards[index].keptBefore = shards[index - 1].keptBefore + shards[index - 1].file.keptCount
    }
  }

  private static func checkCover(of pass: ScanPass, by shards: [ShardFile]) throws {
    let variable = pass.quantities.first?.name ?? ""
    var covered = RangeSet<Int>()
    var holders: [(points: Range<Int>, path: String)] = []
    for shard in shards {
      let points = try shard.points(of: pass)
      if points.isEmpty { continue }
      guard points.upperBound <= pass.program.count, shard.holds(pass, points: points.count) else {
        throw MergeError.wrongExtent(path: shard.path, variable: variable)
      }
      if let other = holders.first(where: { $0.points.overlaps(points) }) {
        throw MergeError.overlap(path: shard.path, other: other.path, variable: variable)
      }
      holders.append((points, shard.path))
      covered.insert(contentsOf: points)
    }
    let gap = RangeSet(0..<pass.program.count).subtracting(covered)
    guard let missing = gap.ranges.first else { return }
    throw MergeError.missing(
      variable: variable, points: "\(missing.lowerBound) to \(missing.upperBound - 1)",
      shards: absentShards(shards), of: shards.first?.shard.count ?? 0)
  }

  /// The numbers of the shards that are not there, where all are parts of the same division.
  private static func absentShards(_ shards: [ShardFile]) -> [Int] {
    guard let count = shards.first?.shard.count, shards.allSatisfy({ $0.shard.count == count }) else { return [] }
    let present = Set(shards.map(\.shard.index))
    return (1...count).lazy.filter { !present.contains($0) }.prefix(10).map { $0 }
  }

  /// The devices of the shards, each named once.
  private static func device(of shards: [ShardFile]) -> DeviceIdentity {
    DeviceIdentity(
      selector: "", name: texts("device", of: shards).joined(separator: "; "),
      driver: texts("device_driver", of: shards).joined(separator: "; "), computeUnits: 0)
  }

  private static func deviation(of shards: [ShardFile]) -> String? {
    let deviations = texts("device_deviation", of: shards).filter { $0 != noDeviation }
    return deviations.isEmpty ? nil : deviations.joined(separator: "; ")
  }

  /// What the shards say in an attribute, in their order, each text once.
  private static func texts(_ attribute: String, of shards: [ShardFile]) -> [String] {
    var texts: [String] = []
    for shard in shards.sorted(by: { $0.shard.index < $1.shard.index }) {
      if let text = shard.file.attributes[attribute]?.text, !texts.contains(text) { texts.append(text) }
    }
    return texts
  }
}

extension ShardFile {
  /// Whether every variable of the pass is there, in its type and with that many points.
  fileprivate func holds(_ pass: ScanPass, points: Int) -> Bool {
    zip(pass.quantities, pass.program.results).allSatisfy { quantity, result in
      file.variables.contains {
        $0.name == quantity.name && $0.elementCount == points && $0.content == .numbers(result.type.stored)
      }
    }
  }
}
