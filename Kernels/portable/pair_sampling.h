// Phase space of e+ e- -> e+ mu- phi in two ways, whose densities are added (multi-channel Monte Carlo):
//
//   A  (mu phi) recoils against e+:  s_X = (p_mu+k)^2 uniform in its logarithm, then tau = -t, then D_u = m_mu^2 - (p_e- - k)^2,
//      and the azimuth of phi around e- in the rest frame of (mu phi): the photon's pole in the t channel, phi along e-
//   B  (e+ phi) recoils against mu-: s_Y = (p_e+ + k)^2 uniform in its logarithm, the rest isotropic: phi along e+
//
// The weight of a point is |M|^2 flux/(G_A + G_B), G the densities in three-body phase space dPhi_3; the sum of the two means is
// the cross section. Energies in GeV, e- along +z.
#ifndef PORTAL_PAIR_SAMPLING_H
#define PORTAL_PAIR_SAMPLING_H

#include "constants.h"
#include "kinematics.h"
#include "logarithm.h"
#include "pair_amplitude.h"
#include "pair_layout.h"
#include "trigonometry.h"

typedef struct {
  real root_s, s, m_phi;
  real energy, p;            // of a beam
  real pair_low, pair_high;  // limits of s_X
  real other_low, other_high;
  real pair_length, other_length;  // logarithms of their ratios
  double cosine_low, cosine_high;  // of the positrons that are sampled in A
  mask open;
} pair_process;

INLINE pair_process pair_process_of(real root_s, real m_phi, AUXILIARY aux) {
  const double me = PORTAL_ELECTRON_MASS, mm = PORTAL_MUON_MASS;
  pair_process q;
  q.open = (mass_above_threshold(root_s, m_phi, REAL(mm + me)) > 0.0) & (m_phi > mm - me) & (root_s < 1e6);
  q.root_s = q.open ? root_s : REAL(10.0);
  q.m_phi = q.open ? m_phi : REAL(1.0);
  q.s = square(q.root_s);
  q.energy = 0.5 * q.root_s;
  q.p = square_root((q.energy - me) * (q.energy + me));
  q.pair_low = square(q.m_phi + mm);
  q.pair_high = square(q.root_s - me);
  q.other_low = square(q.m_phi + me);
  q.other_high = square(q.root_s - mm);
  q.pair_length = logarithm(q.pair_high / q.pair_low);
  q.other_length = logarithm(q.other_high / q.other_low);
  q.cosine_low = aux[PORTAL_PAIR_SAMPLED_LOW];
  q.cosine_high = aux[PORTAL_PAIR_SAMPLED_HIGH];
  return q;
}

// e+ recoiling against a pair of mass^2 s_X: its momentum, and the limits of tau.
typedef struct {
  real momentum, least, low, high, length;  // least: tau of a positron that is not deflected
} pair_recoil;

INLINE pair_recoil pair_recoil_of(pair_process q, real pair2) {
  const double me2 = PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS;
  pair_recoil r;
  const real energy = 0.5 * (q.s + me2 - pair2) / q.root_s;
  r.momentum = two_body_momentum(q.root_s, square_root(pair2), REAL(PORTAL_ELECTRON_MASS));
  const real product = q.p * r.momentum;
  r.least = 2.0 * me2 * square(q.energy - energy) / (q.energy * energy + product - me2);
  // tau = least + 2 p p' (1 + cos theta), theta against +z; e+ comes along -z.
  r.low = fused(2.0 * product, 1.0 + q.cosine_low, r.least);
  r.high = fused(2.0 * product, 1.0 + q.cosine_high, r.least);
  r.length = logarithm(r.high / r.low);
  return r;
}

// e- and photon to mu phi in the rest frame of the pair: momenta of e- and phi, and the limits of D_u.
typedef struct {
  real mass, electron_energy, electron, phi_energy, phi, low, range, length;
} pair_decay;

INLINE pair_decay pair_decay_of(pair_process q, real pair2, real tau) {
  const double me2 = PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS, mm2 = PORTAL_MUON_MASS * PORTAL_MUON_MASS;
  const real phi2 = square(q.m_phi);
  pair_decay d;
  d.mass = square_root(pair2);
  d.electron_energy = 0.5 * (pair2 + me2 + tau) / d.mass;
  d.electron = square_root(square(d.electron_energy) - me2);
  d.phi_energy = 0.5 * (pair2 + phi2 - mm2) / d.mass;
  d.phi = two_body_momentum(d.mass, q.m_phi, REAL(PORTAL_MUON_MASS));
  const real product = d.electron * d.phi;
  const real collinear = (me2 * square(d.phi_energy) + phi2 * square(d.electron)) /
                         fused(d.electron_energy, d.phi_energy, product);  // E E' - p p'
  d.low = (mm2 - me2 - phi2) + 2.0 * collinear;
  d.range = 4.0 * product;
  d.length = logarithm(1.0 + d.range / d.low);
  return d;
}

