import ComputeDevices
import ScanStore
import Scanning

/// The value of the attribute `file_kind` of a file of lines.
let limitsFileKind = "limits"

extension Recalculation {
  /// The lines of a file at some m_phi, with their largest couplings and status, solved once more from the card that it holds.
  /// Nil for a file that is none of lines.
  /// - Parameter masses: how many m_phi are taken, evenly spread, both ends included.
  /// - Throws: ``LimitError``, ``CardError``, errors of the file and the device.
  public init?(ofLimits file: ScanFile, masses: Int = 25, device: any Device) throws {
    let names = Set(file.variables.map(\.name))
    guard file.attributes[fileKindName]?.text == limitsFileKind,
      let sought = SoughtCoupling.allCases.first(where: { names.contains($0.limitName) }),
      file.variables.contains(where: { $0.name == resolvedCardName && $0.content == .text })
    else { return nil }
    let card = try RunCard(storedIn: file)
    let all = card.axes?.mPhi.grid.values() ?? []
    let places = sample(of: all.count, most: masses)
    let limits = try LimitCurves(of: card.with(mPhi: places.map { all[$0] }), seeking: sought, device: device)
    let lines = try file.readTexts(constraintName)
    let perMass = limits.space.count(limits.space.all) / max(places.count, 1)
    let variables = [sought.limitName, sought.largestName, sought.statusName]
    guard lines == limits.lines.map(\.name),
      try variables.allSatisfy({ try file.variable($0).elementCount == lines.count * all.count * perMass })
    else {
      throw LimitError.otherLines(lines, limits.lines.map(\.name))
    }
    let elements = lines.indices.flatMap { line in
      places.flatMap { place in (0..<perMass).map { (line * all.count + place) * perMass + $0 } }
    }
    self.init()
    try compare(sought.limitName, of: file, at: elements, with: limits.couplings)
    try compare(sought.largestName, of: file, at: elements, with: limits.largestCouplings)
    try compare(sought.statusName, of: file, at: elements, with: limits.statuses.map { $0.map(\.rawValue) })
  }

  /// - Parameter recomputed: for each line what `elements` have, which are in the same order.
  private mutating func compare<Element: StoredElement>(
    _ variable: String, of file: ScanFile, at elements: [Int], with recomputed: [[Element]]
  ) throws {
    let stored = try file.readValues(variable, as: Element.self)
    compare(variable, at: elements, stored: elements.map { stored[$0] }, recomputed: recomputed.joined())
  }
}

/// At most so many of `count` indices, evenly spread, the first and the last included.
private func sample(of count: Int, most: Int) -> [Int] {
  count <= most || most < 2 ? Array(0..<count) : (0..<most).map { $0 * (count - 1) / (most - 1) }
}

extension RunCard {
  /// A grid with other masses of phi.
  fileprivate func with(mPhi values: [Double]) -> RunCard {
    guard var axes, values.count > 1 else { return self }
    axes.mPhi = AxisSpec(.list(values))
    var card = self
    card.points = .grid(axes)
    return card
  }
}
