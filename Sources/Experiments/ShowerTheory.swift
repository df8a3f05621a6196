import LeptonicPortal

/// Rates per radiation length of a shower, as Laplace transforms in y = ln(E_0/E): bremsstrahlung and pair production on
/// completely screened nuclei, nothing else (approximation A; B. Rossi, K. Greisen, Rev. Mod. Phys. 13 (1941) 240).
///
///     d pi/dt = -A pi + B gamma,   d gamma/dt = C pi - sigma_0 gamma
///
/// pi: electrons and positrons, gamma: photons. With b = 1/(18 ln(183 Z^(-1/3))) and c = 4/3 + 2b
///
///     A(s) = c [psi(s+1) + gamma_E - s/(s+1)] + 1/2 - 1/((s+1)(s+2))
///     B(s) = 2 { 1/(s+1) - c [1/(s+2) - 1/(s+3)] }
///     C(s) = c [1/s - 1/(s+1)] + 1/(s+2),   sigma_0 = 7/9 - b/3
///
/// Energy is conserved: A(1) = B(1) C(1)/sigma_0.
struct ShowerTheory: Sendable {
  let b, c, photonLoss: Double

  init(charge: Int) {
    let logs = portableLogarithm([183, Double(charge)])
    b = 1 / (18 * (logs[0] - logs[1] / 3))
    c = 4.0 / 3 + 2 * b
    photonLoss = 7.0 / 9 - b / 3
  }

  private static let eulerConstant = 0.57721566490153286

  /// A: radiation of electrons.
  func electronLoss(_ s: [ComplexNumber]) -> [ComplexNumber] {
    zip(s, portableDigamma(s.map { $0 + 1 })).map { s, psi in
      c * (psi + Self.eulerConstant - s / (s + 1)) + 0.5 - 1 / ((s + 1) * (s + 2))
    }
  }

  /// B: pairs from photons.
  func pairs(_ s: ComplexNumber) -> ComplexNumber {
    2 * (1 / (s + 1) - c * (1 / (s + 2) - 1 / (s + 3)))
  }

  /// C: photons from electrons.
  func photons(_ s: ComplexNumber) -> ComplexNumber {
    c * (1 / s - 1 / (s + 1)) + 1 / (s + 2)
  }

  /// A of Y.-S. Tsai, V. Whitis, Phys. Rev. 149 (1966) 1248, for every element: its transform inverts to
  /// I(E_0, E, t) = y^(4t/3-1)/(E_0 Gamma(4t/3)).
  static func tsaiWhitisLoss(_ s: [ComplexNumber]) -> [ComplexNumber] {
    portableLogarithm(s.map { $0 + 1 }).map { (4.0 / 3) * $0 }
  }
}
