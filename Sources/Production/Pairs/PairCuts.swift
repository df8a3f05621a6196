import Foundation
import LeptonicPortal
import PortalKernels

/// Cuts on both charged leptons of e+ e- -> e+ mu- phi; e- moves along +z.
public struct PairCuts: Sendable, Hashable {
  /// Cosine of the polar angle in the centre of mass.
  public var cosine: ClosedRange<Double>
  /// Velocity of the centre of mass along +z in the laboratory.
  public var boost: Double
  /// Polar angle in the laboratory [rad].
  public var laboratoryAngle: ClosedRange<Double>
  /// Least transverse momentum [GeV].
  public var transverseMomentum: Double

  public init(
    cosine: ClosedRange<Double> = -1...1, boost: Double = 0, laboratoryAngle: ClosedRange<Double> = 0...Double.pi,
    transverseMomentum: Double = 0
  ) {
    self.cosine = cosine
    self.boost = boost
    self.laboratoryAngle = laboratoryAngle
    self.transverseMomentum = transverseMomentum
  }

  /// All of phase space.
  public static let none = PairCuts()

  /// The velocity of the centre of mass of e- (along +z) and e+ of these energies [GeV], head on.
  public static func boost(electron: Double, positron: Double) -> Double {
    func momentum(_ energy: Double) -> Double {
      let mass = PhysicalConstants.electronMass
      return ((energy - mass) * (energy + mass)).squareRoot()
    }
    return (momentum(electron) - momentum(positron)) / (electron + positron)
  }

  private var laboratoryCosine: ClosedRange<Double> {
    let low = laboratoryAngle.upperBound >= Double.pi ? -1 : cos(laboratoryAngle.upperBound)
    return min(low, cos(laboratoryAngle.lowerBound))...cos(laboratoryAngle.lowerBound)
  }

  /// Cosines in the centre of mass outside which no positron passes, but for a negligible number of soft ones: those of massless
  /// particles with a margin.
  private var sampledCosine: ClosedRange<Double> {
    func aberration(_ c: Double) -> Double { (c - boost) / (1 - boost * c) }
    let margin = 1e-3
    let low = laboratoryCosine.lowerBound <= -1 ? -1 : aberration(laboratoryCosine.lowerBound) - margin
    let high = laboratoryCosine.upperBound >= 1 ? 1 : aberration(laboratoryCosine.upperBound) + margin
    let lowest = max(cosine.lowerBound, low, -1)
    return lowest...max(lowest, min(cosine.upperBound, high, 1))
  }

  /// As Kernels/portable/pair_layout.h lays it out.
  func kernelData(_ random: RandomStream) -> [Double] {
    var data = [Double](repeating: 0, count: Int(PORTAL_PAIR_LENGTH))
    data[Int(PORTAL_PAIR_COSINE_LOW)] = cosine.lowerBound
    data[Int(PORTAL_PAIR_COSINE_HIGH)] = cosine.upperBound
    data[Int(PORTAL_PAIR_BOOST)] = boost
    data[Int(PORTAL_PAIR_LAB_LOW)] = laboratoryCosine.lowerBound
    data[Int(PORTAL_PAIR_LAB_HIGH)] = laboratoryCosine.upperBound
    data[Int(PORTAL_PAIR_TRANSVERSE)] = transverseMomentum
    data[Int(PORTAL_PAIR_SAMPLED_LOW)] = sampledCosine.lowerBound
    data[Int(PORTAL_PAIR_SAMPLED_HIGH)] = sampledCosine.upperBound
    data[Int(PORTAL_PAIR_SEED)] = Double(random.seed)
    data[Int(PORTAL_PAIR_STREAM)] = Double(random.stream)
    return data
  }
}
