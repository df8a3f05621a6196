import Foundation
import LeptonicPortal

/// Which nuclear form factor enters; formulas in Kernels/portable/form_factor.h.
public enum FormFactor: String, Sendable, Hashable, CaseIterable {
  /// Tsai's elastic form factor with atomic screening and nuclear size.
  case elastic
  /// Elastic, plus scattering off the Z protons.
  case elasticAndInelastic = "elastic+inelastic"
}

extension Nucleus {
  /// a = (111 Z^(-1/3)/m_e)^2 [1/GeV^2].
  var atomicScreening: Double { square(111 / cbrt(Double(charge)) / PhysicalConstants.electronMass) }
  /// a' = (773 Z^(-2/3)/m_e)^2 [1/GeV^2].
  var inelasticScreening: Double { square(773 / square(cbrt(Double(charge))) / PhysicalConstants.electronMass) }
  /// d = 0.164 A^(-2/3) [GeV^2].
  var nuclearSize: Double { 0.164 / square(cbrt(massNumber)) }
}

private func square(_ x: Double) -> Double { x * x }
