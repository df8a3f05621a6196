// Modified Bessel functions of the thermal averages, scaled by e^z so that nothing underflows.
//
//   K1(z) e^z sqrt(2z/pi) = P(1/z)/Q(1/z)          z >= 2, also complex with |arg z| < 0.45; relative error < 3e-10
//   K2(x) e^x x^2 (1+x)^(-3/2) = P(u)/Q(u), u = x/(1+x)   all x > 0; relative error < 6e-10
//
// The rational functions are minimax fits to mpmath values (Tests/ReferenceData/bessel.py --fit).
#ifndef PORTAL_BESSEL_H
#define PORTAL_BESSEL_H

#include "complex.h"
#include "constants.h"
#include "platform.h"

#define PORTAL_K1_DEGREE 4
CONSTANT_TABLE bessel_k1_numerator[PORTAL_K1_DEGREE + 1] = {
    1.0000000001982374, 4.766430326722778, 6.584097872928057, 3.0035866050523983, 0.3409615833557182};
CONSTANT_TABLE bessel_k1_denominator[PORTAL_K1_DEGREE + 1] = {
    1.0, 4.391430378762278, 5.054496449857974, 1.520285786479464, 0.056417466910013855};

// K1(z) e^z sqrt(2z/pi) from 1/z <= 1/2.
INLINE real bessel_k1_shape(real inverse_z) {
  real p = REAL(bessel_k1_numerator[PORTAL_K1_DEGREE]), q = REAL(bessel_k1_denominator[PORTAL_K1_DEGREE]);
  for (int i = PORTAL_K1_DEGREE - 1; i >= 0; --i) {
    p = fused(p, inverse_z, bessel_k1_numerator[i]);
    q = fused(q, inverse_z, bessel_k1_denominator[i]);
  }
  return p / q;
}

// With real coefficients c_k, Sum c_k x^k = c_0 - |x|^2 b_2 + x b_1 where b_k = c_k + 2 Re x b_(k+1) - |x|^2 b_(k+2).
INLINE complex_real bessel_k1_shape_complex(complex_real x) {
  const real twice = 2.0 * x.re, norm = fused(x.re, x.re, x.im * x.im);
  real p1 = REAL(bessel_k1_numerator[PORTAL_K1_DEGREE]), p2 = REAL(0.0);
  real q1 = REAL(bessel_k1_denominator[PORTAL_K1_DEGREE]), q2 = REAL(0.0);
  for (int i = PORTAL_K1_DEGREE - 1; i >= 1; --i) {
    const real p = fused(twice, p1, fused(-norm, p2, bessel_k1_numerator[i]));
    const real q = fused(twice, q1, fused(-norm, q2, bessel_k1_denominator[i]));
    p2 = p1;
    q2 = q1;
    p1 = p;
    q1 = q;
  }
  const complex_real top = complex_of(fused(x.re, p1, fused(-norm, p2, bessel_k1_numerator[0])), x.im * p1);
  const complex_real bottom = complex_of(fused(x.re, q1, fused(-norm, q2, bessel_k1_denominator[0])), x.im * q1);
  return complex_divide(top, bottom);
}

// K1(z) e^z for z >= 2.
INLINE real bessel_k1_scaled(real z) {
  const real inverse = 1.0 / z;
  return square_root(0.5 * PORTAL_PI * inverse) * bessel_k1_shape(inverse);
}

#define PORTAL_K2_DEGREE 6
CONSTANT_TABLE bessel_k2_numerator[PORTAL_K2_DEGREE + 1] = {
    1.9999999994388442, 15.874072526141846, -10.120535104621982, -29.739868825531413,
    35.019703095507374, -14.226714343711334, 2.307252287355527};
CONSTANT_TABLE bessel_k2_denominator[PORTAL_K2_DEGREE + 1] = {
    1.0, 8.437036055392532, -0.9667211644626429, -16.38928605462964,
    9.494359073029576, -0.524379244986466, -0.16223736525368007};

// x^2 K2(x) e^x for x > 0: tends to 2 as x -> 0.
INLINE real bessel_k2_scaled_times_x2(real x) {
  const real head = 1.0 + x;
  const real u = x / head;
  real p = REAL(bessel_k2_numerator[PORTAL_K2_DEGREE]), q = REAL(bessel_k2_denominator[PORTAL_K2_DEGREE]);
  for (int i = PORTAL_K2_DEGREE - 1; i >= 0; --i) {
    p = fused(p, u, bessel_k2_numerator[i]);
    q = fused(q, u, bessel_k2_denominator[i]);
  }
  return head * square_root(head) * p / q;
}

#endif
