// Z -> e mu phi, both charges, relative to Z -> e e (leptons massless against m_Z). With x = s1/m_Z^2, y = s2/m_Z^2
// (the invariant masses of phi with either lepton), r = m_phi^2/m_Z^2, z = m_emu^2/m_Z^2 = 1 + r - x - y, and
// q = xy - r >= 0:
//
//   Gamma/Gamma(Z->ee) = 2 h^2/(32 pi^2 (gL^2+gR^2)) Int dx dy { gR^2 [z + 2q/x^2] + gL^2 [z + 2q/y^2]
//                                                                + 2 gL gR [2q + z (r - q)]/(xy) }
//
// over z >= z_min, the square of the least m_emu/m_Z. The region is symmetric in x and y, so gL^2 and gR^2 have the
// same integral. At fixed x, y = r/x + t with 0 < t < T = (x-x_lo)(x_hi-x)/x, q = xt and z = T + z_min - t, so that the
// inner integral is elementary. x_lo x_hi = r, x_lo + x_hi = 1 + r - z_min.
#ifndef PORTAL_DECAY_Z_H
#define PORTAL_DECAY_Z_H

#include "constants.h"
#include "exponential.h"
#include "gauss_legendre.h"
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

typedef struct {
  real r, z_min;
  real low, range;  // x_lo and x_hi - x_lo
} z_decay;

// The inner integral at x = x_lo + from_low = x_hi - from_high.
INLINE real z_inner_integral(z_decay q, real from_low, real from_high) {
  const real x = q.low + from_low;
  const real t = from_low * from_high / x;
  const real same = t * fused(t, 0.5 + 1.0 / x, q.z_min);
  // ln of the ends of y without its leading terms, which cancel against the rest. x - r = from_low + (x_lo - r).
  const real slope = 2.0 * (from_low + (q.low - q.r)) * x / q.r;
  const real mixed = t * fused(t, fused(slope, logarithm_remainder(t * x / q.r), 1.5), q.z_min);
  const double left = PORTAL_WEAK_MIXING - 0.5, right = PORTAL_WEAK_MIXING;
  return fused(mixed, 2.0 * left * right / (left * left + right * right), same);
}

// 2/(32 pi^2) Int dx of the inner integral. x runs through a logistic map, uniform in ln[(x-x_lo+..)/(x_hi-x+..)]: its
// singularities, the logarithms at x = 0 and x = x_lo + x_hi, lie at infinity. Both halves share their nodes.
INLINE real z_integral(z_decay q) {
  const real high = q.low + q.range;
  const real rho = minimum(q.low / high, REAL(0.1));  // at least a decade, so that 1 - exp(-y) does not cancel
  const real upper = -logarithm(rho);
  const real inverse = 1.0 / (1.0 - rho);
  real sum = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
    const real e = exponential(-upper * gauss_legendre_nodes[k]);
    const real position = rho / (rho + e);
    const real near = position * (1.0 - e) * inverse;       // fraction of the range from one end
    const real far = (e - rho * rho) / (rho + e) * inverse;  // and from the other
    const real jacobian = upper * inverse * (1.0 + rho) * position * (1.0 - position);
    const real near_low = near * q.range, near_high = far * q.range;
    const real pair = z_inner_integral(q, near_low, near_high) + z_inner_integral(q, near_high, near_low);
    sum = fused(pair * jacobian, gauss_legendre_weights[k], sum);
  }
  return sum * q.range * (1.0 / (16.0 * PORTAL_PI * PORTAL_PI));
}

// The ratio per h^2; 0 for m_phi >= m_Z.
INLINE real z_to_electron_muon_phi_per_h2(real m_phi) {
  const double inverse2 = 1.0 / (PORTAL_Z_MASS * PORTAL_Z_MASS);
  z_decay q;
  q.r = square(m_phi) * inverse2;
  q.z_min = REAL(0.0);
  q.low = q.r;
  q.range = (PORTAL_Z_MASS - m_phi) * (PORTAL_Z_MASS + m_phi) * inverse2;
  return m_phi < PORTAL_Z_MASS ? z_integral(q) : REAL(0.0);
}

// The part of it with m_emu > m_Z - PORTAL_Z_MASS_WINDOW; 0 for m_phi >= PORTAL_Z_MASS_WINDOW.
INLINE real z_to_electron_muon_phi_accepted_per_h2(real m_phi) {
  const double least = 1.0 - PORTAL_Z_MASS_WINDOW / PORTAL_Z_MASS;
  const mask open = m_phi < PORTAL_Z_MASS_WINDOW;
  if (!any_lane(open)) return REAL(0.0);
  const real mass = m_phi / PORTAL_Z_MASS;
  // (x_hi - x_lo)^2 = lam(1, r, z_min) as the product of its roots.
  const real lam = ((PORTAL_Z_MASS_WINDOW - m_phi) / PORTAL_Z_MASS) * (1.0 + least - mass) *
                   ((1.0 - least + mass) * (1.0 + least + mass));
  z_decay q;
  q.r = square(mass);
  q.z_min = REAL(least * least);
  q.range = square_root(maximum(lam, REAL(0.0)));
  const real total = (1.0 - least) * (1.0 + least) + q.r;
  q.low = 2.0 * q.r / (total + q.range);
  return open ? z_integral(q) : REAL(0.0);
}

#endif
