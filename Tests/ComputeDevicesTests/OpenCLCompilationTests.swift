import ComputeDevices
import Foundation
import LeptonicPortal
import Synchronization
import Testing

/// Compiling kernels: the cache of binaries, and what is said when the compiler fails.
@Suite(.enabled(if: !openCLDescriptions.isEmpty, "no OpenCL device with double precision"))
struct OpenCLCompilationTests {
  private let directory = testCache.directory?.appendingPathComponent("cache-\(UUID().uuidString)")
  private let program = pointsProgram(Kernel(named: "product"), inputs: [[2, 3], [5, 7]])

  private func evaluateOnce(_ cache: ProgramCache) throws -> [[Double]] {
    try evaluate(program, on: OpenCLDevice(try #require(openCLDescriptions.first), cache: cache))
  }

  private func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: #require(directory), includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
  }

  @Test func binariesAreKeptAndUsed() throws {
    let cache = ProgramCache(directory: directory)
    #expect(try evaluateOnce(cache) == [[10, 21]])
    let written = try files().map { try Data(contentsOf: $0) }
    #expect(written.count == 2)  // the kernel, and the conversions of results
    #expect(try evaluateOnce(cache) == [[10, 21]])
    #expect(try files().map { try Data(contentsOf: $0) } == written)
  }

  static let damages: [(String, @Sendable (Data) -> Data)] = [
    ("empty", { _ in Data() }),
    ("header only", { $0.prefix(48) }),
    ("truncated", { $0.dropLast(1) }),
    ("extended", { $0 + [0] }),
    ("other magic", { [UInt8(ascii: "x")] + $0.dropFirst() }),
    ("key of another program", { $0.prefix(8) + [$0[8] ^ 1] + $0.dropFirst(9) }),
    ("flipped bit", { $0.prefix(1000) + [$0[1000] ^ 4] + $0.dropFirst(1001) }),
  ]

  @Test(arguments: damages.indices)
  func damagedFilesAreRebuilt(index: Int) throws {
    let (name, damage) = Self.damages[index]
    let cache = ProgramCache(directory: directory)
    _ = try evaluateOnce(cache)
    for file in try files() { try damage(Data(contentsOf: file)).write(to: file) }
    let damaged = try files().map { try Data(contentsOf: $0) }
    #expect(try evaluateOnce(cache) == [[10, 21]], "\(name)")
    let repaired = try files().map { try Data(contentsOf: $0) }
    #expect(zip(repaired, damaged).allSatisfy { $0 != $1 }, "\(name)")
    // A file that is whole is used, not written again.
    #expect(try evaluateOnce(cache) == [[10, 21]], "\(name)")
    #expect(try files().map { try Data(contentsOf: $0) } == repaired, "\(name)")
  }

  @Test func cacheIsOptional() throws {
    #expect(try evaluateOnce(ProgramCache(directory: nil)) == [[10, 21]])
    #expect(try evaluateOnce(ProgramCache(directory: URL(fileURLWithPath: "/dev/null/nowhere"))) == [[10, 21]])
  }

  @Test(arguments: [
    (["LEPTOSCAN_CACHE_DIR": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"], "/a"),
    (["LEPTOSCAN_CACHE_DIR": "", "HOME": "/c"], nil),
    (["XDG_CACHE_HOME": "/b", "HOME": "/c"], "/b/leptoscan"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/c"], "/c/.cache/leptoscan"),
    (["HOME": "/c"], "/c/.cache/leptoscan"),
    ([:], nil),
  ])
  func cacheDirectory(environment: [String: String], expected: String?) {
    #expect(ProgramCache.standard(environment: environment).directory?.path == expected)
  }

  @Test func stateOfTheFolder() throws {
    let cache = ProgramCache(directory: directory)
    let empty = cache.state()
    #expect(empty.directory == directory?.path && empty.files == 0 && empty.problem == nil)
    _ = try evaluateOnce(cache)
    #expect(cache.state().files == 2 && "\(cache.state())".hasSuffix("(2 compiled programs)"))
    let nowhere = ProgramCache(directory: URL(fileURLWithPath: "/dev/null/nowhere")).state()
    #expect(nowhere.problem == "Not a directory")
    #expect("\(nowhere)".hasPrefix("/dev/null/nowhere cannot be written (Not a directory) "))
    #expect("\(ProgramCache(directory: nil).state())".hasPrefix("none "))
  }

  @Test func kernelsAreCompiledSeveralAtATime() throws {
    let device = try OpenCLDevice(#require(openCLDescriptions.first), cache: ProgramCache(directory: nil))
    let kernels = ["product", "times_squared_coupling", "exponential"].map(Kernel.init(named:))
    let counts = Mutex<[Int]>([])
    device.compile(kernels) { count in counts.withLock { $0.append(count) } }
    #expect(counts.withLock { $0.sorted() } == [1, 2, 3])
    for kernel in kernels {
      let compilation = try device.compilation(of: kernel)
      #expect(compilation.workGroupSize > 0 && (compilation.buildSeconds ?? 0) > 0)
    }
  }

  /// OpenCL has no vectors of five.
  @Test func failedBuildShowsTheLog() throws {
    let device = try OpenCLDevice(
      #require(openCLDescriptions.first), lanes: 5, cache: ProgramCache(directory: nil))
    let error = #expect(throws: OpenCLError.self) { try device.prepare(program) }
    #expect(error?.call == "clBuildProgram")
    #expect(error?.symbol == "CL_BUILD_PROGRAM_FAILURE")
    #expect(error?.device == device.description.name)
    #expect(error?.kernel == "product")
    #expect(error?.log.contains("double5") == true)
    #expect(error.map { "\($0)" }?.contains("double5") == true)
  }
}

struct OpenCLErrorTests {
  @Test func messageNamesCallDeviceAndSymbol() {
    let error = OpenCLError(call: "clEnqueueReadBuffer", code: -5, device: "GPU X")
    #expect(
      "\(error)" == "clEnqueueReadBuffer failed on GPU X (CL_OUT_OF_RESOURCES, -5) "
        + "free memory on the device, or use --device native")
    let ofAKernel = OpenCLError(call: "clEnqueueNDRangeKernel", code: -54, device: "GPU X", kernel: "product")
    #expect("\(ofAKernel)".hasPrefix("clEnqueueNDRangeKernel of product failed on GPU X (CL_INVALID_WORK_GROUP_SIZE"))
    #expect(OpenCLError(call: "clFinish", code: -12345, device: "GPU X").symbol == "unknown code")
  }
}
