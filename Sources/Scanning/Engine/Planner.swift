import ComputeDevices
import LeptonicPortal
import PortalKernels

/// Turns "these quantities on this parameter space" into device programs.
///
/// A quantity varies along the dimensions of what its formula reads, and no others: delta_a_mu along m_phi and h_mue
/// even in a four-dimensional scan. It is evaluated on the product of those dimensions only. Where a larger field
/// needs it, it enters as a table; only what varies along all dimensions is computed per point.
public struct Planner {
  public let model: Model
  public let space: ParameterSpace
  /// 256 MiB of what the points of a grid share.
  public static let mostSharedValues = 1 << 25
  private let device: any Device
  private let mostTableValues: Int
  private let mostSharedValues: Int
  private var tables: [Quantity: Field]
  private var sharings: [Quantity: GridSharing?] = [:]
  private var dimensions: [Quantity: [Int]]

  /// - Parameters:
  ///   - device: evaluates the tables.
  ///   - mostTableValues: a field with more values than this is computed point by point instead of held in memory;
  ///     32 MiB by default.
  ///   - mostSharedValues: what the points of a grid share is computed in slabs of at most so many values; with 0 every
  ///     point is computed by itself.
  public init(
    model: Model, space: ParameterSpace, device: any Device, mostTableValues: Int = 1 << 22,
    mostSharedValues: Int = Planner.mostSharedValues
  ) {
    self.mostTableValues = mostTableValues
    self.mostSharedValues = mostSharedValues
    self.model = model
    self.space = space
    self.device = device
    tables = space.parameters
    dimensions = space.parameters.mapValues(\.dimensions)
    for quantity in model.computed { findDimensions(of: quantity) }
  }

  /// The dimensions along which a quantity varies, ascending; none for what neither the space nor the model knows.
  public func dimensions(of quantity: Quantity) -> [Int] { dimensions[quantity] ?? [] }

  /// Those of all inputs; what reads the number of the point only varies along all there are.
  private func dimensions(of formula: Formula) -> [Int] {
    let inputs = formula.inputs.filter { !isNumber($0) }
    return inputs.isEmpty ? space.all : Set(inputs.flatMap(dimensions(of:))).sorted()
  }

  /// Finds the dimensions of a quantity after those of everything that leads to it.
  private mutating func findDimensions(of quantity: Quantity) {
    guard dimensions[quantity] == nil, let formula = model.formula(for: quantity) else { return }
    for input in formula.inputs { findDimensions(of: input) }
    dimensions[quantity] = dimensions(of: formula)
  }

  /// Whether a quantity is the number of the point, counted along the dimensions of what reads it, so that it does not
  /// depend on what else is computed.
  private func isNumber(_ quantity: Quantity) -> Bool {
    quantity == Parameters.point && space.parameters[quantity] == nil
  }

  /// The program that evaluates `quantities` at every point of the product of `dimensions`.
  ///
  /// Result k is quantity k, stored as `type(quantity)`.
  public mutating func program(
    for quantities: [Quantity], over dimensions: [Int], storedAs type: (Quantity) -> ElementType = { _ in .float64 }
  ) throws -> GridProgram {
    var assembly = Assembly(dimensions: dimensions)
    for quantity in quantities { try add(quantity, to: &assembly, asStream: true) }
    let program = Program(
      shape: space.shape(dimensions), tables: assembly.tables, steps: assembly.steps,
      streamCount: assembly.streamCount,
      results: quantities.compactMap { quantity in
        assembly.streams[quantity].map { Program.Result(stream: $0, type: type(quantity)) }
      })
    return GridProgram(program, shared: assembly.shared, dimensions: dimensions)
  }

  /// The values of a quantity on the product of its own dimensions.
  public mutating func table(_ quantity: Quantity) throws -> Field {
    if let field = tables[quantity] { return field }
    // What neither the space nor the model knows is undefined.
    guard let outputs = model.formula(for: quantity)?.outputs else { return Field(dimensions: [], values: [.nan]) }
    let dimensions = dimensions(of: quantity)
    let values = try device.evaluateAll(program(for: outputs, over: dimensions))
    for (output, column) in zip(outputs, values) { tables[output] = Field(dimensions: dimensions, values: column) }
    return tables[quantity] ?? Field(dimensions: [], values: [])
  }

