// The estimate of Gninenko, Krasnikov (arXiv:2202.04410) for fermions, to compare with: their eq. (21), h g =
// 9.47e-4 (m_phi/GeV) at m_psi = m_phi/3 for the observed density, extended to other masses with the threshold limit
// (18), (19) of the cross section, sigma ~ (h g)^2 m_psi^2/(m_phi^2 - 4 m_psi^2)^2, and Omega ~ 1/sigma. Their
// multiplicity and <v> = c/3 are contained in (21).
#ifndef PORTAL_RELIC_ESTIMATE_H
#define PORTAL_RELIC_ESTIMATE_H

#include "platform.h"

// Omega h^2; unequal masses count with their mean.
INLINE real relic_estimate_gk2022(real m_phi, real m_1, real m_2, real h, real g) {
  const real sum = (m_1 + m_2) / m_phi, gap = 1.0 - square(sum);
  const real shape = 0.25 * square(sum / gap);
  const double at_one_third = 9.0 / 25.0;
  const real product = 9.47e-4 * m_phi / (g * h);
  return 0.12 * square(product) * (at_one_third / shape);
}

#endif
