import ScanStore

/// Stores a scan in a file.
public struct FileSink: ScanSink {
  private let writer: JournaledWriter

  /// - Parameter writer: made by ``ScanOutput``; its sections are the passes of the plan.
  public init(_ writer: JournaledWriter) { self.writer = writer }

  public func store(_ points: Range<Int>, ofPass pass: Int, columns: [UnsafeRawBufferPointer]) throws {
    try writer.store(section: pass, points: points, columns: columns)
  }

  public func retract(_ points: RangeSet<Int>, ofPass pass: Int) throws {
    try writer.retract(section: pass, points: points)
  }
}
