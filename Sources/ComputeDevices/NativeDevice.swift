import Foundation
import HostResources
import LeptonicPortal
import PortalKernels
import Synchronization

/// All cores of this machine, with the widest instruction set it has.
///
/// Points are computed in tiles that stay in cache; threads take the next tile from a shared counter. The bits of a
/// result depend neither on the number of threads, nor on the instruction set, nor on how a scan is cut into ranges.
public struct NativeDevice: Device {
  /// An instruction set that the kernels were compiled for.
  public struct InstructionSet: Sendable, Hashable, CustomStringConvertible {
    public let rawValue: portal_isa

    /// `AVX-512`, `AVX2+FMA`, `NEON`, `SSE2` or `scalar`.
    public var description: String { String(cString: portal_isa_name(rawValue)) }
    /// Doubles worked on at a time.
    public var lanes: Int { Int(portal_isa_lanes(rawValue)) }

    /// Those that this processor runs, slowest first.
    public static var available: [InstructionSet] {
      (0..<portal_isa_count.rawValue).map { portal_isa(rawValue: $0) }
        .filter { portal_isa_available($0) }
        .map { InstructionSet(rawValue: $0) }
    }
    /// The widest one that this processor runs.
    public static var best: InstructionSet { InstructionSet(rawValue: portal_isa_best()) }
  }

  public let instructionSet: InstructionSet
  public let threads: Int
  /// Has a place for each thread, whoever computes with this device; nil where all cores are meant, which programs at the
  /// same time share.
  private let places: Places?

  /// - Parameters:
  ///   - threads: the most that compute at a time; one for every core that the process may use by default.
  ///   - instructionSet: one of ``InstructionSet/available``; the best by default.
  public init(
    threads: Int = NativeDevice.usableCores, instructionSet: InstructionSet = .best
  ) {
    self.threads = max(1, threads)
    places = threads < NativeDevice.usableCores ? Places(self.threads) : nil
    self.instructionSet = instructionSet
  }

  public var identity: DeviceIdentity {
    DeviceIdentity(selector: "native", name: processorName(), driver: "\(instructionSet)", computeUnits: threads)
  }

  /// A vector for every thread.
  public var pointsAtATime: Int { threads * instructionSet.lanes }

  public func prepare(_ program: Program) throws -> any PreparedProgram { nativeProgram(program) }

  func nativeProgram(_ program: Program) -> NativeProgram {
    NativeProgram(program: program, instructionSet: instructionSet.rawValue, threads: threads, places: places)
  }
}

/// The most points per tile: a handful of streams of this length stay in the first-level cache.
private let mostPointsPerTile = 512
/// So many tiles per thread there are where points are few, so that threads end at about the same time.
private let tilesPerThread = 4

/// A program on the native device.
final class NativeProgram: PreparedProgram {
  private let program: Program
  private let instructionSet: portal_isa
  private let threads: Int
  private let places: Places?

  fileprivate init(program: Program, instructionSet: portal_isa, threads: Int, places: Places?) {
    self.program = program
    self.instructionSet = instructionSet
    self.threads = threads
    self.places = places
  }

  func evaluate(_ range: Range<Int>, into results: [UnsafeMutableRawPointer]) throws {
    let tileLength = tileLength(for: range.count)
    let tileCount = (range.count + tileLength - 1) / tileLength
    guard tileCount > 0 else { return }
    let destinations = results.map(SendablePointer.init)
    let next = Atomic<Int>(0)
    let (program, instructionSet, places) = (program, instructionSet, places)
    let failure = Mutex<(any Error)?>(nil)
    @Sendable func takeTiles() throws {
      let tile = try Tile(program: program, instructionSet: instructionSet)
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= tileCount { return }
        let start = range.lowerBound + index * tileLength
        let count = min(tileLength, range.upperBound - start)
        tile.evaluate(CollectionOfOne(start..<start + count))
        tile.store(count: count, offset: start - range.lowerBound, into: destinations)
      }
    }
    onThreads(min(threads, tileCount), while: { next.load(ordering: .relaxed) < tileCount }) {
      do {
        if let places { try places.withPlace(takeTiles) } else { try takeTiles() }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    // Others may have done what a thread without memory did not begin.
    if let error = failure.withLock({ $0 }), next.load(ordering: .relaxed) < tileCount { throw error }
  }

  /// Evaluates points that lie anywhere, on one thread: `results[k]` gets result k of one after another.
  func evaluate(points: [Int], into results: [UnsafeMutableRawPointer]) throws {
    let tile = try Tile(program: program, instructionSet: instructionSet)
    for first in stride(from: 0, to: points.count, by: mostPointsPerTile) {
      let part = points[first..<min(first + mostPointsPerTile, points.count)]
      tile.evaluate(part.map { $0..<$0 + 1 })
      tile.store(count: part.count, offset: first, into: results.map(SendablePointer.init))
    }
  }

  /// Whole vectors, up to the most that a tile holds.
  private func tileLength(for count: Int) -> Int {
    let lanes = Int(portal_isa_lanes(instructionSet))
    let share = (count - 1) / (tilesPerThread * threads) + 1
    return min(mostPointsPerTile, (share + lanes - 1) / lanes * lanes)
  }
}

/// The scratch memory of one thread: its streams, and room for gathered inputs.
private final class Tile {
  private let program: Program
  private let instructionSet: portal_isa
  private let shape: [UInt64]
  private let streams: [UnsafeMutablePointer<Double>]
  private let memory: HostBuffer
  private let steps: [Step]

