/// A file of points as a card names it.
public struct ListedPoints: Sendable, Hashable {
  /// As the card says it: relative to the folder of the card.
  public var file: String
  /// Number of points; nil until the file is read.
  public var count: Int?
  /// Checksum of the file, in lower-case hexadecimal; nil until it is read, where the card does not give it.
  public var sha256: String?
  public var keep: Keep

  public init(file: String, count: Int? = nil, sha256: String? = nil, keep: Keep = .all) {
    self.file = file
    self.count = count
    self.sha256 = sha256
    self.keep = keep
  }

  /// As a card writes it.
  var resolved: String {
    let entries = [
      "file: \(quoted(file))", count.map { "count: \($0)" }, sha256.map { "sha256: \($0)" }, "keep: \(keep.resolved)",
    ]
    return "{ \(entries.compactMap(\.self).joined(separator: ", ")) }"
  }
}

/// A YAML scalar in double quotes, which may hold any character.
private func quoted(_ text: String) -> String {
  let escaped = text.unicodeScalars.map { scalar in
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case _ where scalar.value < 0x20:
      "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
        + String(scalar.value, radix: 16)
    default: String(scalar)
    }
  }
  return "\"\(escaped.joined())\""
}
