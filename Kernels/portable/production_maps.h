// Maps of the unit square onto phase space that make the integrands over x and theta smooth.
//
// theta: U runs from its value at theta = 0 to the largest one allowed (by phase space, by theta <= pi, or by a cut on
//        v = 1 - cos theta); s = 1/U flattens the propagator, and
//        s = s_far + (s_forward - s_far) u^3 resolves the turn-over of the form factor at large U.
// x:     ln(w/w_low) = ln(w_high/w_low) u^2 (3-2u), w = (1-x) E; the zero slope at both ends removes the square roots of
//        phase space there.
#ifndef PORTAL_PRODUCTION_MAPS_H
#define PORTAL_PRODUCTION_MAPS_H

#include "exponential.h"
#include "kinematics.h"
#include "logarithm.h"
#include "platform.h"
#include "production_kinematics.h"

typedef struct {
  real value, jacobian;
} mapped;

// fraction of the range of 1/U -> (v, dv/dfraction), 0 <= v <= largest, where U = forward_u + scale v.
INLINE mapped propagator_map(real forward_u, real scale, real largest, real fraction) {
  const real near = 1.0 / forward_u;
  const real length = scale * largest / (forward_u * (forward_u + scale * largest));
  const real s = (near - length) + length * fraction;
  const real per_s = 1.0 / (s * scale);
  mapped map;
  map.value = minimum(length * (1.0 - fraction) * forward_u * per_s, largest);
  map.jacobian = length * square(per_s) * scale;
  return map;
}

// The same over u, fraction = u^3.
INLINE mapped smooth_propagator_map(real forward_u, real scale, real largest, real u) {
  mapped map = propagator_map(forward_u, scale, largest, u * square(u));
  map.jacobian = map.jacobian * (3.0 * square(u));
  return map;
}

// Largest 1 - cos theta: by phase space (p* = 0), the backward direction or the cut.
INLINE real largest_versine(const production_process process, const production_point forward) {
  const real closing = 2.0 * process.nucleus * (forward.w - process.m_out) - forward.forward_u;
  return minimum(minimum(closing / (2.0 * forward.p * forward.k), REAL(process.largest_versine)), REAL(2.0));
}

typedef struct {
  real low, high;  // limits of w = E - E_k [GeV]
  mask open;       // above threshold
} recoil_range;

// Whether phi is produced with a finite cross section: below m_i - m_f the beam's lepton decays to l' phi.
INLINE mask is_produced(const production_process process, real energy, real m_phi) {
  return (energy > process.m_in) & (m_phi > 0.0) & (m_phi > process.m_in - process.m_out);
}

// Limits of w = E - E_phi from the two-body decay of the total momentum into phi and (l' N) at its smallest mass. In the
// laboratory frame phi can be at rest if its velocity in the centre of mass exceeds that of the frame.
INLINE recoil_range recoil_range_of(const production_process process, real energy, real m_phi) {
  const double mass = process.nucleus, rest = process.nucleus + process.m_out;
  const real root_s = square_root(2.0 * mass * energy + (mass * mass + process.m_in * process.m_in));
  const real k_star = two_body_momentum(root_s, m_phi, REAL(rest));
  const real e_star = square_root(square(k_star) + square(m_phi));
  const real gamma = (energy + mass) / root_s, boost = momentum(energy, REAL(process.m_in)) / root_s;
  const real smallest = gamma * k_star >= boost * e_star ? m_phi : gamma * e_star - boost * k_star;
  recoil_range range;
  range.low = energy - (gamma * e_star + boost * k_star);
  range.high = energy - smallest;
  range.open = is_produced(process, energy, m_phi) & (root_s > m_phi + rest);
  return range;
}

// The range inside the cuts on w.
INLINE recoil_range within_cuts(const production_process process, recoil_range range) {
  range.low = maximum(range.low, REAL(process.lowest_recoil));
  range.high = minimum(range.high, REAL(process.highest_recoil));
  range.open = range.open & (range.low < range.high);
  return range;
}

// The Weizsaecker-Williams range: m_f < w < E - m_phi.
INLINE recoil_range ww_recoil_range_of(const production_process process, real energy, real m_phi) {
  recoil_range range;
  range.low = REAL(process.m_out);
  range.high = energy - m_phi;
  range.open = is_produced(process, energy, m_phi) & (range.high > range.low);
  return range;
}

// u -> (w, dx/du).
INLINE mapped recoil_map(real energy, real low, real high, real u) {
  const real length = logarithm(high / low);
  mapped map;
  map.value = low * exponential(length * square(u) * (3.0 - 2.0 * u));
  map.jacobian = map.value / energy * length * (6.0 * u * (1.0 - u));
  return map;
}

#endif