  /// A step of the program with its places in the scratch memory.
  private struct Step {
    let kernel: portal_kernel
    let inputs: [UnsafePointer<Double>?]
    let outputs: [UnsafeMutablePointer<Double>?]
    /// The tables to be gathered into inputs.
    let tables: [(table: Int, strides: [UInt64], input: UnsafeMutablePointer<Double>)]
    /// The inputs that are the index of the point.
    let indices: [UnsafeMutablePointer<Double>]
    let auxiliary: Int?

    init(_ step: Program.Step, streams: [UnsafeMutablePointer<Double>], gathered: [UnsafeMutablePointer<Double>]) {
      kernel = step.kernel.rawValue
      outputs = step.outputs.map { streams[$0] }
      auxiliary = step.auxiliary
      inputs = zip(step.inputs, gathered).map { operand, buffer in
        if case .stream(let stream) = operand { UnsafePointer(streams[stream]) } else { UnsafePointer(buffer) }
      }
      tables = zip(step.inputs, gathered).compactMap { operand, buffer in
        if case .table(let table, let strides) = operand { (table, strides.map(UInt64.init), buffer) } else { nil }
      }
      indices = zip(step.inputs, gathered).compactMap { $0 == .index ? $1 : nil }
    }
  }

  init(program: Program, instructionSet: portal_isa) throws(ResourceError) {
    self.program = program
    self.instructionSet = instructionSet
    shape = program.shape.map(UInt64.init)
    let (streamCount, gatheredCount) = (program.streamCount, Int(PORTAL_MOST_INPUTS))
    memory = try HostBuffer(
      byteCount: (streamCount + gatheredCount) * mostPointsPerTile * MemoryLayout<Double>.size)
    let first = memory.elements(as: Double.self)
    let streams = (0..<streamCount).map { first + $0 * mostPointsPerTile }
    let gathered = (streamCount..<streamCount + gatheredCount).map { first + $0 * mostPointsPerTile }
    self.streams = streams
    steps = program.steps.map { Step($0, streams: streams, gathered: gathered) }
  }

  /// Evaluates the points of some stretches, one after another.
  func evaluate(_ stretches: some Collection<Range<Int>>) {
    let count = stretches.reduce(0) { $0 + $1.count }
    for step in steps {
      var place = 0
      for points in stretches {
        for (table, strides, input) in step.tables {
          portal_gather(
            program.tables[table], Int32(shape.count), shape, strides, UInt64(points.lowerBound), points.count,
            input + place)
        }
        for input in step.indices {
          for k in 0..<points.count { input[place + k] = Double(points.lowerBound + k) }
        }
        place += points.count
      }
      program.withAuxiliary(step.auxiliary) {
        portal_evaluate(instructionSet, step.kernel, count, step.inputs, step.outputs, $0)
      }
    }
  }

  func store(count: Int, offset: Int, into destinations: [SendablePointer]) {
    for (result, destination) in zip(program.results, destinations) {
      let source = streams[result.stream]
      let target = destination.pointer + offset * result.type.size
      switch result.type {
      case .float64: target.copyMemory(from: source, byteCount: count * MemoryLayout<Double>.size)
      case .float32: portal_store_float32(source, count, target.assumingMemoryBound(to: Float.self))
      case .uint8: portal_store_uint8(source, count, target.assumingMemoryBound(to: UInt8.self))
      case .uint32: portal_store_uint32(source, count, target.assumingMemoryBound(to: UInt32.self))
      }
    }
  }
}

extension Program {
  fileprivate func withAuxiliary(_ table: Int?, _ body: (UnsafePointer<Double>?) -> Void) {
    guard let table else { return body(nil) }
    tables[table].withUnsafeBufferPointer { body($0.baseAddress) }
  }
}

/// A destination that threads write to at places that do not overlap.
private struct SendablePointer: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
}

/// The processor's product name as the system gives it.
private func processorName() -> String {
  if let cpuinfo = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) {
    for line in cpuinfo.split(separator: "\n") where line.hasPrefix("model name") {
      if let colon = line.firstIndex(of: ":") {
        return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
    }
  }
  return "CPU"
}
