import PortalKernels

/// One of the compiled kernels: a map of a few doubles per point to a few doubles per point.
///
/// What each computes stands in `Kernels/portable/kernels.h`; the list is `Kernels/portable/kernel_list.h`.
public struct Kernel: Sendable, Hashable {
  public let rawValue: portal_kernel

  public init(_ rawValue: portal_kernel) { self.rawValue = rawValue }

  /// The name, which is also that of the OpenCL entry point.
  public var name: String { String(cString: portal_kernel_name(rawValue)) }
  /// How many doubles per point it reads.
  public var inputCount: Int { Int(portal_kernel_inputs(rawValue)) }
  /// How many doubles per point it writes.
  public var outputCount: Int { Int(portal_kernel_outputs(rawValue)) }

  public static var all: [Kernel] { (0..<portal_kernel_count.rawValue).map { Kernel(portal_kernel(rawValue: $0)) } }
}