// G_A and G_B.
INLINE real pair_density_a(pair_process q, real pair2, pair_recoil r, real tau, pair_decay d, real d_u) {
  const double factor = 512.0 * PORTAL_PI * PORTAL_PI * PORTAL_PI;  // 1024 pi^4/(2 pi)
  const mask inside = (tau >= r.low * (1.0 - 1e-9)) & (tau <= r.high * (1.0 + 1e-9)) & (r.length > 0.0);
  const real volume = (q.pair_length * pair2) * (r.length * tau) * (d.length * d_u);
  return inside ? factor * (q.root_s * q.p) * (d.mass * d.electron) / volume : REAL(0.0);
}
INLINE real pair_density_b(pair_process q, real other2) {
  const double factor = 32.0 * PORTAL_PI * PORTAL_PI * PORTAL_PI;  // 256 pi^4/(4 2 pi)
  const real other = square_root(other2);
  const real muon = two_body_momentum(q.root_s, other, REAL(PORTAL_MUON_MASS));
  const real positron = two_body_momentum(other, q.m_phi, REAL(PORTAL_ELECTRON_MASS));
  return factor * q.root_s * other / (q.other_length * other2 * muon * positron);
}

typedef struct {
  real x, y, z;
} direction;
INLINE direction direction_of(real x, real y, real z) {
  direction d;
  d.x = x;
  d.y = y;
  d.z = z;
  return d;
}

// p of energy e in the rest frame of a pair, in the frame where the pair has momentum P and energy E.
INLINE direction boosted(direction p, real e, direction pair, real pair_energy, real mass) {
  const real along = fused(p.x, pair.x, fused(p.y, pair.y, p.z * pair.z));
  const real f = (along / (pair_energy + mass) + e) / mass;
  return direction_of(fused(f, pair.x, p.x), fused(f, pair.y, p.y), fused(f, pair.z, p.z));
}

// The remaining invariants from the momenta.
INLINE pair_point pair_point_of(pair_process q, direction positron, direction muon, direction phi) {
  const double me2 = PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS, mm2 = PORTAL_MUON_MASS * PORTAL_MUON_MASS;
  const real phi2 = square(q.m_phi), rest = me2 / (q.energy + q.p);  // E - p of a beam
  pair_point x;
  x.positron = pair_momentum_of(positron.x, positron.y, positron.z, REAL(PORTAL_ELECTRON_MASS));
  x.muon = pair_momentum_of(muon.x, muon.y, muon.z, REAL(PORTAL_MUON_MASS));
  x.phi = pair_momentum_of(phi.x, phi.y, phi.z, q.m_phi);
  x.s = q.s;
  x.minus_t = 2.0 * (fused(q.energy, x.positron.plus, -rest * positron.z) - me2);
  x.d_u = (mm2 - me2 - phi2) + 2.0 * fused(q.energy, x.phi.minus, rest * phi.z);
  x.d_e = square(q.root_s) + me2 - 2.0 * q.root_s * x.positron.energy - me2;
  x.d_s = square(q.root_s) + mm2 - 2.0 * q.root_s * x.muon.energy - mm2;
  return x;
}

// Points of A and B from four uniform numbers.
INLINE pair_point pair_point_a(pair_process q, const real *uniform, real *density) {
  const real pair2 = minimum(q.pair_low * exponential(q.pair_length * uniform[0]), q.pair_high);
  const pair_recoil r = pair_recoil_of(q, pair2);
  const real tau = r.low * exponential(r.length * uniform[1]);
  const pair_decay d = pair_decay_of(q, pair2, tau);
  const real growth = exponential(d.length * uniform[2]), d_u = d.low * growth;

  const real versine = minimum(maximum((tau - r.least) / (2.0 * q.p * r.momentum), REAL(0.0)), REAL(2.0));  // 1 + cos
  const real sine = square_root(versine * (2.0 - versine));
  const direction positron = direction_of(r.momentum * sine, REAL(0.0), r.momentum * (versine - 1.0));
  const direction pair = direction_of(-positron.x, REAL(0.0), -positron.z);
  const real pair_energy = square_root(square(r.momentum) + pair2);

  // e- in the rest frame of the pair, its direction, and two directions across.
  const direction electron =
      boosted(direction_of(REAL(0.0), REAL(0.0), q.p), q.energy, direction_of(positron.x, REAL(0.0), positron.z),
              pair_energy, d.mass);
  const real per = 1.0 / square_root(fused(electron.x, electron.x, electron.z * electron.z));
  const real ex = electron.x * per, ez = electron.z * per;
  const real fall = minimum((d_u - d.low) * 2.0 / d.range, REAL(2.0));  // 1 - cos of phi against e-
  const real across = d.phi * square_root(maximum(fall * (2.0 - fall), REAL(0.0))), along = d.phi * (1.0 - fall);
  const rotation azimuth = rotation_by_turns(uniform[3]);
  const direction star = direction_of(along * ex + across * azimuth.cosine * ez, across * azimuth.sine,
                                      along * ez - across * azimuth.cosine * ex);
  const direction phi = boosted(star, d.phi_energy, pair, pair_energy, d.mass);
  const direction muon = direction_of(pair.x - phi.x, pair.y - phi.y, pair.z - phi.z);
  pair_point x = pair_point_of(q, positron, muon, phi);
  x.minus_t = tau;
  x.d_u = d_u;
  x.d_e = pair2 - PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS;
  const real other2 = maximum(x.d_s + PORTAL_MUON_MASS * PORTAL_MUON_MASS, q.other_low * (1.0 + 1e-12));
  *density = pair_density_a(q, pair2, r, tau, d, d_u) + pair_density_b(q, other2);
  return x;
}

