// h -> phi phi* through lambda |phi|^2 |H|^2:  Gamma/lambda^2 = v^2/(16 pi m_h) sqrt(1 - 4 m_phi^2/m_h^2)  [GeV]
#ifndef PORTAL_DECAY_HIGGS_H
#define PORTAL_DECAY_HIGGS_H

#include "constants.h"
#include "platform.h"

// Zero at and above the threshold m_phi = m_h/2.
INLINE real higgs_to_phi_phi_per_lambda2(real m_phi) {
  const double m_h = PORTAL_HIGGS_MASS, v = PORTAL_ELECTROWEAK_SCALE;
  const real beta2 = fused(-2.0, m_phi, m_h) * fused(2.0, m_phi, m_h) * (1.0 / (m_h * m_h));
  return square_root(maximum(beta2, REAL(0.0))) * (v * v / (16.0 * PORTAL_PI * m_h));
}

#endif
