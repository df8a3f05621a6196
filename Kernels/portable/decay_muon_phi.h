// mu -> e phi, m_phi < m_mu - m_e (from the Lagrangian of arXiv:2202.04410, eq. (2)):
//
//   Gamma/h^2 = p_e (m_mu^2 + m_e^2 - m_phi^2) / (16 pi m_mu^2)   [GeV]
#ifndef PORTAL_DECAY_MUON_PHI_H
#define PORTAL_DECAY_MUON_PHI_H

#include "constants.h"
#include "kinematics.h"
#include "platform.h"

// Zero at and above the threshold.
INLINE real muon_to_electron_phi_per_h2(real m_phi) {
  const real p = two_body_momentum(REAL(PORTAL_MUON_MASS), m_phi, REAL(PORTAL_ELECTRON_MASS));
  const real difference =
      fused(PORTAL_MUON_MASS - m_phi, PORTAL_MUON_MASS + m_phi, square(REAL(PORTAL_ELECTRON_MASS)));
  return p * maximum(difference, REAL(0.0)) * (1.0 / (16.0 * PORTAL_PI * PORTAL_MUON_MASS * PORTAL_MUON_MASS));
}

#endif
