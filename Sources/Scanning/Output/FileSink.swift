import LeptonicPortal
import ScanStore

/// Stores a scan in a file.
public struct FileSink: ScanSink {
  private let writer: ScanFileWriter

  public init(_ writer: ScanFileWriter) { self.writer = writer }

  public func store(_ quantity: Quantity, from start: Int, bytes: UnsafeRawBufferPointer) throws {
    try writer.write(variable: quantity.name, elementOffset: start, bytes: bytes)
  }
}
