import LeptonicPortal
import PortalKernels

/// How the cross section is computed.
public enum CrossSectionMethod: String, Sendable, Hashable, CaseIterable {
  /// Exact tree level.
  case exact = "etl"
  /// Weizsaecker-Williams, for comparison.
  case weizsaeckerWilliams = "ww"
  /// Improved Weizsaecker-Williams: one photon flux for all points, theta < 0.1; for comparison.
  case improvedWeizsaeckerWilliams = "iww"

  /// energy, m_phi -> sigma, relative error, evaluations.
  var totalKernel: Kernel {
    switch self {
    case .exact: Kernel(portal_kernel_production_total)
    case .weizsaeckerWilliams: Kernel(portal_kernel_ww_total)
    case .improvedWeizsaeckerWilliams: Kernel(portal_kernel_improved_ww_total)
    }
  }
  /// energy, m_phi, 1-x -> dsigma/dx, relative error, evaluations.
  var differentialKernel: Kernel {
    switch self {
    case .exact: Kernel(portal_kernel_production_differential)
    case .weizsaeckerWilliams: Kernel(portal_kernel_ww_differential)
    case .improvedWeizsaeckerWilliams: Kernel(portal_kernel_improved_ww_differential)
    }
  }
  /// energy, m_phi, 1-x, 1-cos theta -> d2sigma/(dx dcos theta), status.
  var doubleDifferentialKernel: Kernel {
    switch self {
    case .exact: Kernel(portal_kernel_production_double_differential)
    case .weizsaeckerWilliams: Kernel(portal_kernel_ww_double_differential)
    case .improvedWeizsaeckerWilliams: Kernel(portal_kernel_improved_ww_double_differential)
    }
  }
}
