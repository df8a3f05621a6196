import PortalKernels

/// The thermal averages that all couplings of a grid share (Kernels/portable/shared_rows.h), behind the relic tables.
package struct SharedAverages: GridRowStorage {
  package init() {}

  package func rowCount(_ tables: [Double]) -> Int { portal_relic_shared_rows(tables) }

  package func length(_ tables: [Double], groups: Int) -> Int {
    tables.count + portal_relic_shared_length(tables, groups)
  }

  package func begin(_ tables: [Double], groups: Int, largest: [Double]) -> [Double] {
    var all = tables
    let length = length(tables, groups: groups)
    all.reserveCapacity(length)
    all.append(contentsOf: repeatElement(0, count: length - tables.count))
    portal_relic_shared_begin(&all, tables.count, groups, largest[0], largest[1])
    return all
  }

  package func fill(_ tables: inout [Double], first: Int, count: Int, columns: [[Double]]) {
    let values = columns.flatMap(\.self)
    let length = columns.first?.count ?? 0
    values.withUnsafeBufferPointer { values in
      let starts = columns.indices.map { k in values.baseAddress.map { $0 + k * length } }
      portal_relic_shared_fill(&tables, first, count, starts)
    }
  }
}
