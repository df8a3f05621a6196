/// Electrons of a beam on a stack of layers: the Laplace transform in y = ln(E_0/E) of the track length [X0] that one layer
/// holds per beam particle.
package struct ElectronTransport: Sendable {
  /// Which electrons count.
  package enum Particles: Sendable, Hashable {
    case beamElectron
    /// Of both charges; positrons are half of what the beam's electron leaves.
    case all
  }

  package let particles: Particles
  private let spectrum: ElectronSpectrum
  /// What the beam has passed, and the layer itself.
  private let before: [Slab], layer: Slab

  /// A piece of one element.
  private struct Slab: Sendable {
    let theory: ShowerTheory
    /// [X0].
    let thickness: Double
  }

  /// Depth [X0] behind which a shower is not followed: less than 1e-8 of its track length above E_0/400000 lies behind.
  private static let deepest = 80.0

  /// - Parameters:
  ///   - layers: of the whole target.
  ///   - number: which one is meant.
  package init(_ spectrum: ElectronSpectrum, in layers: [TargetLayer], number: Int, particles: Particles? = nil) {
    self.spectrum = spectrum
    self.particles = particles ?? (spectrum == .shower ? .all : .beamElectron)
    var depth = 0.0
    let slabs = layers.prefix(number + 1).map { layer -> Slab in
      let thickness = max(0, min(layer.radiationLengths, Self.deepest - depth))
      depth += thickness
      return Slab(
        theory: ShowerTheory(charge: layer.material.nucleus.charge),
        thickness: spectrum == .shower ? thickness : layer.radiationLengths)
    }
    before = Array(slabs.dropLast())
    layer = slabs[number]
  }

  /// The transform at many arguments.
  func callAsFunction(_ s: [ComplexNumber]) -> [ComplexNumber] {
    switch particles {
    case .beamElectron: beamElectron(s)
    case .all: shower(s)
    }
  }

  /// e^(-t A) behind t, so that a layer of the thickness d holds e^(-t A) (1 - e^(-d A))/A.
  private func beamElectron(_ s: [ComplexNumber]) -> [ComplexNumber] {
    let losses = before.map { slab in loss(s, slab).map { slab.thickness * $0 } }
    let exponents = s.indices.map { i in losses.reduce(ComplexNumber(0)) { $0 - $1[i] } }
    let inside = portableAttenuation(loss(s, layer).map { layer.thickness * $0 })
    return zip(portableExponential(exponents), inside).map { layer.thickness * ($0 * $1) }
  }

  private func loss(_ s: [ComplexNumber], _ slab: Slab) -> [ComplexNumber] {
    spectrum == .shower ? slab.theory.electronLoss(s) : ShowerTheory.tsaiWhitisLoss(s)
  }

  private func shower(_ s: [ComplexNumber]) -> [ComplexNumber] {
    var electrons = s.map { _ in ComplexNumber(1) }
    var photons = s.map { _ in ComplexNumber(0) }
    for slab in before {
      let modes = ShowerModes(slab.theory, s)
      let growth = modes.rates.map { rates in portableExponential(rates.map { slab.thickness * $0 }) }
      (electrons, photons) = modes.sum(growth, electrons, photons)
    }
    let modes = ShowerModes(layer.theory, s)
    let lengths = modes.rates.map { rates in
      portableAttenuation(rates.map { -layer.thickness * $0 }).map { layer.thickness * $0 }
    }
    return modes.sum(lengths, electrons, photons).electrons
  }
}

/// The two modes e^(lambda t) of a shower's equations, for many arguments s at once.
private struct ShowerModes {
  /// lambda, of the one mode and of the other.
  let rates: [[ComplexNumber]]
  private let theory: ShowerTheory
  private let loss, pairs, photons, splitting: [ComplexNumber]

  init(_ theory: ShowerTheory, _ s: [ComplexNumber]) {
    self.theory = theory
    loss = theory.electronLoss(s)
    pairs = s.map(theory.pairs)
    photons = s.map(theory.photons)
    splitting = s.indices.map { [loss, pairs, photons] i in
      let difference = loss[i] - theory.photonLoss
      return (difference * difference + 4 * (pairs[i] * photons[i])).squareRoot
    }
    rates = [0.5, -0.5].map { [loss, splitting] sign in
      loss.indices.map { sign * splitting[$0] - 0.5 * (loss[$0] + theory.photonLoss) }
    }
  }

  /// What begins as `electrons` and `photons`, with the modes multiplied by factors.
  func sum(
    _ factors: [[ComplexNumber]], _ electrons: [ComplexNumber], _ photons: [ComplexNumber]
  ) -> (electrons: [ComplexNumber], photons: [ComplexNumber]) {
    func part(_ i: Int, of mode: Int) -> (electrons: ComplexNumber, photons: ComplexNumber) {
      let rate = rates[mode][i]
      let weight = (mode == 0 ? 1.0 : -1) * factors[mode][i] / splitting[i]
      return (
        weight * ((rate + theory.photonLoss) * electrons[i] + pairs[i] * photons[i]),
        weight * (self.photons[i] * electrons[i] + (rate + loss[i]) * photons[i])
      )
    }
    let parts = loss.indices.map { (part($0, of: 0), part($0, of: 1)) }
    return (parts.map { $0.0.electrons + $0.1.electrons }, parts.map { $0.0.photons + $0.1.photons })
  }
}
