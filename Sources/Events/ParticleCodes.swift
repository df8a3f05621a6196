import LeptonicPortal
import Production

/// Numbers of particles (Particle Data Group, "Monte Carlo particle numbering scheme").
enum ParticleCodes {
  /// phi, in the range that is free for new particles.
  static let phi = 9_000_006

  /// The beam and the outgoing lepton: e- is 11, mu- is 13.
  static func leptons(_ channel: ProductionChannel) -> (beam: Int, outgoing: Int) {
    channel == .electronToMuon ? (11, 13) : (13, 11)
  }

  /// 10LZZZAAAI: of an element the isotope that is most abundant.
  static func nucleus(_ target: ProductionTarget) -> Int {
    let isotope = TargetMaterial.named(target.name)?.principalIsotope
    return 1_000_000_000 + 10_000 * target.nucleus.charge + 10 * (isotope ?? Int(target.nucleus.massNumber.rounded()))
  }
}
