/// The parameters of a scan with their ranges, in its plan and in `show`.
struct ParameterTable {
  private var rows = TextTable(rightAligned: [1])
  private(set) var isEmpty = true

  /// - Parameters:
  ///   - count: of the values along an axis; nil for other parameters.
  ///   - values: the first and the last one, which may be the same, or none.
  ///   - labels: in place of numbers.
  mutating func add(
    _ name: String, count: Int?, values: [Double], labels: [String]? = nil, units: String?, longName: String?
  ) {
    let shown = values.first == values.last ? values.prefix(1) : values[...]
    rows.add(
      name, count.map(String.init) ?? "", labels.map(abbreviated) ?? shown.map(\.readable).joined(separator: " ... "),
      units == "1" ? "" : units ?? "", longName ?? "")
    isEmpty = false
  }

  var text: String { "parameters\n\(rows.text)" }
}

/// The first and the last of many labels.
private func abbreviated(_ labels: [String]) -> String {
  labels.count > 2 ? "\(labels[0]) ... \(labels[labels.count - 1])" : labels.joined(separator: ", ")
}
