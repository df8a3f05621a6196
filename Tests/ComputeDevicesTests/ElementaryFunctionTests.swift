import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// exp and log against correctly rounded values at arguments chosen to be hard (Tests/ReferenceData/elementary.py).
struct ElementaryFunctionTests {
  struct Function: Sendable {
    let kernel: portal_kernel
    let table: String
    /// Largest error stated in docs/numerics.md, in units in the last place.
    let statedError: Double
  }

  static let functions = [
    Function(kernel: portal_kernel_exponential, table: "exponential", statedError: 0.80),
    Function(kernel: portal_kernel_logarithm, table: "logarithm", statedError: 0.84),
  ]

  @Test(arguments: testDevices, functions)
  func errorIsAsStated(on device: TestDevice, function: Function) throws {
    let table = try ReferenceTable(function.table)
    let (x, rounded, residual) = (try table["x"], try table["rounded"], try table["residual"])
    let computed = try evaluate(Kernel(function.kernel), inputs: [x], on: device.device)[0]
    #expect(table.rowCount > 3000)
    for i in x.indices where rounded[i].isFinite {
      let error = abs((computed[i] - rounded[i]) / rounded[i].ulp - residual[i])
      #expect(error <= function.statedError, "\(function.table)(\(x[i])) = \(computed[i]), error \(error) ulp")
    }
    for i in x.indices where rounded[i].isInfinite { #expect(computed[i] == rounded[i], "x = \(x[i])") }
  }

  @Test(arguments: testDevices)
  func exponentialSpecialValues(on device: TestDevice) throws {
    let x = [0.0, -0.0, .infinity, -.infinity, .nan, 710, 1e308, -746, -1e308, .leastNonzeroMagnitude]
    let y = try evaluate(Kernel(portal_kernel_exponential), inputs: [x], on: device.device)[0]
    #expect(y[4].isNaN)
    #expect(y.filter { !$0.isNaN } == [1, 1, .infinity, 0, .infinity, .infinity, 0, 0, 1])
  }

  @Test(arguments: testDevices)
  func logarithmSpecialValues(on device: TestDevice) throws {
    let x = [1.0, 0, -0.0, .infinity, -1, -.infinity, .nan, -.leastNonzeroMagnitude]
    let y = try evaluate(Kernel(portal_kernel_logarithm), inputs: [x], on: device.device)[0]
    #expect(Array(y[..<4]) == [0, -.infinity, -.infinity, .infinity])
    #expect(y[4...].allSatisfy { $0.isNaN })
  }

  @Test(arguments: testDevices)
  func logarithmInvertsTheExponential(on device: TestDevice) throws {
    let x = (-700...700).map { Double($0) + 0.37 }
    let y = try evaluate(Kernel(portal_kernel_exponential), inputs: [x], on: device.device)
    let back = try evaluate(Kernel(portal_kernel_logarithm), inputs: y, on: device.device)[0]
    // One ulp of exp(x) moves its logarithm by at most 2^-52.
    for i in x.indices { #expect(abs(back[i] - x[i]) <= 0x1p-52 + x[i].ulp, "x = \(x[i])") }
  }
}
