import Foundation
import ScanStore

extension ShardMerge {
  /// Writes a file that shows the shards as one scan and leaves the numbers where they are (HDF5's virtual datasets).
  ///
  /// Every number is checked all the same. The file has the checksums of the whole, so `verify` finds a shard that is
  /// missing or was changed. Shards are named relative to the file's folder, so that all can be moved together.
  ///
  /// - Throws: ``MergeError/damaged(path:variable:block:)``, ``ScanStopped``, and errors of the files.
  public func link(to claim: OutputClaim, shouldStop: () -> Bool = { false }) throws {
    var sums: [String: [UInt64]] = [:]
    var links: [String: [FileSchema.Link]] = [:]
    for pass in output.plan.passes {
      sums.merge(try checksums(of: pass, shouldStop: shouldStop)) { $1 }
      for shard in shards {
        let points = try shard.points(of: pass)
        if points.isEmpty { continue }
        let target = relativePath(of: shard.path, toFolderOf: claim.path)
        for quantity in pass.quantities {
          links[quantity.name, default: []].append(.init(points, path: target, variable: quantity.name))
        }
      }
    }
    let writer = try ScanFileWriter.create(claim, schema: output.schema.linked(links))
    for (variable, sums) in sums { try writer.writeChecksums(sums, of: variable) }
    try writer.publish()
  }

  /// Reads a pass of all shards, compares it with their checksums, and gathers those of the whole.
  private func checksums(of pass: ScanPass, shouldStop: () -> Bool) throws -> [String: [UInt64]] {
    var gathered = pass.program.results.map {
      ChecksumGathering(elements: pass.program.count, type: $0.type.stored)
    }
    for shard in shards {
      let copier = try ShardCopier(shard, pass: pass, points: shard.points(of: pass))
      for piece in copier.pieces {
        if shouldStop() { throw ScanStopped() }
        try copier.read(piece) { columns in
          for (index, column) in columns.enumerated() { gathered[index].add(column, from: piece.lowerBound) }
        }
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(pass.quantities.map(\.name), gathered.map(\.sums)))
  }
}

extension FileSchema {
  /// The same file with numbers that lie elsewhere.
  fileprivate func linked(_ links: [String: [Link]]) -> FileSchema {
    var schema = self
    for index in variables.indices {
      guard case .reserved(let type) = variables[index].content, let links = links[variables[index].name] else {
        continue
      }
      schema.variables[index].content = .linked(type, links)
    }
    return schema
  }
}

/// How a file is reached from the folder of another one.
private func relativePath(of path: String, toFolderOf other: String) -> String {
  func components(_ path: String) -> [String] {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.pathComponents
  }
  let (target, folder) = (components(path), Array(components(other).dropLast()))
  let common = zip(target, folder).prefix { $0 == $1 }.count
  return ([String](repeating: "..", count: folder.count - common) + target[common...]).joined(separator: "/")
}
