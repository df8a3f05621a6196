import ScanStore

/// What two files must have in common to be parts, or stages, of the same scan. The build that made them is not in it: builds
/// of the same numerics go on with each other's files.
struct ScanIdentity: Hashable {
  /// See ``numericsVersion``; nil for files that do not say.
  var numerics: Int32?
  var schemaVersion: Int32
  var shard: Shard
  var card: String

  init(numerics: Int32?, schemaVersion: Int32, shard: Shard, card: String) {
    self.numerics = numerics
    self.schemaVersion = schemaVersion
    self.shard = shard
    self.card = card
  }

  /// As an output file tells it; nil for other files.
  init?(of file: ScanFile) throws {
    guard let version = file.attributes["schema_version"]?.values(as: Int32.self)?.first,
      file.attributes[fileKindName] == nil, file.variables.contains(where: { $0.name == resolvedCardName })
    else { return nil }
    self.init(
      numerics: file.numericsVersion, schemaVersion: version, shard: Shard(of: file) ?? .whole,
      card: try file.readText(resolvedCardName))
  }

  var text: String {
    "numerics: \(numerics.map(String.init) ?? "unknown")\nschema: \(schemaVersion)\nshard: \(shard)\n\(card)"
  }
}

extension ScanFile {
  /// The numerics that a file was computed with; nil where it does not say.
  public var numericsVersion: Int32? { attributes[numericsName]?.values(as: Int32.self)?.first }
}
