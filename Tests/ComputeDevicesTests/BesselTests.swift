import ComputeDevices
import LeptonicPortal
import PortalKernels
import Testing

/// The Bessel functions of the thermal averages against 20-digit values (Tests/ReferenceData/bessel.py).
struct BesselTests {
  @Test(arguments: testDevices)
  func firstAndSecondKind(on device: TestDevice) throws {
    let cases = [
      ("bessel_k1", "z", "k1_scaled", portal_kernel_bessel_k1, 3e-10),
      ("bessel_k2", "x", "x2_k2_scaled", portal_kernel_bessel_k2, 6e-10),
    ]
    for (name, argument, column, kernel, tolerance) in cases {
      let table = try ReferenceTable(name)
      let computed = try evaluate(Kernel(kernel), inputs: [try table[argument]], on: device.device)[0]
      for (value, expected) in zip(computed, try table[column]) {
        #expect(relativeError(value, expected) < tolerance, "\(name) \(expected)")
      }
    }
  }
}
