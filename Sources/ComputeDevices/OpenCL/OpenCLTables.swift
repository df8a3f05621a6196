import COpenCL

/// The tables of a program in the memory of a device, for all threads that evaluate it there.
final class OpenCLTables: @unchecked Sendable {
  /// One table after another; never written again.
  let buffer: OpenCLBuffer
  /// Where each table begins in the buffer.
  let offsets: [Int]
  /// Kept so that no other array comes to lie where these do, by which ``hold(_:)`` recognises them.
  private let tables: [[Double]]

  init(_ tables: [[Double]], context: OpenCLContext) throws {
    self.tables = tables
    let size = MemoryLayout<Double>.size
    let ends = tables.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    offsets = Array(ends.dropLast())
    buffer = try OpenCLBuffer(context: context, byteCount: ends[tables.count] * size)
    let queue = try OpenCLQueue(context: context)
    for (table, offset) in zip(tables, offsets) {
      try table.withUnsafeBytes { try queue.write($0, to: buffer, at: offset * size) }
    }
  }

  /// Whether these are the same arrays, in the same memory.
  func hold(_ others: [[Double]]) -> Bool {
    tables.count == others.count
      && zip(tables, others).allSatisfy { table, other in
        table.withUnsafeBufferPointer { own in
          other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress && own.count == $0.count }
        }
      }
  }
}
