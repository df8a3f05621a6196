import ComputeDevices
import Foundation
import HostResources
import LeptonicPortal
import ScanStore

/// Points of a file computed once more, from the card that it holds, and compared bit for bit.
public struct Recalculation: Sendable {
  /// A value that differs.
  public struct Difference: Sendable {
    public let variable: String
    /// Linear index in the variable of the file.
    public let element: Int
    public let stored: Double
    public let recomputed: Double
  }

  public private(set) var valuesChecked = 0
  public private(set) var differences: [Difference] = []

  /// Nothing yet; for what is computed again by something else than a scan.
  public init() {}

  /// Compares some elements of a variable, in their order, with what was computed again.
  /// - Parameter stored: those elements of the file.
  public mutating func compare<Element: StoredElement>(
    _ variable: String, at elements: some Collection<Int>, stored: some Sequence<Element>,
    recomputed: some Sequence<Element>
  ) {
    for (element, (old, new)) in zip(elements, zip(stored, recomputed)) where !haveSameBits(old, new) {
      differences.append(
        Difference(variable: variable, element: element, stored: old.asDouble, recomputed: new.asDouble))
    }
    valuesChecked += elements.count
  }

  /// Points in a row that are computed together.
  private static let runLength = 16

  /// - Parameters:
  ///   - file: a scan or a shard with a run card inside.
  ///   - runs: how many stretches of 16 points are taken of each pass, evenly spread, both ends included.
  /// - Throws: ``CardError`` for a card that this version cannot read; errors of the file and the device.
  public init(of file: ScanFile, device: any Device, runs: Int = 256) throws {
    let card = try RunCard(storedIn: file)
    let plan = try ScanPlan(job: card.job(storedIn: [file]), device: device)
    let shard = Shard(of: file) ?? .whole
    for pass in plan.passes {
      let points = shard.points(of: pass, isSelected: card.keep != .all)
      if points.isEmpty { continue }
      let chosen = Recalculation.starts(in: points, runs: runs).map {
        $0..<min($0 + Recalculation.runLength, points.upperBound)
      }
      for part in pass.program.parts(of: RangeSet(chosen)) {
        let prepared = try device.prepare(pass.program.program(for: part))
        for run in part.points.ranges {
          try compare(run, of: pass, prepared, with: file, firstPoint: points.lowerBound)
        }
      }
    }
  }

  /// Whether a file can be recalculated: it is a scan with its run card.
  public static func isPossible(for file: ScanFile) -> Bool {
    file.attributes[fileKindName] == nil
      && file.variables.contains { $0.name == resolvedCardName && $0.content == .text }
  }

  private static func starts(in points: Range<Int>, runs: Int) -> [Int] {
    let places = max(1, min(runs, points.count / runLength))
    let room = max(0, points.count - runLength)
    let starts = (0..<places).map { place in
      points.lowerBound + (places == 1 ? 0 : Int(Double(room) * Double(place) / Double(places - 1)))
    }
    return starts.last == points.lowerBound + room ? starts : starts + [points.lowerBound + room]
  }

  private mutating func compare(
    _ run: Range<Int>, of pass: ScanPass, _ prepared: any PreparedProgram, with file: ScanFile, firstPoint: Int
  ) throws {
    let buffers = try pass.program.results.map { try HostBuffer(byteCount: run.count * $0.type.size) }
    defer { withExtendedLifetime(buffers) {} }
    try prepared.evaluate(run, into: buffers.map(\.start))
    let elements = run.lowerBound - firstPoint..<run.upperBound - firstPoint
    for ((quantity, result), buffer) in zip(zip(pass.quantities, pass.program.results), buffers) {
      let bytes = UnsafeRawBufferPointer(buffer.bytes)
      switch result.type {
      case .float64: try compare(bytes.bindMemory(to: Double.self), quantity, elements, file)
      case .float32: try compare(bytes.bindMemory(to: Float.self), quantity, elements, file)
      case .uint8: try compare(bytes.bindMemory(to: UInt8.self), quantity, elements, file)
      case .uint32: try compare(bytes.bindMemory(to: UInt32.self), quantity, elements, file)
      }
    }
  }

  private mutating func compare<Element: StoredElement>(
    _ recomputed: UnsafeBufferPointer<Element>, _ quantity: Quantity, _ elements: Range<Int>, _ file: ScanFile
  ) throws {
    let stored = try file.readValues(quantity.name, as: Element.self, elements: elements)
    compare(quantity.name, at: elements, stored: stored, recomputed: recomputed)
  }
}

/// NaN has bits too, and zeros of both signs have others.
private func haveSameBits<Element: StoredElement>(_ one: Element, _ other: Element) -> Bool {
  withUnsafeBytes(of: one) { one in withUnsafeBytes(of: other) { one.elementsEqual($0) } }
}

extension StoredElement {
  fileprivate var asDouble: Double {
    switch self {
    case let value as Double: value
    case let value as Float: Double(value)
    case let value as UInt8: Double(value)
    case let value as UInt32: Double(value)
    default: .nan
    }
  }
}

extension RunCard {
  /// The resolved card that a file holds.
  /// - Throws: ``CardError`` for a card that this version cannot read; errors of the file.
  public init(storedIn file: ScanFile) throws {
    try self.init(
      yaml: file.readText(resolvedCardName), file: "\(resolvedCardName) of \(file.path)",
      knownObservables: Model.observableNames)
  }
}
