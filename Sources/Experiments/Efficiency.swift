import LeptonicPortal
import PortalKernels

/// The detected part of the signal: a number, or a table in m_phi.
public struct Efficiency: Sendable, Hashable {
  /// Rising [GeV].
  public let mPhi: [Double]
  /// Between 0 and 1, as many as masses.
  public let values: [Double]

  /// The same for every mass.
  public init(_ value: Double) {
    mPhi = [1]
    values = [value]
  }

  /// Linear in ln m_phi between the entries, constant beyond them.
  package init(mPhi: [Double], values: [Double]) {
    self.mPhi = mPhi
    self.values = values
  }

  public var isConstant: Bool { values.count == 1 }

  /// At a mass [GeV]; by the kernel of scans.
  public func value(mPhi mass: Double) -> Double {
    Kernel(portal_kernel_detection_efficiency).evaluate(columns: [[mass]], auxiliary: kernelTable)[0][0]
  }

  /// All that the kernel `detection_efficiency` reads.
  package var kernelTable: [Double] { [Double(values.count)] + table }

  /// What kernels read: ln m_phi of the entries, then the values.
  var table: [Double] { portableLogarithm(mPhi) + values }
}
