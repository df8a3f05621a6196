// Two-body kinematics.
#ifndef PORTAL_KINEMATICS_H
#define PORTAL_KINEMATICS_H

#include "platform.h"

// Kaellen's function lam(m^2, m1^2, m2^2) = a^2 + b^2 + c^2 - 2ab - 2ac - 2bc as the product of its four roots,
// which keeps full relative accuracy at the threshold m = m1 + m2. Units: mass^4. Negative below threshold.
INLINE real kallen_of_masses(real m, real m1, real m2) {
  return ((m - m1 - m2) * (m + m1 + m2)) * ((m - m1 + m2) * (m + m1 - m2));
}

// Momentum of either daughter in the decay m -> m1 + m2, sqrt(lam)/(2m), in units of mass; 0 below threshold.
INLINE real two_body_momentum(real m, real m1, real m2) {
  const real lam = kallen_of_masses(m, m1, m2);
  return ((m > m1 + m2) & (lam > 0.0)) ? square_root(lam) / (2.0 * m) : REAL(0.0);
}

#endif
