import LeptonicPortal
import ScanStore

/// The text variable that holds the run card.
public let resolvedCardName = "resolved_card"

extension FileSchema {
  /// The file of a shard: of every observable the shard's points only, along a dimension `points_K` per pass, and no
  /// coordinates, which the card gives.
  /// - Parameter points: of each pass.
  init(plan: ScanPlan, provenance: Provenance, shard: Shard, points: [Range<Int>]) {
    var schema = FileSchema(plan: plan, provenance: provenance)
    schema.dimensions = []
    schema.variables.removeAll { $0.name != resolvedCardName }
    for (index, (pass, points)) in zip(plan.passes, points).enumerated() {
      if points.isEmpty { continue }
      let dimension = Dimension("points_\(index)", size: points.count)
      schema.dimensions.append(dimension)
      schema.variables += zip(pass.quantities, pass.program.results).map { quantity, result in
        Variable(
          quantity.name, dimensions: [dimension.name], content: .reserved(result.type.stored),
          attributes: [
            "long_name": .text(quantity.longName), "units": .text(quantity.units),
            ShardAttributes.start: .numbers([Int64(points.lowerBound)]),
          ])
      }
    }
    schema.attributes["title"] = .text("Shard \(shard) of a scan of the leptonic scalar portal")
    schema.attributes[ShardAttributes.index] = .numbers([Int32(shard.index)])
    schema.attributes[ShardAttributes.count] = .numbers([Int32(shard.count)])
    self = schema
  }
}

/// The names of what a shard's file says about its place.
enum ShardAttributes {
  static let index = "shard_index"
  static let count = "shard_count"
  /// Of a variable: the linear index of its first point in the whole scan.
  static let start = "shard_start"
}

extension Shard {
  /// Which shard a file is; nil for a whole scan.
  init?(of file: ScanFile) {
    guard let index = file.attributes[ShardAttributes.index]?.values(as: Int32.self)?.first,
      let count = file.attributes[ShardAttributes.count]?.values(as: Int32.self)?.first
    else { return nil }
    self.init(Int(index), of: Int(count))
  }
}