  /// A program being put together.
  private struct Assembly {
    let dimensions: [Int]
    var tables: [[Double]] = []
    var operands: [Quantity: Program.Operand] = [:]
    var streams: [Quantity: Int] = [:]
    var steps: [Program.Step] = []
    var streamCount = 0
    var shared: GridProgram.SharedStep?

    init(dimensions: [Int]) { self.dimensions = dimensions }

    mutating func add(table: [Double], strides: [Int]) -> Program.Operand {
      tables.append(table)
      return .table(tables.count - 1, strides: strides)
    }

    mutating func addStream(_ quantity: Quantity) -> Int {
      streams[quantity] = streamCount
      operands[quantity] = .stream(streamCount)
      streamCount += 1
      return streamCount - 1
    }

    /// A stream with the values of a table: they times one.
    mutating func copy(_ values: [Double], strides: [Int], as quantity: Quantity) {
      let inputs = [add(table: values, strides: strides), add(table: [1], strides: strides.map { _ in 0 })]
      let stream = addStream(quantity)
      steps.append(Program.Step(kernel: Kernel(portal_kernel_product), inputs: inputs, outputs: [stream]))
    }
  }

  /// Makes `quantity` available to later steps, as a table where it varies along fewer dimensions than the program.
  private mutating func add(_ quantity: Quantity, to assembly: inout Assembly, asStream: Bool) throws {
    if assembly.streams[quantity] != nil || (assembly.operands[quantity] != nil && !asStream) { return }
    let own = dimensions(of: quantity)
    let formula = space.parameters[quantity] == nil ? model.formula(for: quantity) : nil
    let small = own != assembly.dimensions && space.count(own) <= mostTableValues
    guard let formula, asStream || !small else {
      let field = try table(quantity)
      let strides = field.strides(over: assembly.dimensions, in: space)
      if asStream {
        assembly.copy(field.values, strides: strides, as: quantity)
      } else {
        assembly.operands[quantity] = assembly.add(table: field.values, strides: strides)
      }
      return
    }
    for input in formula.inputs where !isNumber(input) { try add(input, to: &assembly, asStream: false) }
    try addStep(formula, to: &assembly)
  }

  private mutating func addStep(_ formula: Formula, to assembly: inout Assembly) throws {
    let outputs = formula.outputs.map { assembly.addStream($0) }
    let inputs = formula.inputs.compactMap { input in
      isNumber(input) ? number(along: dimensions(of: formula), in: &assembly) : assembly.operands[input]
    }
    var step = Program.Step(kernel: formula.kernel, inputs: inputs, outputs: outputs)
    if let auxiliary = try formula.auxiliary?() {
      step.auxiliary = assembly.tables.count
      assembly.tables.append(auxiliary)
      if assembly.shared == nil, let onGrid = formula.onGrid, let sharing = sharing(formula, onGrid, auxiliary) {
        step.kernel = onGrid.kernel
        let (rowTable, groupTable) = (assembly.tables.count - 1, assembly.tables.count)
        let strides = sharing.groups.strides(over: assembly.dimensions, in: space)
        step.inputs.append(assembly.add(table: sharing.groups.values, strides: strides))
        assembly.shared = .init(sharing: sharing, groupTable: groupTable, rowTable: rowTable)
      }
    }
    assembly.steps.append(step)
  }

  private func number(along dimensions: [Int], in assembly: inout Assembly) -> Program.Operand {
    if dimensions == assembly.dimensions { return .index }
    let numbers = Field(dimensions: dimensions, values: (0..<space.count(dimensions)).map(Double.init))
    return assembly.add(table: numbers.values, strides: numbers.strides(over: assembly.dimensions, in: space))
  }

  /// What the points share for a formula, the same for all programs.
  private mutating func sharing(_ formula: Formula, _ onGrid: GridFormula, _ auxiliary: [Double]) -> GridSharing? {
    guard let quantity = formula.outputs.first else { return nil }
    if let known = sharings[quantity] { return known }
    let sharing = GridSharing(
      onGrid, auxiliary: auxiliary, space: space, device: device, mostValues: mostSharedValues)
    sharings[quantity] = .some(sharing)
    return sharing
  }
}
