// sin(x) and cos(x) together for |x| < 1e5; absolute error below 3e-16 + 1e-16 |x| ulp-wise from the reduction.
//
// x = n pi/2 + r with |r| <= pi/4 (pi/2 in three parts), then the Taylor series of both on r; n mod 4 swaps and signs.
#ifndef PORTAL_TRIGONOMETRIC_H
#define PORTAL_TRIGONOMETRIC_H

#include "exponential.h"
#include "platform.h"

typedef struct {
  real sine, cosine;
} sine_cosine;

INLINE sine_cosine sine_cosine_of(real x) {
  const real shifted = fused(x, 0.63661977236758134308, PORTAL_ROUNDING_MAGIC);
  const real n = shifted - PORTAL_ROUNDING_MAGIC;
  // The first two parts of pi/2 have 33 significant bits each, so their products with n are exact.
  real r = fused(n, -1.57079632673412561417e+00, x);
  r = fused(n, -6.07710050630396597660e-11, r);
  r = fused(n, -2.02226624879595063154e-21, r);

  const real z = r * r;
  real s = REAL(-1.0 / 1307674368000.0), c = REAL(1.0 / 20922789888000.0);
  s = fused(s, z, 1.0 / 6227020800.0);
  s = fused(s, z, -1.0 / 39916800.0);
  s = fused(s, z, 1.0 / 362880.0);
  s = fused(s, z, -1.0 / 5040.0);
  s = fused(s, z, 1.0 / 120.0);
  s = fused(s, z, -1.0 / 6.0);
  c = fused(c, z, -1.0 / 87178291200.0);
  c = fused(c, z, 1.0 / 479001600.0);
  c = fused(c, z, -1.0 / 3628800.0);
  c = fused(c, z, 1.0 / 40320.0);
  c = fused(c, z, -1.0 / 720.0);
  c = fused(c, z, 1.0 / 24.0);
  c = fused(c, z, -0.5);
  const real sine = fused(s * z, r, r), cosine = fused(c, z, 1.0);

  // The quarter n mod 4 stands in the low bits of the shifted value.
  const bits quarter = bits_of(shifted) & BITS(3);
  const mask swap = (quarter & BITS(1)) != BITS(0);
  const real sine_sign = real_of_bits(((quarter & BITS(2)) << 62) | BITS(0x3ff0000000000000ul));
  const real cosine_sign = real_of_bits((((quarter + BITS(1)) & BITS(2)) << 62) | BITS(0x3ff0000000000000ul));
  sine_cosine result;
  result.sine = (swap ? cosine : sine) * sine_sign;
  result.cosine = (swap ? sine : cosine) * cosine_sign;
  return result;
}

#endif
