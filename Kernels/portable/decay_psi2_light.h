// Below the threshold of psi2 -> psi1 e mu (decay_psi2.h) the muon is off its shell, too: psi2 -> psi1 e (e nu nu). Integrated
// over the neutrinos and with massless electrons, mu -> e nu nu turns the muon's line of mass^2 q^2 into the density
// m_mu Gamma_mu (q^2/m_mu^2)^2/[pi (q^2-m_mu^2)^2], so that
//
//   Gamma = Int ds/pi G1(s) Int dq^2 m_mu Gamma_mu (q^2/m_mu^2)^2/[pi (q^2-m_mu^2)^2] h^2 (s-q^2)^2/(16 pi s) /(s-m_phi^2)^2
//
// It decides whether psi2 is there at recombination; a per cent is enough.
#ifndef PORTAL_DECAY_PSI2_LIGHT_H
#define PORTAL_DECAY_PSI2_LIGHT_H

#include "constants.h"
#include "decay_psi2.h"
#include "gauss_legendre.h"
#include "platform.h"

// Int_0^1 dr r^2 (1-r)^2/(1 - kappa r)^2, 0 <= kappa <= 1: r = q^2/s, kappa = s/m_mu^2.
INLINE real virtual_muon_integral(real kappa) {
  real sum = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; k += 1) {
    const double r = gauss_legendre_nodes[k], product = r * (1.0 - r);
    sum = fused(1.0 / square(1.0 - kappa * r), gauss_legendre_weights[k] * (product * product), sum);
  }
  return sum;
}

// Gamma(psi2 -> psi1 e e nu nu)/(h^2 g^2) in GeV for fermions, 1/GeV for scalars (g in GeV), for
// 2 m_e < m_2 - m_1 <= m_e + m_mu, else 0. s runs as (m_2-m_1)^2 (1 - v^2)^2, without the root at its upper end.
INLINE real psi2_to_neutrinos_per_h2_g2(real m_phi, real m1, real m2, int scalars) {
  const real split = m2 - m1, top = square(split), muon2 = REAL(PORTAL_MUON_MASS * PORTAL_MUON_MASS);
  const mask open = (split > 2.0 * PORTAL_ELECTRON_MASS) & (psi2_excess(m1, m2) <= 0.0) & (m_phi > split);
  if (!any_lane(open)) return REAL(0.0);
  const real beyond = open ? square(m_phi) - top : REAL(1.0), per_muon2 = 1.0 / muon2, branch = 4.0 * m1 * m2;
  real sum = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
    const double v = gauss_legendre_nodes[k], fall = 1.0 - v * v;
    const real s = top * (fall * fall), below = top * (v * v * (2.0 - v * v));  // top - s
    const real above = below + branch;                                         // (m_1+m_2)^2 - s
    const real kappa = minimum(s * per_muon2, REAL(1.0));
    const real value = square_root(below * above) * (scalars ? REAL(1.0) : above) * square(s * s) *
                       virtual_muon_integral(kappa) / square(below + beyond);
    sum = fused(value, gauss_legendre_weights[k] * (4.0 * v * fall), sum);
  }
  // 1/(16 pi m_2^3) from psi2, 1/(16 pi) from phi, 1/pi twice.
  const double pi2 = PORTAL_PI * PORTAL_PI;
  const double muon = PORTAL_MUON_MASS * PORTAL_MUON_MASS * PORTAL_MUON_MASS;
  const double factor = PORTAL_MUON_WIDTH / (256.0 * pi2 * pi2 * muon * (muon * PORTAL_MUON_MASS));
  const real width = sum * top * factor / (m2 * square(m2));
  return open ? width : REAL(0.0);
}

#endif
