// ln(1+a) for a >= 0 without its leading terms, which often cancel against the rest of a formula.
#ifndef PORTAL_LOGARITHM_REMAINDER_H
#define PORTAL_LOGARITHM_REMAINDER_H

#include "logarithm.h"
#include "platform.h"

// (a - ln(1+a))/a^2 for a >= 0, which is 1/2 at 0. With b = a/(2+a), ln(1+a) = 2 artanh(b) and a - 2b = ab; the
// series is used for a < 1/2. Relative error below 3e-15.
INLINE real logarithm_remainder(real a) {
  const real inverse = 1.0 / (2.0 + a), b = a * inverse;
  const real b2 = minimum(square(b), REAL(0.04));
  real series = REAL(1.0 / 25.0);
  for (int k = 10; k >= 0; --k) series = fused(series, b2, 1.0 / (2 * k + 3));
  const real small = fused(-2.0 * b * inverse, inverse * series, inverse);
  const mask large = a >= 0.5;
  const real safe = large ? a : REAL(1.0);
  return large ? (safe - logarithm_of_normal(1.0 + safe)) / square(safe) : small;
}

// ln(1+a) from it, to the same accuracy for large a too.
INLINE real logarithm_of_one_plus(real a, real remainder) {
  const mask large = a >= 0.5;
  return large ? logarithm_of_normal(1.0 + (large ? a : REAL(1.0))) : a * (1.0 - a * remainder);
}

#endif
