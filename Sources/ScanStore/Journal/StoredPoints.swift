import HostResources
import Synchronization

extension JournaledWriter {
  /// Reads every stored point and compares it with the checksums in the journal. Points of blocks that were altered since
  /// are taken back, and so computed again; on return that is on the disk.
  func takeBackDamage() throws {
    for (section, finished) in finished.enumerated() {
      let damage = try damage(of: section, finished)
      if damage.isEmpty { continue }
      state.withLock { $0.damage += damage }
      let first = sections[section].points.lowerBound
      let points = RangeSet(damage.map { $0.elements.lowerBound + first..<$0.elements.upperBound + first })
      try takeBack(points.intersection(finished), of: section, damage)
    }
    if !damagedBlocks.isEmpty { try checkpoint() }
  }

  private func damage(of section: Int, _ finished: RangeSet<Int>) throws -> [DamagedBlock] {
    let first = sections[section].points.lowerBound
    return try sections[section].variables.flatMap { name -> [DamagedBlock] in
      guard let extent = writer.extents[name] else { return [] }
      let recorded = state.withLock { $0.sums[name] ?? [] }
      let perBlock = BlockChecksums.blockBytes / extent.type.size
      return try recorded.indices.compactMap { block in
        let elements = block * perBlock..<min((block + 1) * perBlock, extent.elementCount)
        let stored = finished.intersection(RangeSet(elements.lowerBound + first..<elements.upperBound + first))
        let sum = try stored.ranges.reduce(0) { sum, points in
          sum &+ (try sums(of: extent, points.lowerBound - first..<points.upperBound - first).first ?? 0)
        }
        return sum == recorded[block] ? nil : DamagedBlock(variable: name, block: block, elements: elements)
      }
    }
  }

  /// What an altered block adds to its checksum is not known any more, but what all stored points of it added is: that is
  /// taken back with the first of them.
  private func takeBack(_ points: RangeSet<Int>, of section: Int, _ damage: [DamagedBlock]) throws {
    let first = sections[section].points.lowerBound
    var isTakenBack: Set<DamagedBlock> = []
    for range in points.ranges {
      var record = JournalRecord(section: section, elements: range, sums: [], isRetraction: true)
      for name in sections[section].variables {
        guard let extent = writer.extents[name] else { continue }
        let elements = range.lowerBound - first..<range.upperBound - first
        let recorded = state.withLock { $0.sums[name] ?? [] }
        var added = try sums(of: extent, elements)
        let blocks = BlockChecksums.blocks(touchedBy: elements, type: extent.type)
        for block in damage where block.variable == name && blocks.contains(block.block) {
          added[block.block - blocks.lowerBound] = isTakenBack.insert(block).inserted ? recorded[block.block] : 0
        }
        record.sums += added.map { 0 &- $0 }
      }
      add(record)
    }
  }

  /// What elements add to the checksum of each block that they touch, as they are on the disk.
  private func sums(of extent: Extent, _ elements: Range<Int>) throws -> [UInt64] {
    let perBlock = BlockChecksums.blockBytes / extent.type.size
    let memory = try HostBuffer(byteCount: BlockChecksums.blockBytes)
    let buffer = memory.bytes
    defer { withExtendedLifetime(memory) {} }
    return try BlockChecksums.blocks(touchedBy: elements, type: extent.type).map { block in
      let part = elements.clamped(to: block * perBlock..<(block + 1) * perBlock)
      try writer.read(part, at: extent, into: buffer)
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<(part.count * extent.type.size)])
      return BlockChecksums.sum(of: bytes, elementSize: extent.type.size, from: part.lowerBound)
    }
  }
}
