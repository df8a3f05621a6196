/// A program of which some points of every range are computed again on the native device.
package final class RecheckedProgram: PreparedProgram {
  private let prepared: any PreparedProgram
  private let recheck: Recheck?
  private let sizes: [Int]
  private let identity: DeviceIdentity

  package init(_ prepared: any PreparedProgram, of program: Program, on identity: DeviceIdentity) {
    self.prepared = prepared
    self.identity = identity
    recheck = Recheck(program, pointsPerChunk: SharedExecutor.pointsRecheckedByDefault)
    sizes = program.results.map(\.type.size)
  }

  /// - Throws: ``SharedExecutor/DeviceFailure`` where the bits differ.
  package func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws {
    try prepared.evaluate(range, into: results)
    guard let recheck else { return }
    let columns = zip(results, sizes).map { UnsafeRawBufferPointer(start: $0, count: range.count * $1) }
    if try !recheck.agrees(with: columns, of: range, at: recheck.points(of: range)) {
      throw SharedExecutor.DeviceFailure(device: identity, reason: SharedExecutor.WrongBits(range: range))
    }
  }
}
