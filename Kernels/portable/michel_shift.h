// mu -> e psi1 psi2bar in the spectrum of the muon's positrons (m_e neglected, unpolarised muons). With x = 2 p_e/m_mu and
// s = m_mu^2 (1-x) the invisible pair adds eps n(x), n ~ x^2 sqrt(s) Gamma_inv(s)/(s-m_phi^2)^2 normalized to 1, to
// S = x^2 (6 - 4x). A fit of norm and of Michel's rho, dS/drho = R = (8/3) x^2 (4x-3), in PORTAL_MICHEL_LOW to
// PORTAL_MICHEL_HIGH of momentum with the weight 1/S finds
//
//   drho/deps = Int n (w0 + w1 R/S) dx over that window,
//   w0 = -<R>/D, w1 = <S>/D, D = <S><R^2/S> - <R>^2, <.> integrals over the window.
#ifndef PORTAL_MICHEL_SHIFT_H
#define PORTAL_MICHEL_SHIFT_H

#include "constants.h"
#include "endpoint_map.h"
#include "gauss_legendre.h"
#include "kinematics.h"
#include "platform.h"

typedef struct {
  real lower;         // (m_1+m_2)^2
  real branch;        // 4 m_1 m_2
  real to_pole;       // m_phi^2 - m_mu^2, or what is left of it where phi is lighter than the pair
  real pole_below;    // (m_1+m_2)^2 - m_phi^2 if that is positive, else 0
  int scalars;
} michel_decay;

// n without its norm at a distance D from the lower end of s.
INLINE real michel_spectrum(michel_decay q, real distance) {
  const double muon2 = PORTAL_MUON_MASS * PORTAL_MUON_MASS;
  const real s = q.lower + distance, x = (muon2 - s) * (1.0 / muon2);
  const real offset = q.pole_below > 0.0 ? distance + q.pole_below : (muon2 - s) + q.to_pole;
  const real root = square_root(distance * (distance + q.branch));
  return square(x) * root * (q.scalars ? REAL(1.0) : distance) / (s * square(offset));
}

// w0 + w1 R/S at that distance.
INLINE real michel_weight(michel_decay q, real distance) {
  const double muon2 = PORTAL_MUON_MASS * PORTAL_MUON_MASS;
  const real x = (muon2 - (q.lower + distance)) * (1.0 / muon2);
  return PORTAL_MICHEL_WEIGHT_0 + (PORTAL_MICHEL_WEIGHT_1 * 8.0 / 3.0) * (4.0 * x - 3.0) / (6.0 - 4.0 * x);
}

typedef struct {
  real shift, fraction;
} michel_shift;

// drho/deps, and the part of the positrons inside the window; relative error below 1e-10 (tested). 0 where all positrons are
// below the window and where the decay is closed; NaN where phi is real, m_1 + m_2 <= m_phi <= m_mu.
INLINE michel_shift michel_shift_of(real m_phi, real m1, real m2, int scalars) {
  const double muon = PORTAL_MUON_MASS, muon2 = muon * muon;
  const double s_low = muon * (muon - 2.0 * PORTAL_MICHEL_HIGH), s_high = muon * (muon - 2.0 * PORTAL_MICHEL_LOW);
  const real sum = m1 + m2;
  michel_decay q;
  q.lower = square(sum);
  q.branch = 4.0 * m1 * m2;
  q.to_pole = (m_phi - muon) * (m_phi + muon);
  q.pole_below = maximum((sum - m_phi) * (sum + m_phi), REAL(0.0));
  q.scalars = scalars;
  const mask virtual_phi = (q.to_pole > 0.0) | (q.pole_below > 0.0);
  const mask open = (sum < muon) & virtual_phi;
  const real range = open ? (muon - sum) * (muon + sum) : REAL(muon2);
  const real near_pole = q.pole_below > 0.0 ? q.pole_below : REAL(muon2);

  // All positrons, from both ends of s.
  const endpoint_map bottom = endpoint_map_of(0.5 * range, minimum(q.branch, near_pole));
  const endpoint_map top = endpoint_map_of(0.5 * range, q.to_pole > 0.0 ? q.to_pole : range);
  real all = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
    const endpoint_node low = endpoint_node_at(bottom, REAL(0.0), bottom.upper, gauss_legendre_nodes[k]);
    const endpoint_node high = endpoint_node_at(top, REAL(0.0), top.upper, gauss_legendre_nodes[k]);
    all = fused(michel_spectrum(q, low.distance), low.jacobian * gauss_legendre_weights[k], all);
    all = fused(michel_spectrum(q, range - high.distance), high.jacobian * gauss_legendre_weights[k], all);
  }

  // Those inside: from the window's lower end, or from the least s.
  const real begin = maximum(s_low - q.lower, REAL(0.0)), length = (s_high - q.lower) - begin;
  const mask some = open & (length > 0.0);
  const real scale = begin > 0.0 ? begin : minimum(q.branch, near_pole);
  const endpoint_map inside = endpoint_map_of(some ? length : REAL(muon2), scale);
  real shift = REAL(0.0), part = shift;
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
    const endpoint_node node = endpoint_node_at(inside, REAL(0.0), inside.upper, gauss_legendre_nodes[k]);
    const real distance = begin + node.distance;
    const real value = michel_spectrum(q, distance) * (node.jacobian * gauss_legendre_weights[k]);
    part = part + value;
    shift = fused(value, michel_weight(q, distance), shift);
  }
  michel_shift result;
  const real elsewhere = sum >= muon ? REAL(0.0) : not_a_number();
  result.shift = open ? (some ? shift / all : REAL(0.0)) : elsewhere;
  result.fraction = open ? (some ? part / all : REAL(0.0)) : elsewhere;
  return result;
}

#endif
