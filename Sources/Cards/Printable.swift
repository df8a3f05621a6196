/// Text from a file as a message may show it: control characters escaped, so that a terminal shows them instead of obeying
/// them, and the middle of a long text left out.
package func printable(_ text: String, atMost most: Int = 300) -> String {
  let scalars = text.unicodeScalars
  guard scalars.count > most else { return escaped(scalars) }
  let end = most / 3
  return "\(escaped(scalars.prefix(most - end - 3)))...\(escaped(scalars.suffix(end)))"
}

private func escaped(_ scalars: some Sequence<Unicode.Scalar>) -> String {
  scalars.reduce(into: "") { $0 += escaped($1) }
}

/// As YAML and JSON write a character that is not shown as such; other characters as they are.
func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case " "..."~": return String(scalar)
  case "\t": return "\\t"
  case "\n": return "\\n"
  case "\r": return "\\r"
  default: break
  }
  switch scalar.properties.generalCategory {
  // Format characters turn the direction of writing or have no width.
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
    let code = String(scalar.value, radix: 16, uppercase: true)
    let digits = code.count > 4 ? 8 : 4
    return (digits == 4 ? "\\u" : "\\U") + String(repeating: "0", count: digits - code.count) + code
  default: return String(scalar)
  }
}
