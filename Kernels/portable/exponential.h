// exp(x), for every double x; measured error below 0.73 ulp, 0.80 ulp for subnormal results (docs/numerics.md).
// Special values as in C17: exp(-inf) = 0, exp(inf) = inf, exp(NaN) = NaN; overflow to inf above 709.78, gradual
// underflow to 0.
//
// x = n ln 2 + r with |r| <= ln(2)/2; e^r is its Taylor series through r^13 (truncation 4e-18); 2^n is applied
// in two factors so that subnormal results are rounded once.
#ifndef PORTAL_EXPONENTIAL_H
#define PORTAL_EXPONENTIAL_H

#include "platform.h"

// 1.5 * 2^52: adding it to |x| < 2^51 leaves the nearest integer in the low mantissa bits.
#define PORTAL_ROUNDING_MAGIC 6755399441055744.0

INLINE real exponential(real x) {
  // Beyond these the result is 0 or inf whatever x is; clamping keeps n representable.
  const real clamped = minimum(maximum(x, REAL(-746.0)), REAL(710.0));
  const real shifted = fused(clamped, 1.44269504088896340736, PORTAL_ROUNDING_MAGIC);
  const real n = shifted - PORTAL_ROUNDING_MAGIC;
  // ln 2 in two parts; the first has 32 trailing zero bits, so n * high is exact.
  const real rest_exact = fused(n, -6.93147180369123816490e-01, clamped);
  const real r = fused(n, -1.90821492927058770002e-10, rest_exact);
  const real r_low = fused(n, -1.90821492927058770002e-10, rest_exact - r);  // what rounding r left behind

  // Estrin's scheme for sum_{k=0}^{11} r^k/(k+2)!: short dependency chains.
  const real r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  const real p01 = fused(r, 1.0 / 6.0, 0.5), p23 = fused(r, 1.0 / 120.0, 1.0 / 24.0);
  const real p45 = fused(r, 1.0 / 5040.0, 1.0 / 720.0), p67 = fused(r, 1.0 / 362880.0, 1.0 / 40320.0);
  const real p89 = fused(r, 1.0 / 39916800.0, 1.0 / 3628800.0);
  const real pab = fused(r, 1.0 / 6227020800.0, 1.0 / 479001600.0);
  const real p03 = fused(p23, r2, p01), p47 = fused(p67, r2, p45), p8b = fused(pab, r2, p89);
  const real p = fused(p8b, r8, fused(p47, r4, p03));
  const real head = 1.0 + r;
  const real e = head + fused(r2, p, (1.0 - head) + r + r_low);

  // 2^n = 2^first * 2^(n - first), each factor normal; n is taken from the low bits of the shifted value.
  const bits n_biased = bits_of(shifted) - BITS(0x4338000000000000ul) + BITS(4096);
  const bits first = (n_biased >> 1) - BITS(2048);
  const bits rest = n_biased - BITS(4096) - first;
  const real scaled = e * real_of_bits((first + BITS(1023)) << 52) * real_of_bits((rest + BITS(1023)) << 52);
  return x != x ? x : scaled;
}

#endif
