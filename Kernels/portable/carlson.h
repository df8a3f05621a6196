// Carlson's degenerate elliptic integral R_C(1, y) = 1/2 Int_0^inf dt / [ sqrt(t+1) (t+y) ], y > 0
// (B. C. Carlson, Numer. Math. 33 (1979) 1; arXiv:math/9409227):
//
//   y < 1:  artanh(sqrt(1-y)) / sqrt(1-y)      y > 1:  arctan(sqrt(y-1)) / sqrt(y-1)      y = 1:  1
//
// so one smooth function covers both sides of a threshold where a logarithm turns into an arctangent.
// With q = sqrt(y), R_C(1, y) = 2/(1+q) R_C(1, 2q/(1+q)); after k halvings 1-y is below 0.06 for
// 1e-6 < y < inf with k = 6, and the series sum (1-y)^n/(2n+1) ends at n = 12. Relative error below 4e-15.
#ifndef PORTAL_CARLSON_H
#define PORTAL_CARLSON_H

#include "platform.h"

INLINE real carlson_rc(real y) {
  real factor = REAL(1.0), rest = y;
  for (int step = 0; step < 6; ++step) {
    const real q = square_root(rest);
    const real inverse = 2.0 / (1.0 + q);
    factor = factor * inverse;
    rest = q * inverse;
  }
  const real t = 1.0 - rest;
  real sum = REAL(1.0 / 25.0);
  for (int n = 11; n >= 0; --n) sum = fused(sum, t, 1.0 / (2 * n + 1));
  return factor * sum;
}

#endif
