import Benchmarking
import ComputeDevices
import Foundation
import LeptonicPortal
import Testing

struct BenchmarkTests {
  @Test func measuresWhatItSays() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let benchmark = DeviceBenchmark(points: 600, repeats: 2, directory: folder.path)
    let result = benchmark.measure(NativeDevice(threads: 2))
    #expect(result.failures.isEmpty, "\(result.failures)")
    #expect(result.kernels.map(\.kernel) == Kernel.all.map(\.name))
    for kernel in result.kernels {
      #expect(kernel.points > 0 && kernel.points <= 600)
      #expect(kernel.kernelRate.lowest > 0 && kernel.kernelRate.lowest <= kernel.kernelRate.median)
      #expect(kernel.kernelRate.median <= kernel.kernelRate.highest && kernel.transferRate.median > 0)
      #expect((kernel.fileRate?.lowest ?? 0) > 0 && kernel.fileRate?.rates.count == 2)
    }
    #expect(result.scan?.points == 256, "four axes of four")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func aFolderThatCannotBeWrittenIsReported() {
    let result = DeviceBenchmark(points: 16, repeats: 1, directory: "/no/such/folder").measure(NativeDevice(threads: 1))
    #expect(result.failures.count == 1 && result.failures[0].hasPrefix("scan: "))
    #expect(result.scan == nil && !result.kernels.isEmpty && result.kernels.allSatisfy { $0.fileRate == nil })
  }

  /// 4 GiB and less, 24 GiB, 80 GiB, a terabyte.
  @Test func pointsGrowWithTheMemoryOfAGPU() {
    let points = [0, 4, 24, 80, 1000].map { DeviceBenchmark.suitablePoints(memory: $0 << 30) }
    #expect(points == [1 << 22, 1 << 22, 1 << 23, 1 << 25, 1 << 26])
  }

  @Test func medianOfEvenAndOddCounts() {
    #expect(RateMeasurement([3, 1, 2]).median == 2)
    #expect(RateMeasurement([4, 1, 2, 3]).median == 2.5)
    #expect(RateMeasurement([4, 1, 2, 3]).lowest == 1 && RateMeasurement([4, 1, 2, 3]).highest == 4)
  }

  @Test func joinedCeilingsKeepEveryRepeat() {
    func ceilings(_ rates: [Double], copies: [Double]?) -> DeviceCeilings {
      DeviceCeilings(
        multiplyAdd: RateMeasurement(rates), bandwidth: RateMeasurement(rates),
        hostToDevice: copies.map { RateMeasurement($0) })
    }
    let joined = ceilings([3, 5], copies: [1]).joined(with: ceilings([9, 1, 4], copies: nil))
    #expect(joined.multiplyAdd == RateMeasurement([1, 3, 4, 5, 9]) && joined.bandwidth.highest == 9)
    #expect(joined.hostToDevice == RateMeasurement([1]) && joined.deviceToHost == nil)
  }

  @Test func reportReadsBack() throws {
    let system = SystemDescription(version: "0", revision: "abc")
    let report = BenchmarkReport(system: system, repeats: 5, devices: [])
    let copy = try JSONDecoder().decode(BenchmarkReport.self, from: JSONEncoder().encode(report))
    #expect(copy.system == system && copy.benchmark == "devices")
  }

  /// Benchmarks/operations/count writes the table.
  @Test(arguments: Kernel.all.map(\.name))
  func operationsAreCounted(kernel: String) { #expect(operationCounts[kernel] != nil) }

  /// What one reads off the source: square(h) * value, a * b, and Philox works on whole numbers.
  @Test func countsOfSimpleKernels() {
    let scale = operationCounts["times_squared_coupling"]
    #expect(scale?.multiplications == 2 && scale?.flops == 2)
    #expect(operationCounts["product"]?.flops == 1)
    #expect(operationCounts["arithmetic"]?.flops == 6)
  }

  @Test func inputsBeyondTheSamplesRepeat() throws {
    let mass = try #require(benchmarkInputs(points: 70_000)["anomalous_moments"]?.inputs.first)
    #expect(mass.count == 70_000 && mass[1 << 16] == mass[0])
    #expect(mass.allSatisfy { (0.1056583755...1e3).contains($0) })
  }
}
