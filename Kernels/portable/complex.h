// Complex numbers, one per lane.
#ifndef PORTAL_COMPLEX_H
#define PORTAL_COMPLEX_H

#include "platform.h"

typedef struct {
  real re, im;
} complex_real;

INLINE complex_real complex_of(real re, real im) {
  complex_real c;
  c.re = re;
  c.im = im;
  return c;
}
INLINE complex_real complex_add(complex_real a, real b) { return complex_of(a.re + b, a.im); }
INLINE complex_real complex_scale(complex_real a, real b) { return complex_of(a.re * b, a.im * b); }
INLINE complex_real complex_multiply(complex_real a, complex_real b) {
  return complex_of(fused(a.re, b.re, -(a.im * b.im)), fused(a.re, b.im, a.im * b.re));
}
INLINE complex_real complex_divide(complex_real a, complex_real b) {
  const real inverse = 1.0 / fused(b.re, b.re, b.im * b.im);
  return complex_of(fused(a.re, b.re, a.im * b.im) * inverse, fused(a.im, b.re, -(a.re * b.im)) * inverse);
}

// Principal square root, for re > 0 or im != 0: no cancellation in either part.
INLINE complex_real complex_square_root(complex_real a) {
  const real modulus = square_root(fused(a.re, a.re, a.im * a.im));
  const real larger = square_root(0.5 * (modulus + absolute(a.re)));
  const real smaller = 0.5 * absolute(a.im) / larger;
  const mask right = a.re >= 0.0;
  const real re = right ? larger : smaller, im = right ? smaller : larger;
  return complex_of(re, a.im < 0.0 ? -im : im);
}

#endif