INLINE pair_point pair_point_b(pair_process q, const real *uniform, real *density) {
  const real other2 = minimum(q.other_low * exponential(q.other_length * uniform[0]), q.other_high);
  const real other = square_root(other2);
  const real p = two_body_momentum(q.root_s, other, REAL(PORTAL_MUON_MASS));
  const real star = two_body_momentum(other, q.m_phi, REAL(PORTAL_ELECTRON_MASS));
  const real cosine = 2.0 * uniform[1] - 1.0, sine = 2.0 * square_root(uniform[1] * (1.0 - uniform[1]));
  const direction muon = direction_of(p * sine, REAL(0.0), p * cosine);
  const direction rest = direction_of(-muon.x, REAL(0.0), -muon.z);
  const real fall = 2.0 * square_root(uniform[2] * (1.0 - uniform[2]));
  const rotation azimuth = rotation_by_turns(uniform[3]);
  const direction emitted = direction_of(star * fall * azimuth.cosine, star * fall * azimuth.sine,
                                         star * (2.0 * uniform[2] - 1.0));
  const real energy = square_root(square(p) + other2);
  const real positron_energy = square_root(square(star) + PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS);
  const direction positron = boosted(emitted, positron_energy, rest, energy, other);
  const direction phi = direction_of(rest.x - positron.x, rest.y - positron.y, rest.z - positron.z);
  pair_point x = pair_point_of(q, positron, muon, phi);
  x.d_s = other2 - PORTAL_MUON_MASS * PORTAL_MUON_MASS;
  const real pair2 = maximum(x.d_e + PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS, q.pair_low * (1.0 + 1e-12));
  const pair_recoil r = pair_recoil_of(q, minimum(pair2, q.pair_high));
  const pair_decay d = pair_decay_of(q, minimum(pair2, q.pair_high), x.minus_t);
  *density = pair_density_a(q, pair2, r, x.minus_t, d, x.d_u) + pair_density_b(q, other2);
  return x;
}

// Inside the cuts, in the centre of mass and in the laboratory.
INLINE mask pair_lepton_passes(pair_momentum l, AUXILIARY aux) {
  const real transverse2 = fused(l.x, l.x, l.y * l.y);
  const real modulus = square_root(fused(l.z, l.z, transverse2));
  const double beta = aux[PORTAL_PAIR_BOOST];
  const real z = l.z + beta * l.energy;  // times gamma, as the transverse momentum divided by gamma below
  const real lab = square_root(fused(z, z, transverse2 * (1.0 - beta * beta)));
  return (l.z >= aux[PORTAL_PAIR_COSINE_LOW] * modulus) & (l.z <= aux[PORTAL_PAIR_COSINE_HIGH] * modulus) &
         (z >= aux[PORTAL_PAIR_LAB_LOW] * lab) & (z <= aux[PORTAL_PAIR_LAB_HIGH] * lab) &
         (transverse2 >= aux[PORTAL_PAIR_TRANSVERSE] * aux[PORTAL_PAIR_TRANSVERSE]);
}

// sigma's integrand over G [fb] for h = 1, one charge state; 0 outside the cuts.
INLINE real pair_weight(pair_process q, pair_point x, real density, real squared, AUXILIARY aux) {
  const double e4 = 16.0 * PORTAL_PI * PORTAL_PI * PORTAL_FINE_STRUCTURE * PORTAL_FINE_STRUCTURE;
  const double unit = 0.25 * e4 * PORTAL_PICOBARN_GEV2 * 1e3;  // mean over the beams' spins; fb
  const mask passes = q.open & pair_lepton_passes(x.positron, aux) & pair_lepton_passes(x.muon, aux);
  const real flux = 4.0 * q.root_s * q.p;
  const real weight = unit * squared / (flux * density);
  return (passes & (weight > 0.0) & (weight < 1e300)) ? weight : REAL(0.0);
}

#endif
