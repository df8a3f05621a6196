// Partial widths of phi [GeV] per squared coupling: Gninenko, Krasnikov (arXiv:2202.04410) eqs. (12)-(14),
// for unequal masses m1, m2 of the invisible pair. Zero below and at threshold.
#ifndef PORTAL_WIDTHS_H
#define PORTAL_WIDTHS_H

#include "constants.h"
#include "kinematics.h"
#include "platform.h"

// 1 - (m1+m2)^2/m^2 without cancellation.
INLINE real threshold_factor(real m, real m1, real m2) {
  return mass_above_threshold(m, m1, m2) * (m + m1 + m2) / (m * m);
}

// phi -> psi1 psi2bar, fermions: Gamma/g^2 = p/(4 pi) [1 - (m1+m2)^2/m_phi^2] [GeV].
INLINE real invisible_width_fermions_per_g2(real m_phi, real m1, real m2) {
  const real factor = maximum(threshold_factor(m_phi, m1, m2), REAL(0.0));
  return two_body_momentum(m_phi, m1, m2) * factor * (1.0 / (4.0 * PORTAL_PI));
}

// phi -> s1 s2*, complex scalars, g in GeV: Gamma/g^2 = p/(8 pi m_phi^2) [1/GeV].
INLINE real invisible_width_scalars_per_g2(real m_phi, real m1, real m2) {
  return two_body_momentum(m_phi, m1, m2) / (8.0 * PORTAL_PI * square(m_phi));
}

// phi -> mu- e+: Gamma/h^2 = p_e/(8 pi) [1 - (m_e^2+m_mu^2)/m_phi^2] [GeV].
INLINE real visible_width_per_h2(real m_phi) {
  const real p = two_body_momentum(m_phi, REAL(PORTAL_MUON_MASS), REAL(PORTAL_ELECTRON_MASS));
  // m_phi^2 - m_mu^2 - m_e^2 with its cancellation in m_phi - m_mu, which is exact there.
  const real difference =
      fused(m_phi - PORTAL_MUON_MASS, m_phi + PORTAL_MUON_MASS, -square(REAL(PORTAL_ELECTRON_MASS)));
  return p * maximum(difference / square(m_phi), REAL(0.0)) * (1.0 / (8.0 * PORTAL_PI));
}

// Invisible branching ratio inv/(inv+vis); 0 where phi is stable (both widths 0).
INLINE real invisible_branching_ratio(real invisible, real visible) {
  const real total = invisible + visible;
  return total > 0.0 ? invisible / total : REAL(0.0);
}

#endif
