import ComputeDevices
import LeptonicPortal
import Testing

/// What an OpenCL device could do differently from the CPU: special values, NaN bits, pieces of a range.
@Suite(.enabled(if: !openCLTestDevices.isEmpty, "no OpenCL device with double precision"))
struct OpenCLBitsTests {
  static let special: [Double] = [
    0, -0.0, 1, -1, 0.1056583755, 0.51099895069e-3, .infinity, -.infinity, .nan, -.nan, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0x1p-1040,
    Double(nan: 12345, signaling: false), 1e-300, 1e300, 709.9, -745.2,
  ]

  @Test(arguments: openCLTestDevices.map { TestDevice(device: $0) }, Kernel.all.map(\.name))
  func specialInputs(device: TestDevice, kernelName: String) throws {
    let kernel = try #require(Kernel.all.first { $0.name == kernelName })
    let auxiliary = kernelDomains[kernelName]?.auxiliary
    // Pairs of special values in the first two inputs, shifted ones in the others.
    let count = Self.special.count * Self.special.count
    let inputs = (0..<kernel.inputCount).map { j in
      (0..<count).map { i in
        let index = j == 0 ? i % Self.special.count : i / Self.special.count + 5 * (j - 1)
        return Self.special[index % Self.special.count]
      }
    }
    let program = pointsProgram(kernel, inputs: inputs, auxiliary: auxiliary)
    let expected = try evaluate(program, on: referenceDevice)
    let results = try evaluate(program, on: device.device)
    for (output, (result, reference)) in zip(results, expected).enumerated() {
      let first = zip(result, reference).enumerated().first { $1.0.bitPattern != $1.1.bitPattern }
      if let (i, (value, other)) = first {
        Issue.record("output \(output) of \(inputs.map { $0[i] }) is \(value), natively \(other)")
      }
    }
  }

  /// More points than fit one piece, in every stored type, from an odd start on.
  @Test(arguments: openCLTestDevices.map { TestDevice(device: $0) })
  func rangesOfManyPieces(device: TestDevice) throws {
    let shape = [7, 300, 401]
    let steps = [
      Program.Step(
        kernel: Kernel(named: "product"), inputs: [.table(0, strides: [0, 401, 1]), .table(1, strides: [1, 0, 0])],
        outputs: [0]),
      Program.Step(
        kernel: Kernel(named: "product"), inputs: [.stream(0), .table(1, strides: [1, 0, 0])], outputs: [1]),
      Program.Step(kernel: Kernel(named: "status_scalars"), inputs: [.stream(1), .stream(0)], outputs: [2]),
    ]
    let table = (0..<300 * 401).map { 1 / Double($0 + 1) }
    let results: [Program.Result] = [
      .init(stream: 1, type: .float64), .init(stream: 0, type: .float32), .init(stream: 2, type: .uint8),
    ]
    let program = Program(
      shape: shape, tables: [table, [0.5, 1, 2, 3, 1e-39, 1e39, .nan]], steps: steps, streamCount: 3, results: results)
    let native = NativeDevice(threads: 2)
    for range in [0..<program.count, 12_345..<program.count - 1, 70_001..<70_002] {
      let expected = try evaluateBytes(program, range: range, on: native)
      #expect(try evaluateBytes(program, range: range, on: device.device) == expected, "points \(range)")
    }
  }

  /// What one thread copied to the device serves another one that prepares the same program, and no other program.
  @Test(arguments: openCLTestDevices.map { TestDevice(device: $0) })
  func tablesAreSharedByTheSameProgramOnly(device: TestDevice) throws {
    let program = pointsProgram(Kernel(named: "exponential"), inputs: [(0..<1000).map { Double($0) * 1e-3 }])
    var other = program
    other.tables[0][7] = -1
    let programs = [program, program, other, program]
    let prepared = try programs.map { try device.device.prepare($0) }
    for (program, prepared) in zip(programs, prepared) {
      var bits = [UInt64](repeating: 0, count: program.count)
      try bits.withUnsafeMutableBytes { try prepared.evaluate(0..<program.count, into: [#require($0.baseAddress)]) }
      #expect(try bits == evaluate(program, on: referenceDevice)[0].map(\.bitPattern))
    }
  }

  /// Tables lie in this machine's memory once more for each device that works there, however many threads share them.
  @Test(arguments: openCLTestDevices.map { TestDevice(device: $0) })
  func memoryOfThisMachineIsForetold(device: TestDevice) throws {
    let program = pointsProgram(Kernel(named: "exponential"), inputs: [[1, 2, 3]])
    let opencl = try #require(device.device as? OpenCLDevice)
    func bytes(_ workers: Int, _ tables: Int) -> Int {
      device.device.hostBytes(for: program, tableBytes: tables, workers: workers)
    }
    #expect(bytes(1, 0) >= program.count * 8 && bytes(2, 0) == 2 * bytes(1, 0))
    #expect(bytes(2, 5000) - bytes(2, 0) == (opencl.description.sharesHostMemory ? 5000 : 0))
    #expect(NativeDevice(threads: 1).hostBytes(for: program, tableBytes: 5000, workers: 2) == 0)
  }

  @Test func timingsAddUp() throws {
    let device = try #require(openCLTestDevices.first)
    let x = (0..<200_000).map { Double($0) }
    let program = pointsProgram(Kernel(named: "exponential"), inputs: [x])
    let prepared = try #require(try device.prepare(program) as? any TimedProgram)
    #expect(prepared.timings.kernel == 0 && prepared.timings.transfer == 0)
    var results = x
    try results.withUnsafeMutableBytes { try prepared.evaluate(0..<x.count, into: [#require($0.baseAddress)]) }
    let once = prepared.timings
    #expect(once.kernel > 0)
    try results.withUnsafeMutableBytes { try prepared.evaluate(0..<x.count, into: [#require($0.baseAddress)]) }
    #expect(prepared.timings.kernel > once.kernel)
  }
}

extension Kernel {
  /// The kernel of that name, which exists.
  init(named name: String) { self = Kernel.all.first { $0.name == name } ?? Kernel.all[0] }
}
