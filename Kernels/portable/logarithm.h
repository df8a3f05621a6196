// Natural logarithm for every double; measured error below 0.84 ulp (docs/numerics.md), special values as in C17:
// log(0) = -inf, log(x < 0) = NaN, log(inf) = inf, log(NaN) = NaN; subnormal arguments are exact inputs.
//
// x = 2^k m with sqrt(1/2) <= m < sqrt(2), f = m - 1 (exact), s = f/(2+f):
// log m = 2 atanh(s) = f - (f^2/2 - s (f^2/2 + R(s^2))), with R the odd series of atanh beyond its first term
// in the minimax form of Tang (1990) used by every fdlibm-like library.
#ifndef PORTAL_LOGARITHM_H
#define PORTAL_LOGARITHM_H

#include "platform.h"

// log(x / 2^shift), x normal, positive and finite, shift a whole number.
INLINE real logarithm_of_scaled(real x, real shift) {
  // Subtracting the bits of sqrt(1/2) makes the exponent field count from m in [sqrt(1/2), sqrt(2)).
  const bits offset = bits_of(x) - BITS(0x3fe6a09e667f3bcdul);
  const bits exponent = (offset >> 52) & BITS(0xffful);  // k modulo 4096, negative k wrapped
  const real m = real_of_bits(bits_of(x) - (offset & BITS(0xfff0000000000000ul)));
  // k as a real: (k + 2048 mod 4096) placed in the mantissa of 2^52.
  const bits k_bits = ((exponent + BITS(2048)) & BITS(0xffful)) | BITS(0x4330000000000000ul);
  const real k = real_of_bits(k_bits) - (4503599627370496.0 + 2048.0) - shift;

  const real f = m - 1.0;
  const real s = f / (f + 2.0);
  const real z = s * s, w = z * z;
  const real even =
      w * fused(w, fused(w, 1.531383769920937332e-01, 2.222219843214978396e-01), 3.999999999940941908e-01);
  const real odd_rest =
      fused(w, fused(w, 1.479819860511658591e-01, 1.818357216161805012e-01), 2.857142874366239149e-01);
  const real odd = z * fused(w, odd_rest, 6.666666666666735130e-01);
  const real half_square = 0.5 * f * f;
  const real tail = fused(s, half_square + (even + odd), k * 1.90821492927058770002e-10);
  return fused(k, 6.93147180369123816490e-01, f - (half_square - tail));
}

// log(x) for callers that know x to be normal, positive and finite; the same bits as logarithm(x).
INLINE real logarithm_of_normal(real x) { return logarithm_of_scaled(x, REAL(0.0)); }

INLINE real logarithm(real x) {
  const mask subnormal = x < 2.2250738585072014e-308;
  const real scaled = subnormal ? x * 18014398509481984.0 : x;  // 2^54
  const real result = logarithm_of_scaled(scaled, subnormal ? REAL(54.0) : REAL(0.0));

  const real edge = x == 0.0 ? -infinity() : (x == infinity() ? infinity() : not_a_number());
  return ((x > 0.0) & (x < infinity())) ? result : edge;
}

#endif
