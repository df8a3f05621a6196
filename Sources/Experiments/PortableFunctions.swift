import LeptonicPortal
import PortalKernels

/// Elementary functions with the same bits on every host: the kernels' own.
func portableExponential(_ x: [Double]) -> [Double] { Kernel(portal_kernel_exponential).evaluate(columns: [x])[0] }

func portableLogarithm(_ x: [Double]) -> [Double] { Kernel(portal_kernel_logarithm).evaluate(columns: [x])[0] }
