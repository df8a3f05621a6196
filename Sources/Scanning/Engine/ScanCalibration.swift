import ComputeDevices
import HostResources

/// How long the points still to be computed will take, from a few that are computed and dropped.
///
/// Stretches grow until their evaluation takes long enough to tell the devices' rates. What a device does once for a program,
/// such as copying its tables, counts once.
public struct ScanCalibration: Sendable {
  /// Seconds for the computation; writing goes on beside it.
  public private(set) var seconds = 0.0

  private static let mostStretches = 8
  /// The least points of a sample. The time of the first is not believed unless it is long: drivers touch memory for the
  /// first time.
  private static let fewPoints = 16
  private static let longTime = 1.0
  /// Seconds of evaluation that a sample should take, and that are enough.
  private static let effort = 0.2
  private static let leastEffort = 0.1
  /// Growth from one sample to the next, so that one wrong measurement does little harm.
  private static let mostGrowth = 256.0

  /// - Parameter shouldStop: asked after each chunk.
  /// - Throws: ``ScanStopped`` where `shouldStop` said so; the devices' errors.
  public init(
    _ execution: ScanExecution, work: ScanWork, shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws {
    var executor = execution.executor
    executor.pointsRecheckedPerChunk = 0
    for (pass, missing) in zip(execution.plan.passes, work.missing) where !missing.isEmpty {
      let measurement = Measurement(executor: executor, shouldStop: shouldStop)
      seconds += try ScanCalibration.seconds(of: pass, missing, measurement)
    }
  }

  private static func seconds(
    of pass: ScanPass, _ missing: RangeSet<Int>, _ measurement: Measurement
  ) throws -> Double {
    let parts = pass.program.parts(of: missing)
    guard let part = parts.first else { return 0 }
    let watch = Stopwatch()
    let program = try pass.program.program(for: part)
    // What the first slab's points share is kept for the scan.
    let shared = Double(parts.count - 1) * watch.seconds
    let sample = try largestSample(of: part.points, program, measurement)
    return shared + Double(parts.count) * sample.preparation + Double(missing.count) / sample.pointsPerSecond
  }

  private struct Sample {
    let points: Int
    /// Of all devices together.
    let pointsPerSecond: Double
    let preparation: Double

    var seconds: Double { Double(points) / pointsPerSecond }
  }

  private static func largestSample(
    of missing: RangeSet<Int>, _ program: Program, _ measurement: Measurement
  ) throws -> Sample {
    let devices = measurement.executor.devices
    let least = max(fewPoints, devices.map(\.pointsAtATime).reduce(0, +))
    var sample = try measurement.sample(program, stretches(of: missing, points: least, least: least))
    if sample.seconds > longTime { return sample }
    repeat {
      let growth = min(mostGrowth, max(1, effort / sample.seconds))
      let points = Int(growth * Double(sample.points))
      sample = try measurement.sample(program, stretches(of: missing, points: max(least, points), least: least))
    } while sample.seconds < leastEffort && sample.points < missing.count
    return sample
  }

  /// Stretches of equal length, evenly spread over what is missing, each with the least points of a sample or more; one in
  /// the middle where the points are few.
  private static func stretches(of missing: RangeSet<Int>, points: Int, least: Int) -> [Range<Int>] {
    let count = missing.count
    if count <= points { return Array(missing.ranges) }
    let number = min(mostStretches, max(1, points / least))
    let length = points / number
    let room = count - length
    return (0..<number).flatMap { k in
      let start = number == 1 ? room / 2 : room / (number - 1) * k
      return missing.members(start..<start + length)
    }
  }

  /// How points are computed and dropped.
  private struct Measurement {
    let executor: SharedExecutor
    let shouldStop: @Sendable () -> Bool

    func sample(_ program: Program, _ ranges: [Range<Int>]) throws -> Sample {
      let shouldStop = shouldStop
      let watch = Stopwatch()
      let report = try executor.run(
        program, over: ranges,
        deliver: { _ in
          if shouldStop() { throw ScanStopped() }
        })
      let seconds = watch.seconds
      let rates = report.points.map { selector, points in
        Double(points) / max(1e-9, report.times[selector]?.evaluating ?? 0)
      }
      let longest = report.times.values.map(\.evaluating).max() ?? 0
      return Sample(
        points: report.points.values.reduce(0, +), pointsPerSecond: rates.reduce(0, +),
        preparation: max(0, seconds - longest))
    }
  }
}
