import Cards
import LeptonicPortal

extension CardReader {
  private static let keys = ["method", "count", "file", "sha256", "keep"]
  private static let example = "points: { method: sobol, count: 1000000 }"
  private static let keptExample = "points: { method: sobol, count: 1000000, keep: allowed }"

  /// The points that the blocks `points` and `axes` describe together; nil after a report.
  mutating func points(
    _ top: CardMapping, _ darkMatter: DarkMatter?, _ precision: RunCard.Precision
  ) -> RunCard.Points? {
    guard let node = top["points"] else {
      requireAxes(in: top)
      return top["axes"].flatMap { gridAxes($0, darkMatter, precision) }.map(RunCard.Points.grid)
    }
    guard let block = mapping(node, named: "points", keys: CardReader.keys, example: CardReader.example) else {
      return nil
    }
    switch (block["method"], block["file"]) {
    case (let method?, nil):
      requireAxes(in: top)
      return sampling(method, block, axes: top["axes"], darkMatter).map(RunCard.Points.sampled)
    case (nil, let file?):
      if let axes = top.keys["axes"] {
        report(
          at: axes, "axes stand beside a list of points", why: "the list has the value of every parameter",
          suggestion: "remove axes, or points")
      }
      return listedPoints(file, block).map(RunCard.Points.listed)
    case (nil, nil) where !block.misspelt.isEmpty: return nil
    case (nil, nil) where block["keep"] != nil && top["axes"] != nil:
      report(
        at: block.keys["keep"] ?? block.position, "keep stands in the card of a grid",
        why: "a grid stores all of its points, along its axes",
        suggestion: "draw points, as in \(CardReader.keptExample), or choose afterwards: scan.where(scan.excluded == 0)"
      )
      return nil
    case (nil, nil), (.some, .some):
      let words = block["file"] == nil ? ("neither", "nor") : ("both", "and")
      report(
        at: block.position, "points has \(words.0) method \(words.1) file", why: "points are drawn or listed",
        suggestion: "write \(CardReader.example) or points: { file: list.csv }")
      return nil
    }
  }

  private mutating func requireAxes(in top: CardMapping) {
    requireKey("axes", in: top, why: "it names the axes of the scan", example: "axes: { m_phi: ..., ... }")
  }

  private mutating func sampling(
    _ methodNode: CardNode, _ block: CardMapping, axes node: CardNode?, _ darkMatter: DarkMatter?
  ) -> Sampling? {
    let words = Sampling.Method.allCases.map(\.rawValue)
    let word = word(methodNode, named: "method", among: words, why: "it says how points are drawn")
    requireKey("count", in: block, why: "it says how many points are drawn", example: "count: 1000000")
    if let sum = block.keys["sha256"] {
      report(at: sum, "points has sha256 without file", why: "it is the checksum of a list", suggestion: "remove it")
    }
    let count = block["count"].flatMap { pointCount($0) }
    let keep = block["keep"].map { self.keep($0) } ?? .all
    guard let node, let axes = axes(node, darkMatter, of: SampledAxis.self) else { return nil }
    if axes.all.allSatisfy(\.range.isFixed) {
      report(
        at: node.position, "every axis has one value", why: "points are drawn from ranges",
        suggestion: "write m_phi: { from: 0.2 GeV, to: 2 GeV }, or remove points")
      return nil
    }
    guard let method = word.flatMap(Sampling.Method.init), let count, let keep else { return nil }
    return Sampling(method, count: count, axes: axes, keep: keep)
  }

  private mutating func pointCount(_ node: CardNode) -> Int? {
    wholeNumber(node, named: "count", in: 1...RunCard.mostPoints)
  }

  private mutating func listedPoints(_ node: CardNode, _ block: CardMapping) -> ListedPoints? {
    let file = text(node, named: "file", expected: "the name of a file", example: "file: list.csv")
    let count = block["count"].flatMap { pointCount($0) }
    let checksum = block["sha256"].flatMap { self.checksum($0) }
    let keep = block["keep"].map { self.keep($0) } ?? .all
    guard let file, let keep, (count == nil) == (block["count"] == nil), (checksum == nil) == (block["sha256"] == nil)
    else {
      return nil
    }
    self.file(named: file)
    return ListedPoints(file: file, count: count, sha256: checksum, keep: keep)
  }

  private mutating func checksum(_ node: CardNode) -> String? {
    let expected = "64 hexadecimal digits"
    guard let text = text(node, named: "sha256", expected: expected, example: "the output of sha256sum") else {
      return nil
    }
    if text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) { return text.lowercased() }
    report(
      at: node.position, "sha256 is '\(text)'", why: "\(expected) are expected",
      suggestion: "copy the output of sha256sum, or remove it")
    return nil
  }
}
