import ComputeDevices
import Foundation
import Scanning
import Synchronization
import Testing

/// The forecast of the time that a scan takes.
struct CalibrationTests {
  /// 10^8 points.
  private static let card = """
    leptoscan: 1
    axes:
      m_phi: { from: 110 MeV, to: 10 GeV, points: 100 }
      h_mue: { from: 1e-5, to: 1e-1, points: 100 }
      m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 100, spacing: linear } }
      g: { from: 0.01, to: 1, points: 100 }
    observables: [br_invisible]
    """

  /// What a device does once per program is no matter of the points: 10 ms per 1000 points would be 1000 s. A busy machine
  /// may hold up a sample, so the best of some forecasts counts.
  @Test func preparationCountsOnce() throws {
    let scan = try ScanFolder().scan(card: Self.card)
    let device = SlowToPrepare(base: NativeDevice(threads: 2))
    let execution = ScanExecution(plan: scan.plan, devices: [device])
    var forecast = Double.infinity
    for _ in 0..<10 where forecast >= 500 {
      forecast = try ScanCalibration(execution, work: ScanWork(all: scan.plan)).seconds
    }
    #expect(forecast >= SlowToPrepare.seconds)
    #expect(forecast < 500)
  }

  /// Devices compute whole vectors, so that two points in a row take as long as one vector.
  @Test func pointsAreTakenInARow() throws {
    let scan = try ScanFolder().scan(card: Self.card)
    let device = Listening(base: NativeDevice(threads: 1))
    _ = try ScanCalibration(ScanExecution(plan: scan.plan, devices: [device]), work: ScanWork(all: scan.plan))
    let first = device.evaluated.ranges.withLock { $0.first }
    #expect(first?.count == NativeDevice(threads: 1).pointsAtATime)
  }

  /// What is left of an interrupted scan may be small pieces anywhere; only they are evaluated.
  @Test func onlyMissingPointsAreEvaluated() throws {
    let scan = try ScanFolder().scan(card: Self.card)
    let missing = RangeSet((0..<1000).map { $0 * 100_000..<$0 * 100_000 + 3 })
    let device = Listening(base: NativeDevice(threads: 1))
    let finished = scan.plan.passes.map { RangeSet(0..<$0.program.count).subtracting(missing) }
    let work = ScanWork(points: scan.plan.passes.map { 0..<$0.program.count }, finished: finished)
    let forecast = try ScanCalibration(ScanExecution(plan: scan.plan, devices: [device]), work: work)
    let evaluated = device.evaluated.ranges.withLock { RangeSet($0) }
    #expect(!evaluated.isEmpty && evaluated.subtracting(missing).isEmpty)
    #expect(forecast.seconds > 0)
  }
}

private struct SlowToPrepare: Device {
  static let seconds = 0.01
  let base: any Device

  let pointsAtATime = 64
  var identity: DeviceIdentity { base.identity }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    Thread.sleep(forTimeInterval: Self.seconds)
    return try base.prepare(program)
  }
}

/// Remembers which points were evaluated.
private struct Listening: Device {
  final class Evaluated: Sendable {
    let ranges = Mutex<[Range<Int>]>([])
  }

  let base: any Device
  let evaluated = Evaluated()

  var pointsAtATime: Int { base.pointsAtATime }
  var identity: DeviceIdentity { base.identity }

  func prepare(_ program: Program) throws -> any PreparedProgram {
    Listener(base: try base.prepare(program), evaluated: evaluated)
  }

  private struct Listener: PreparedProgram {
    let base: any PreparedProgram
    let evaluated: Evaluated

    func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws {
      evaluated.ranges.withLock { $0.append(range) }
      try base.evaluate(range, into: results)
    }
  }
}
