import LeptonicPortal
import PortalKernels

extension OpenCLDevice {
  /// Compiles a small kernel and runs it; throws what went wrong on the way.
  public func tryOut() throws {
    let product = Program(
      shape: [2], tables: [[2, 3], [5, 7]],
      steps: [
        .init(
          kernel: Kernel(portal_kernel_product),
          inputs: [.table(0, strides: [1]), .table(1, strides: [1])], outputs: [0])
      ],
      streamCount: 1, results: [.init(stream: 0, type: .float64)])
    let values = try evaluateAll(product)[0]
    guard values == [10, 21] else { throw OpenCLWrongProduct(device: description.name, values: values) }
  }
}

/// A device answered without an error, but wrongly.
public struct OpenCLWrongProduct: Error, Sendable, CustomStringConvertible {
  public let device: String
  public let values: [Double]

  public var description: String {
    "2 x 5 and 3 x 7 are \(values) on \(device) (its driver computes wrongly) update the driver, or use --device native"
  }
}
