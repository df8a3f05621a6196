// mu+ e- -> phi -> invisible on free electrons at rest, s = m_mu^2 + m_e^2 + 2 m_e E. For a phi much narrower than a beam of
// Gaussian energy E +- d:
//
//   sigma/(h^2 BR) = (pi/4) (s-m_mu^2-m_e^2)/sqrt(lam(s, m_mu^2, m_e^2)) G(E_res)/(2 m_e)  [GeV^-2],  s = m_phi^2
//
// and with a width, off resonance too, without a spread:
//
//   sigma = h^2 (s-m_mu^2-m_e^2) sqrt(s) Gamma_inv(s)/{4 sqrt(lam) [(s-m_phi^2)^2 + m_phi^2 Gamma^2]}
#ifndef PORTAL_ANNIHILATION_IN_FLIGHT_H
#define PORTAL_ANNIHILATION_IN_FLIGHT_H

#include "constants.h"
#include "exponential.h"
#include "kinematics.h"
#include "platform.h"
#include "widths.h"

// energy E > m_mu, spread d/E > 0; 0 for m_phi <= m_mu + m_e.
INLINE real annihilation_of_beam(real m_phi, real energy, real spread) {
  const double me = PORTAL_ELECTRON_MASS, mm = PORTAL_MUON_MASS;
  const real lam = kallen_of_masses(m_phi, REAL(mm), REAL(me));
  const mask open = mass_above_threshold(m_phi, REAL(mm), REAL(me)) > 0.0;
  const real excess = (m_phi - mm) * (m_phi + mm) - me * me;  // s - m_mu^2 - m_e^2
  const real deviation = spread * energy, pull = (excess * (0.5 / me) - energy) / deviation;
  const double per_root = 0.3989422804014326779;  // 1/sqrt(2 pi)
  const real gauss = exponential(-0.5 * square(pull)) * per_root / deviation;
  const real sigma = excess / square_root(open ? lam : REAL(1.0)) * gauss * (PORTAL_PI / (8.0 * me));
  return open ? sigma : REAL(0.0);
}

// sigma/(h^2 g^2) at one energy [GeV^-2 for fermions, GeV^-4 for scalars].
INLINE real annihilation_at_energy(real m_phi, real m1, real m2, real width, real energy, int scalars) {
  const double me = PORTAL_ELECTRON_MASS, mm = PORTAL_MUON_MASS;
  const real s = (mm * mm + me * me) + 2.0 * me * energy, root = square_root(s);
  const real invisible = scalars ? invisible_width_scalars_per_g2(root, m1, m2)
                                 : invisible_width_fermions_per_g2(root, m1, m2);
  // sqrt(lam) = 2 m_e p, s - m_mu^2 - m_e^2 = 2 m_e E.
  const real p = square_root(maximum((energy - mm) * (energy + mm), REAL(0.0)));
  const real offset = s - square(m_phi), line = m_phi * width;
  return 0.25 * energy / p * root * invisible / fused(offset, offset, square(line));
}

#endif
