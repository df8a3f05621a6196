import ComputeDevices
import Foundation
import HostResources
import LeptonicPortal
import ScanStore

/// A scan that keeps some of its points, in two stages: first the variable that decides, at every point, then everything
/// at the points that are kept.
///
/// Between the stages the numbers of the kept points are known, so the output has its final size when it is begun, and both
/// stages survive interruptions as every scan does. The first stage needs little space, a byte per point, in a file
/// `OUT.h5.selection` that is removed at the end; the points that are kept are computed twice, the others only as far as
/// the decision needs. The bits are those of a scan that keeps everything.
public struct SelectedScan: Sendable {
  /// The first stage.
  public let selection: ScanOutput
  private let card: RunCard
  private let list: PointList?
  private let condition: (variable: String, code: Int)
  private let device: any Device

  /// - Parameters:
  ///   - list: the points where the card names a file of them.
  ///   - device: evaluates the fields of fewer dimensions.
  /// - Returns: nil for a card that keeps all points.
  /// - Throws: ``PlanError``.
  public init?(
    card: RunCard, list: PointList?, provenance: Provenance, shard: Shard, device: any Device
  ) throws {
    guard let condition = card.keep.condition else { return nil }
    let plan = try ScanPlan(job: card.selectionJob(condition.variable, list: list), device: device)
    guard plan.passes.allSatisfy({ !$0.dimensions.isEmpty }) else { throw PlanError.sameEverywhere(condition.variable) }
    selection = ScanOutput(plan: plan, provenance: provenance, shard: shard)
    (self.card, self.list, self.condition, self.device) = (card, list, condition, device)
  }

  /// Where the first stage of an output lies.
  public static func selectionPath(of output: String) -> String { output + ".selection" }

  /// Whether the scan can be begun without replacing anything of an earlier one.
  /// - Throws: `ScanStoreError`: `alreadyExists`, `unfinishedExists`, the latter also between the stages.
  public static func checkAbsent(_ output: String) throws {
    try JournaledWriter.checkAbsent(output)
    let selection = selectionPath(of: output)
    do {
      try JournaledWriter.checkAbsent(selection)
    } catch let error as ScanStoreError where error.kind == .alreadyExists {
      throw ScanStoreError.unfinishedExists(output, found: selection)
    }
  }

  /// The second stage, after the first is complete.
  /// - Throws: ``PlanError/nothingKept`` where a whole scan would be empty, and the first stage is of no use any more; a
  ///   shard may be empty.
  public func output(of path: String) throws -> ScanOutput {
    let kept = try survivors(SelectedScan.selectionPath(of: path))
    if kept.isEmpty, selection.shard == .whole {
      SelectedScan.removeSelection(of: path)
      throw PlanError.nothingKept
    }
    let job = try card.job(list: list?.points(at: kept), kept: kept)
    return ScanOutput(
      plan: try ScanPlan(job: job, device: device), provenance: selection.provenance, shard: selection.shard,
      isSelected: true)
  }

  /// The first stage is not needed any more.
  public static func removeSelection(of output: String) {
    try? FileManager.default.removeItem(atPath: selectionPath(of: output))
  }

  /// The numbers of the points that are kept, ascending. The first stage may be of long ago, so its checksums are looked at.
  private func survivors(_ path: String) throws -> [Double] {
    guard let points = selection.points.first, !points.isEmpty else { return [] }
    let reader = try CheckedReader(ScanFile.open(path), variable: condition.variable)
    let length = reader.elementsPerBlock
    let memory = try HostBuffer(byteCount: length * reader.type.size)
    let buffer = memory.bytes
    defer { withExtendedLifetime(memory) {} }
    var kept: [Double] = []
    for piece in RangeSet(0..<points.count).chunks(of: length) {
      guard try reader.read(elements: piece, into: buffer).isEmpty else { throw PlanError.selectionDamaged(path: path) }
      for element in piece where value(in: buffer, at: element - piece.lowerBound, of: reader.type) == condition.code {
        kept.append(Double(points.lowerBound + element))
      }
    }
    return kept
  }

  /// Status variables have one byte, or four where they are sets of bits.
  private func value(in buffer: UnsafeMutableRawBufferPointer, at index: Int, of type: StoredType) -> Int {
    type == .uint8
      ? Int(buffer[index]) : Int(buffer.load(fromByteOffset: index * type.size, as: UInt32.self))
  }
}
