import ComputeDevices
import LeptonicPortal
import Synchronization

/// Where finished values go. Called from several threads at once, in any order of ranges; ranges of concurrent calls do
/// not overlap.
public protocol ScanSink: Sendable {
  /// Stores the values of a pass at the points `points` (linear indices in the pass's own dimensions): `columns[k]`
  /// are the bytes of its quantity k.
  func store(_ points: Range<Int>, ofPass pass: Int, columns: [UnsafeRawBufferPointer]) throws

  /// Forgets points that a device turned out to have computed wrongly; they are stored again.
  func retract(_ points: RangeSet<Int>, ofPass pass: Int) throws
}

/// A scan was asked to stop, and did after its chunk; everything evaluated is with the sink.
public struct ScanStopped: Error {}

/// Runs a plan on any number of devices, which share the points. Evaluation and storing overlap.
///
/// Where a device is found to compute wrongly, what it delivered in any pass is retracted and computed again by others.
public struct ScanExecution: Sendable {
  /// How far a scan is.
  public struct Progress: Sendable {
    /// Stored by now, by earlier runs too.
    public let bytesDone: Int
    /// Stored by earlier runs.
    public let bytesBefore: Int
    public let bytesTotal: Int
    public let pointsTotal: Int
    /// Of what this run computed, the part of each device that delivered something, by selector; their sum is 1.
    public let deviceShares: [String: Double]
    public var fraction: Double { bytesTotal > 0 ? Double(bytesDone) / Double(bytesTotal) : 1 }
    /// The part done by this run.
    public var fractionOfThisRun: Double {
      bytesTotal > 0 ? Double(bytesDone - bytesBefore) / Double(bytesTotal) : 1
    }
  }

  public let plan: ScanPlan
  /// How the points are shared; its devices and settings.
  public var executor: SharedExecutor

  public init(plan: ScanPlan, executor: SharedExecutor) {
    self.plan = plan
    self.executor = executor
  }

  public init(plan: ScanPlan, devices: [any Device]) {
    self.init(plan: plan, executor: SharedExecutor(devices: devices))
  }

  /// - Parameters:
  ///   - work: the points to evaluate; all of them by default.
  ///   - shouldStop: asked after each chunk.
  ///   - deviceFailed: called when a device is left out.
  ///   - progress: called from background threads after each chunk.
  /// - Returns: a report for each slab of each pass that had work.
  /// - Throws: ``ScanStopped`` where `shouldStop` said so, and the errors of the last device and the sink.
  @discardableResult
  public func run(
    into sink: any ScanSink, work: ScanWork? = nil, shouldStop: @escaping @Sendable () -> Bool = { false },
    deviceFailed: @escaping @Sendable (SharedExecutor.DeviceFailure) -> Void = { _ in },
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws -> [SharedExecutor.Report] {
    let work = work ?? ScanWork(all: plan)
    var executor = executor
    var reports: [SharedExecutor.Report] = []
    let total = work.byteCount(of: plan)
    let before = total - work.missingByteCount(of: plan)
    let points = work.pointCount(of: plan)
    let deliveries = Mutex(Deliveries())
    @Sendable func retract(_ points: RangeSet<Int>, ofPass pass: Int, from device: DeviceIdentity) throws {
      try sink.retract(points, ofPass: pass)
      deliveries.withLock { $0.remove(points.count * plan.passes[pass].bytesPerPoint, of: device) }
    }
    let ledger = ScanLedger(work)
    while let (index, missing) = ledger.next {
      let pass = plan.passes[index]
      for part in pass.program.parts(of: missing) {
        let report = try executor.run(
          pass.program.program(for: part), over: Array(part.points.ranges),
          deliver: { chunk in
            try sink.store(chunk.range, ofPass: index, columns: chunk.results)
            let (done, shares) = deliveries.withLock { deliveries in
              deliveries.add(chunk.range.count * pass.bytesPerPoint, of: chunk.device)
              return (before + deliveries.bytes, deliveries.shares)
            }
            progress(
              Progress(
                bytesDone: done, bytesBefore: before, bytesTotal: total, pointsTotal: points, deviceShares: shares))
            if shouldStop() { throw ScanStopped() }
          },
          withdraw: { device, ranges in
            try retract(RangeSet(ranges), ofPass: index, from: device)
            for earlier in ledger.takeBack(from: device.selector) {
              try retract(earlier.points, ofPass: earlier.pass, from: device)
            }
          }, deviceFailed: deviceFailed)
        ledger.finish(part.points, ofPass: index, by: report.delivered)
        // None remains where one worker of the last device failed while another one did all that was left.
        executor.leaveOut(failedIn: [report])
        reports.append(report)
      }
    }
    return reports
  }
}
