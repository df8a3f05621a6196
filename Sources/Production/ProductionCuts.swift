import Foundation

/// A region of phase space. Energies in GeV, angles in radians.
public struct ProductionCuts: Sendable, Hashable {
  /// Bounds on the energy left to the recoils, E - E_phi: that of the outgoing lepton up to the nucleus' T/2M.
  public var recoilEnergy: ClosedRange<Double>
  /// Largest angle of phi.
  public var largestAngle: Double

  public init(recoilEnergy: ClosedRange<Double> = 0...Double.greatestFiniteMagnitude, largestAngle: Double = .pi) {
    self.recoilEnergy = recoilEnergy
    self.largestAngle = largestAngle
  }

  /// All of phase space.
  public static let none = ProductionCuts()

  /// 1 - cos of the largest angle.
  var largestVersine: Double { versine(largestAngle) }
}

/// 1 - cos(angle) = 2 sin^2(angle/2), without cancellation.
func versine(_ angle: Double) -> Double {
  let s = sin(angle / 2)
  return 2 * s * s
}
