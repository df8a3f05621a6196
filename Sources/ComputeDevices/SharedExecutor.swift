/// Shares the points of a program among devices of any speed.
///
/// Every device has two workers, each a thread that takes the next points from one cursor, as many as the device evaluates
/// in about the target time, and delivers them: while one delivers, the other evaluates. A device that fails is reported
/// and left out; its points go to another one. So the slowest device delays the end by one chunk at most, and no result
/// depends on which device computed it or on how the range was cut: all give the same bits, which the native device
/// verifies at some points of every chunk.
public struct SharedExecutor: Sendable {
  /// Finished points; `results[k]` holds `range.count` elements of result k and is valid during the call only.
  public struct Chunk {
    public let range: Range<Int>
    public let results: [UnsafeRawBufferPointer]
    public let device: DeviceIdentity
  }

  /// Why a device was left out.
  public struct DeviceFailure: Error, Sendable, CustomStringConvertible {
    public let device: DeviceIdentity
    public let reason: any Error

    public init(device: DeviceIdentity, reason: any Error) {
      self.device = device
      self.reason = reason
    }

    public var description: String { "\(device.selector) \(device.name) is left out: \(reason)" }
  }

  /// A device gave bits other than the native device.
  public struct WrongBits: Error, Sendable, CustomStringConvertible {
    public let range: Range<Int>
    public var description: String {
      "wrong results among points \(range) (the native device gives other bits) run leptoscan selftest on this device"
    }
  }

  /// What happened.
  public struct Report: Sendable {
    /// Number of points delivered by each device, by selector.
    public internal(set) var points: [String: Int] = [:]
    /// The points themselves.
    public internal(set) var delivered: [String: RangeSet<Int>] = [:]
    public internal(set) var failures: [DeviceFailure] = []
    /// Points of each device that were computed again natively and compared, by selector.
    public internal(set) var pointsRechecked: [String: Int] = [:]
    /// Chunks in which that gave other bits.
    public internal(set) var mismatches = 0
    /// From the first chunk to the last, by selector of the device.
    public internal(set) var times: [String: DeviceTimes] = [:]
  }

  /// What a device did, in seconds.
  public struct DeviceTimes: Sendable, Hashable {
    /// At least one chunk was being evaluated, the transfer of its results to the host included.
    public internal(set) var evaluating = 0.0
    /// None was: all workers rechecked, delivered, or waited for a chunk.
    public internal(set) var waiting = 0.0
    /// At least one chunk was being rechecked; this overlaps with evaluation.
    public internal(set) var rechecking = 0.0
    /// At least one chunk was being delivered; this overlaps with evaluation.
    public internal(set) var delivering = 0.0
  }

  public var devices: [any Device]
  /// Takes over where none of the devices is left; idle until then.
  public var reserve: (any Device)?
  /// The most points of every chunk that are computed again natively and compared; 0 for none. Chunks of the native device
  /// are not rechecked.
  public var pointsRecheckedPerChunk = pointsRecheckedByDefault
  static let pointsRecheckedByDefault = 64
  /// Seconds that a chunk should take.
  public var targetTime = 0.1
  /// Bytes of results that a chunk may have.
  public var mostChunkBytes = 32 << 20
  /// Threads per device; 1 for no overlap of evaluation and delivery.
  public var workersPerDevice = 2

  public init(devices: [any Device]) { self.devices = devices }

  /// Evaluates all points of `ranges` and delivers them: once, and again only where a device that delivered them is
  /// found to give wrong bits.
  ///
  /// - Parameters:
  ///   - deliver: called from several threads at once, in any order of ranges. What it throws ends the run.
  ///   - withdraw: called when a device is found to give wrong bits, with what it delivered in this run, before that is
  ///     delivered again; and once more where a chunk was being delivered meanwhile. What it throws ends the run.
  ///   - deviceFailed: called when a device is left out, unless it is the only one, whose failure is thrown.
  /// - Throws: the last device's ``DeviceFailure`` when none is left, nor the reserve; what `deliver` threw.
  @discardableResult
  public func run(
    _ program: Program, over ranges: [Range<Int>], deliver: @escaping @Sendable (Chunk) throws -> Void,
    withdraw: @escaping @Sendable (DeviceIdentity, [Range<Int>]) throws -> Void = { _, _ in },
    deviceFailed: @escaping @Sendable (DeviceFailure) -> Void = { _ in }
  ) throws -> Report {
    let run = SharedRun(
      executor: self, program: program, ranges: ranges, deliver: deliver, withdraw: withdraw,
      deviceFailed: deviceFailed)
    run.work(on: devices, workersPerDevice: workersPerDevice)
    if let reserve, run.isUnfinished { run.work(on: [reserve], workersPerDevice: workersPerDevice) }
    return try run.outcome()
  }

  /// Leaves out of the next run what failed in earlier ones.
  /// - Parameter reports: in the order of the runs.
  public mutating func leaveOut(failedIn reports: [Report]) {
    for report in reports { leaveOut(report.failures.map(\.device.selector)) }
  }

  /// Whether nothing is left where one device fails.
  var hasOneDevice: Bool { devices.count == 1 && reserve == nil }

  /// Leaves devices out of the next run; where none remains the reserve takes their place.
  ///
  /// - Returns: false if there is no reserve either; nothing is changed then.
  @discardableResult
  public mutating func leaveOut(_ selectors: some Collection<String>) -> Bool {
    let remaining = devices.filter { !selectors.contains($0.identity.selector) }
    if !remaining.isEmpty {
      devices = remaining
    } else if let reserve {
      devices = [reserve]
      self.reserve = nil
    } else {
      return false
    }
    return true
  }
}
