// psi1 psi1bar -> phi phi* through psi2 in the t-channel (and 1 <-> 2): Int |M|^2 dt, spin averaged, in closed form.
//
// With u = m_b^2 - t (m_b the exchanged mass), q = m_b^2 - m_a^2 - m_phi^2, a = m_1 + m_2:
//   scalars   |M|^2 = g^4/u^2
//   fermions  |M|^2 = g^4/4 (alpha + beta u - 2 u^2)/u^2,
//     alpha = 2 a^2 (s - 4 m_a^2) - 4 a m_a (s + 2q) - 2 q (s + q) - 2 m_phi^2 s,   beta = 8 a m_a + 2 s + 4 q,
// and u runs between C -+ 2 p k, C = s/2 + q, (C - 2pk)(C + 2pk) = s m_b^2 + q^2 - 4 m_a^2 m_phi^2.
#ifndef PORTAL_ANNIHILATION_PHI_PAIRS_H
#define PORTAL_ANNIHILATION_PHI_PAIRS_H

#include "logarithm.h"
#include "platform.h"

typedef struct {
  real own, exchanged, phi;  // m_a, m_b, m_phi
  real threshold;            // 2 max(m_a, m_phi)
  real q;
} phi_pair_masses;

INLINE phi_pair_masses phi_pair_masses_of(real own, real exchanged, real phi) {
  phi_pair_masses m;
  m.own = own;
  m.exchanged = exchanged;
  m.phi = phi;
  m.threshold = 2.0 * maximum(own, phi);
  m.q = square(exchanged) - square(own) - square(phi);
  return m;
}

INLINE real phi_pair_alpha(phi_pair_masses m, real s) {
  const real a = m.own + m.exchanged;
  const real first = 2.0 * square(a) * (s - 4.0 * square(m.own)) - 4.0 * a * m.own * (s + 2.0 * m.q);
  return first - 2.0 * m.q * (s + m.q) - 2.0 * square(m.phi) * s;
}
INLINE real phi_pair_beta(phi_pair_masses m, real s) {
  return 8.0 * (m.own + m.exchanged) * m.own + 2.0 * s + 4.0 * m.q;
}

// Int |M|^2 dt / g^4 at sqrt(s) = threshold (1 + v); units mass^2 (fermions), mass^-2 (scalars, g in mass units).
INLINE real phi_pair_integral(phi_pair_masses m, real v, int scalars) {
  const real energy = m.threshold * (1.0 + v), s = energy * energy;
  const real above = m.threshold * v;
  const real own2 = (above + (m.threshold - 2.0 * m.own)) * (energy + 2.0 * m.own);
  const real phi2 = (above + (m.threshold - 2.0 * m.phi)) * (energy + 2.0 * m.phi);
  const real width = 0.5 * square_root(own2 * phi2);  // 2 p k
  const real center = 0.5 * s + m.q;
  const real product = s * square(m.exchanged) + square(m.q) - 4.0 * square(m.own * m.phi);
  const real inverse_difference = 2.0 * width / product;
  if (scalars) return inverse_difference;
  const real log_ratio = 2.0 * logarithm((center + width) / square_root(product));
  const real sum = fused(phi_pair_alpha(m, s), inverse_difference, phi_pair_beta(m, s) * log_ratio);
  return 0.25 * (sum - 4.0 * width);
}

// |M|^2/g^4 at threshold of m_a > m_phi, p = 0 (0 below): for the cross section today.
INLINE real phi_pair_at_rest(phi_pair_masses m, int scalars) {
  const real s = 4.0 * square(m.own), u = 0.5 * s + m.q;
  const real inverse2 = 1.0 / square(u);
  if (scalars) return inverse2;
  const real top = fused(u, phi_pair_beta(m, s) - 2.0 * u, phi_pair_alpha(m, s));
  return 0.25 * top * inverse2;
}

#endif
