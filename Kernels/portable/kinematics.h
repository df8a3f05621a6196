// Two-body kinematics.
#ifndef PORTAL_KINEMATICS_H
#define PORTAL_KINEMATICS_H

#include "platform.h"

// m - m1 - m2 for m >= m1 >= 0, m2 >= 0. The rounding error of the first difference is added back (Dekker), so the
// result keeps full relative accuracy at the threshold m = m1 + m2, whichever of m1 and m2 is the larger one.
INLINE real mass_above_threshold(real m, real m1, real m2) {
  const real difference = m - m1;
  return (difference - m2) + ((m - difference) - m1);
}

// Kaellen's function lam(m^2, m1^2, m2^2) = a^2 + b^2 + c^2 - 2ab - 2ac - 2bc as the product of its four roots,
// which keeps full relative accuracy at the threshold m = m1 + m2, for daughters of very different masses too: the
// heavier one is subtracted first, which is exact there. Units: mass^4. Negative below threshold.
INLINE real kallen_of_masses(real m, real m1, real m2) {
  const real heavy = maximum(m1, m2), light = minimum(m1, m2);
  return (mass_above_threshold(m, heavy, light) * (m + heavy + light)) * ((m - heavy + light) * (m - light + heavy));
}

// Momentum of either daughter in the decay m -> m1 + m2, sqrt(lam)/(2m), in units of mass; 0 below threshold.
INLINE real two_body_momentum(real m, real m1, real m2) {
  const real lam = kallen_of_masses(m, m1, m2);
  // lam is positive again below |m1 - m2|, hence the second condition.
  return ((lam > 0.0) & (mass_above_threshold(m, m1, m2) > 0.0)) ? square_root(lam) / (2.0 * m) : REAL(0.0);
}

#endif
