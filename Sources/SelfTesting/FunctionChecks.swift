import LeptonicPortal
import PortalKernels

/// exp and log at arguments whose results are hard to round; limits as stated in docs/numerics.md.
func elementaryChecks(_ subject: Subject) -> [SelfTestCheck] {
  [
    ("exp against 60 digits", portal_kernel_exponential, exponentialPoints, 0.80),
    ("log against 60 digits", portal_kernel_logarithm, logarithmPoints, 0.84),
  ].map { name, kernel, points, limit in
    check(name, limit: limit, unit: .ulp) {
      let values = try subject.evaluate(Kernel(kernel), [points.map { $0[0] }])[0]
      return zip(values, points).map { ulpError($0, rounded: $1[1], residual: $1[2]) }
    }
  }
}

/// The known-answer vectors that come with Random123 (Salmon et al. 2011, doi:10.1145/2063384.2063405): counter, key
/// and block.
private let philoxVectors: [[UInt32]] = [
  [0, 0, 0, 0, 0, 0, 0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
  [.max, .max, .max, .max, .max, .max, 0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
  [
    0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344, 0xa409_3822, 0x299f_31d0,
    0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1,
  ],
]

func philoxChecks(_ subject: Subject) -> [SelfTestCheck] {
  [
    check("Philox4x32-10 known answers", limit: 0, unit: .ulp) {
      let inputs = (0..<6).map { j in philoxVectors.map { Double($0[j]) } }
      let words = try subject.evaluate(Kernel(portal_kernel_philox), inputs)
      return words.enumerated().flatMap { k, values in
        zip(values, philoxVectors).map { ulpDistance($0, Double($1[6 + k])) }
      }
    }
  ]
}

func loopIntegralChecks(_ subject: Subject) -> [SelfTestCheck] {
  [
    check("loop integral against quadrature", limit: 1e-13, unit: .relative) {
      let moments = try subject.evaluate(Kernel(portal_kernel_anomalous_moments), [loopIntegralPoints.map { $0[0] }])
      return (0...1).flatMap { k in zip(moments[k], loopIntegralPoints).map { relativeError($0, $1[k + 1]) } }
    }
  ]
}
