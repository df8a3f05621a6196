import SelfTesting

// `leptoscan selftest` and the tests sample the kernels in the same domains, from the same generator.
typealias SplitMix64 = SelfTesting.SplitMix64
let kernelDomains = SelfTesting.kernelDomains
