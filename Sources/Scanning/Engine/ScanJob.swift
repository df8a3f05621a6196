import ComputeDevices
import LeptonicPortal

/// What to compute, where, and how to store it.
public struct ScanJob: Sendable {
  public var model: Model
  public var space: ParameterSpace
  public var observables: [Quantity]
  /// float64 or float32, for everything but parameters and status codes.
  public var precision: ElementType

  public init(model: Model, space: ParameterSpace, observables: [Quantity], precision: ElementType = .float64) {
    self.model = model
    self.space = space
    self.observables = observables
    self.precision = precision
  }

  /// How a quantity is stored.
  func elementType(of quantity: Quantity) -> ElementType {
    if quantity == Parameters.point || model.parameters.contains(quantity) { return .float64 }
    if quantity.flags.isEmpty { return precision }
    return quantity.flagKind == .values ? .uint8 : .uint32
  }
}

/// The observables of a scan that vary along the same dimensions, and the program that evaluates them together.
public struct ScanPass: Sendable {
  public let dimensions: [Int]
  public let quantities: [Quantity]
  public let program: GridProgram

  /// Bytes stored per point.
  public var bytesPerPoint: Int { program.results.map(\.type.size).reduce(0, +) }
}

/// A scan made ready: passes in order of size, and what they will take.
public struct ScanPlan: Sendable {
  public let job: ScanJob
  public let passes: [ScanPass]

  /// - Parameters:
  ///   - device: evaluates the fields of fewer dimensions that larger ones share, and what the points of a grid share.
  ///   - mostSharedValues: see ``Planner``.
  ///   - sharing: false computes everything at every point of the parameter space, as a scanner without dimensions would;
  ///     for measuring what sharing gains.
  public init(
    job: ScanJob, device: any Device, sharing: Bool = true, mostSharedValues: Int = Planner.mostSharedValues
  ) throws {
    self.job = job
    var planner =
      sharing
      ? Planner(model: job.model, space: job.space, device: device, mostSharedValues: mostSharedValues)
      : Planner(model: job.model, space: job.space, device: device, mostTableValues: 0, mostSharedValues: 0)
    let groups = Dictionary(grouping: job.observables) { sharing ? planner.dimensions(of: $0) : job.space.all }
    // In one order, also where sizes are equal: a dictionary has another one in every process, and passes are what a file
    // is laid out by and what a journal counts.
    let ordered = groups.keys.sorted { one, other in
      let (a, b) = ((job.space.count(one), one.count), (job.space.count(other), other.count))
      return a == b ? one.lexicographicallyPrecedes(other) : a < b
    }
    passes = try ordered.map { dimensions in
      let quantities = groups[dimensions] ?? []
      if dimensions.count > Program.mostDimensions, let first = quantities.first {
        throw PlanError.tooManyDimensions(quantity: first.name, count: dimensions.count)
      }
      let program = try planner.program(for: quantities, over: dimensions, storedAs: job.elementType(of:))
      return ScanPass(dimensions: dimensions, quantities: quantities, program: program)
    }
  }

  /// The kernels that the passes run, each once, in the order of the kernel list.
  public var kernels: [Kernel] {
    let used = Set(passes.flatMap { $0.program.steps.map(\.kernel) })
    return Kernel.all.filter(used.contains)
  }

  /// The types in which the passes store results, each once.
  public var elementTypes: [ElementType] {
    let used = Set(passes.flatMap { $0.program.results.map(\.type) })
    return ElementType.allCases.filter(used.contains)
  }

  /// Points of the parameter space.
  public var pointCount: Int { job.space.count(job.space.all) }
  /// Values computed and stored, all variables together.
  public var valueCount: Int { passes.map { $0.program.count * $0.quantities.count }.reduce(0, +) }
  /// Bytes stored, coordinates and metadata aside.
  public var byteCount: Int { passes.map { $0.program.count * $0.bytesPerPoint }.reduce(0, +) }
}
