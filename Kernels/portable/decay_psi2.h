// The heavier dark particle, m_2 > m_1 + m_e + m_mu (one charge state of e mu exists for a given psi2):
//
//   Gamma(psi2 -> psi1 e mu) = Int ds/pi G1(s) sqrt(s) Gamma(phi -> e mu)(s)/(s - m_phi^2)^2,
//   (m_e+m_mu)^2 < s < (m_2-m_1)^2 < m_phi^2,
//   G1 = g^2 p/(8 pi m_2^2) { (m_1+m_2)^2 - s for fermions, 1 for scalars },  p = sqrt(lam(m_2^2, m_1^2, s))/(2 m_2)
//
// A lighter phi is real: psi2 -> psi1 phi with the width G1(m_phi^2), whatever phi decays to. Masses are measured from the
// thresholds, so that every factor is a product or sum of positive numbers. Relative error below 1e-12 (tested).
#ifndef PORTAL_DECAY_PSI2_H
#define PORTAL_DECAY_PSI2_H

#include "constants.h"
#include "endpoint_map.h"
#include "gauss_legendre.h"
#include "kinematics.h"
#include "platform.h"

// m - m1 - m2 - m3, m1 >= m2 >= m3, each rounding error of the first differences added back.
INLINE real mass_above_three(real m, real m1, real m2, double m3) {
  const real first = m - m1, second = first - m2;
  const real lost = ((m - first) - m1) + ((first - second) - m2);
  return (second - m3) + lost;
}

// m_2 - m_1 - m_mu - m_e.
INLINE real psi2_excess(real m1, real m2) {
  const real muon = REAL(PORTAL_MUON_MASS);
  return mass_above_three(m2, maximum(m1, muon), minimum(m1, muon), PORTAL_ELECTRON_MASS);
}

typedef struct {
  real range;                        // (m_2-m_1)^2 - (m_e+m_mu)^2
  real branch_lower, branch_upper;   // 4 m_e m_mu, 4 m_1 m_2: lam = D (D + branch) at the distance D from either end
  real to_pole;                      // m_phi^2 - (m_2-m_1)^2
  int scalars;
} psi2_decay;

// The integrand at distances from the ends, without constant factors.
INLINE real psi2_integrand(psi2_decay q, real from_lower, real from_upper) {
  const double lowest = (PORTAL_ELECTRON_MASS + PORTAL_MUON_MASS) * (PORTAL_ELECTRON_MASS + PORTAL_MUON_MASS);
  const real above = from_upper + q.branch_upper;  // (m_1+m_2)^2 - s
  const real roots = square_root((from_upper * above) * (from_lower * (from_lower + q.branch_lower)));
  const real spin = q.scalars ? REAL(1.0) : above;
  return roots * spin * (from_lower + 0.5 * q.branch_lower) / ((lowest + from_lower) * square(from_upper + q.to_pole));
}

// From one end to the middle, in two pieces of its map: a pole just above the upper end needs them.
INLINE real psi2_half(psi2_decay q, int upper) {
  const real reach = 0.5 * q.range;
  const endpoint_map map =
      endpoint_map_of(reach, upper ? minimum(q.branch_upper, q.to_pole) : minimum(q.branch_lower, q.to_pole + q.range));
  real sum = REAL(0.0);
  for (int piece = 0; piece < 2; ++piece)
    for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
      const endpoint_node node =
          endpoint_node_at(map, 0.5 * piece * map.upper, 0.5 * (piece + 1) * map.upper, gauss_legendre_nodes[k]);
      const real rest = q.range - node.distance;
      const real value = psi2_integrand(q, upper ? rest : node.distance, upper ? node.distance : rest);
      sum = fused(value, node.jacobian * gauss_legendre_weights[k], sum);
    }
  return sum;
}

// Gamma(psi2 -> psi1 e mu)/(h^2 g^2) through a virtual phi, in GeV for fermions, 1/GeV for scalars (g in GeV); 0 at and
// below threshold and where phi is real; NaN at m_phi = m_2 - m_1, where it diverges.
INLINE real psi2_width_per_h2_g2(real m_phi, real m1, real m2, int scalars) {
  const real excess = psi2_excess(m1, m2);
  const real beyond = -mass_above_threshold(m2, maximum(m1, m_phi), minimum(m1, m_phi));  // m_phi - (m_2 - m_1)
  const mask open = (excess > 0.0) & (beyond >= 0.0);
  if (!any_lane(open)) return REAL(0.0);
  const real split = m2 - m1;
  psi2_decay q;
  q.range = excess * (split + (PORTAL_ELECTRON_MASS + PORTAL_MUON_MASS));
  q.branch_lower = REAL(4.0 * PORTAL_ELECTRON_MASS * PORTAL_MUON_MASS);
  q.branch_upper = 4.0 * m1 * m2;
  q.to_pole = beyond * (m_phi + split);
  q.scalars = scalars;
  const real integral = psi2_half(q, 0) + psi2_half(q, 1);
  // 1/(16 pi m_2^3) from psi2, 1/(16 pi) from phi, 1/pi from the formula.
  const real width = integral / (256.0 * PORTAL_PI * PORTAL_PI * PORTAL_PI * (m2 * square(m2)));
  return open ? (beyond > 0.0 ? width : not_a_number()) : REAL(0.0);
}

// Gamma(psi2 -> psi1 phi)/g^2, phi real, in GeV for fermions, 1/GeV for scalars (g in GeV); 0 at and above threshold.
INLINE real psi2_to_phi_per_g2(real m_phi, real m1, real m2, int scalars) {
  const real p = two_body_momentum(m2, m1, m_phi);
  const real spin = scalars ? REAL(1.0) : (m1 + m2 - m_phi) * (m1 + m2 + m_phi);
  return p > 0.0 ? p * spin / (8.0 * PORTAL_PI * square(m2)) : REAL(0.0);
}

#endif
