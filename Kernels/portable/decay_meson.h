// M -> e nu phi relative to M -> mu nu for M = pi, K (M -> mu* nu, mu* -> e phi with the muon off its shell),
// m_phi + m_e > m_mu:
//
//   Gamma/Gamma(M->mu nu) = h^2/(32 pi^2) Int_{(m_phi+m_e)^2}^{m_M^2} ds [(m_M^2-s)/(m_M^2-m_mu^2)]^2
//                           (s + m_e^2 - m_phi^2) sqrt(lam(s, m_e^2, m_phi^2)) / [s (s - m_mu^2)^2]
#ifndef PORTAL_DECAY_MESON_H
#define PORTAL_DECAY_MESON_H

#include "constants.h"
#include "endpoint_map.h"
#include "gauss_legendre.h"
#include "kinematics.h"
#include "platform.h"

// The ratio per h^2, relative error below 1e-13 (tested). 0 at and above mass - m_e; NaN for m_phi <= m_mu - m_e, where
// the muon is on its shell and the process is M -> mu nu followed by mu -> e phi.
INLINE real meson_to_electron_phi_per_h2(double mass, real m_phi) {
  const real length = mass_above_threshold(REAL(mass), m_phi, REAL(PORTAL_ELECTRON_MASS)) *
                      (mass + PORTAL_ELECTRON_MASS + m_phi);
  const real sum = m_phi + PORTAL_ELECTRON_MASS;
  const real above_pole =
      -mass_above_threshold(REAL(PORTAL_MUON_MASS), m_phi, REAL(PORTAL_ELECTRON_MASS)) * (sum + PORTAL_MUON_MASS);
  const real branch = 4.0 * PORTAL_ELECTRON_MASS * m_phi;
  const endpoint_map map = endpoint_map_of(length, minimum(branch, above_pole));
  real integral = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
    const endpoint_node node = endpoint_node_at(map, REAL(0.0), map.upper, gauss_legendre_nodes[k]);
    const real d = node.distance, s = fused(sum, sum, d);  // s = (m_phi+m_e)^2 + d
    const real root = square_root(d * (d + branch));
    const real numerator = square(length - d) * fused(2.0 * PORTAL_ELECTRON_MASS, sum, d) * root;
    integral = fused(numerator / (s * square(d + above_pole)), node.jacobian * gauss_legendre_weights[k], integral);
  }
  const double mass2 = (mass - PORTAL_MUON_MASS) * (mass + PORTAL_MUON_MASS);
  const real ratio = integral * (1.0 / (32.0 * PORTAL_PI * PORTAL_PI * mass2 * mass2));
  return length > 0.0 ? (above_pole > 0.0 ? ratio : not_a_number()) : (length <= 0.0 ? REAL(0.0) : not_a_number());
}

#endif
