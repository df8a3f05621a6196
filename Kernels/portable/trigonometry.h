// sin(2 pi u) and cos(2 pi u) for |u| <= 2^20: arguments in turns are reduced exactly. Measured absolute error below
// 1.4e-16, exact at multiples of a quarter turn.
//
// u = k/4 + r with |r| <= 1/8; Taylor series in r^2 (|2 pi r| <= pi/4, truncation 1e-17), then the quadrant of k.
#ifndef PORTAL_TRIGONOMETRY_H
#define PORTAL_TRIGONOMETRY_H

#include "exponential.h"
#include "platform.h"

typedef struct {
  real sine, cosine;
} rotation;

INLINE rotation rotation_by_turns(real u) {
  const real shifted = fused(u, 4.0, PORTAL_ROUNDING_MAGIC);
  const real k = shifted - PORTAL_ROUNDING_MAGIC;
  const real r = fused(k, -0.25, u);  // exact
  const real z = r * r;

  // (2 pi)^(2n+1) (-1)^n/(2n+1)! and (2 pi)^(2n) (-1)^n/(2n)!
  real s = fused(z, -7.181223017785006e-01, 3.819952584848282e+00);
  s = fused(z, s, -1.5094642576822990e+01);
  s = fused(z, s, 4.2058693944897655e+01);
  s = fused(z, s, -7.6705859753061386e+01);
  s = fused(z, s, 8.1605249276075051e+01);
  s = fused(z, s, -4.1341702240399755e+01);
  s = fused(z, s, 2.4492935982947064e-16);  // 2 pi is applied in two parts
  const real sine = fused(r, s, r * 6.2831853071795862e+00);

  real c = fused(z, 2.8200596845579123e-01, -1.714390711088672e+00);
  c = fused(z, c, 7.903536371318469e+00);
  c = fused(z, c, -2.64262567833744e+01);
  c = fused(z, c, 6.0244641371876661e+01);
  c = fused(z, c, -8.5456817206693728e+01);
  c = fused(z, c, 6.4939394022668297e+01);
  c = fused(z, c, -1.9739208802178716e+01);
  const real cosine = fused(z, c, 1.0);

  const bits quadrant = bits_of(shifted);  // k in the low bits
  const mask odd = (quadrant & BITS(1)) != BITS(0);
  const mask sine_negative = (quadrant & BITS(2)) != BITS(0);
  const mask cosine_negative = ((quadrant + BITS(1)) & BITS(2)) != BITS(0);
  const real a = odd ? cosine : sine, b = odd ? sine : cosine;
  rotation result;
  result.sine = sine_negative ? -a : a;
  result.cosine = cosine_negative ? -b : b;
  return result;
}

#endif
