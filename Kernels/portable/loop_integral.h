// One-loop anomalous magnetic moment from phi: Gninenko, Krasnikov (arXiv:2202.04410) eqs. (3), (4).
//
//   Delta a_l = h^2/(16 pi^2) r L(r, s),   r = (m_l/m_phi)^2,  s = (m_f/m_phi)^2,
//   L = Int_0^1 dx x^2 (1-x) / [ (1-x)(1 - r x) + s x ]
//
// l is the external lepton, f the one in the loop. The denominator is (1 - u1 x)(1 - u2 x) with
// u1 + u2 = 1 + r - s, u1 u2 = r, (1-u1)(1-u2) = s, (u1-u2)^2 = lam(1, r, s). L is exact in closed form; three
// arrangements of it keep 1e-13 everywhere for m_phi >= m_mu, and 3e-15 above 1.93 m_mu (docs/numerics.md):
//
//   r >= 0.7    (muon, m_phi < 1.2 m_mu)      partial fractions with R_C, smooth through lam = 0
//   u1 < 1/2    (electron, m_phi < 1.4 m_mu)  power series in x
//   otherwise                                 divided difference of H(u) = u Int x^2 (1-x)/(1-ux)
//
// An arrangement that no lane needs is skipped; which lanes share a vector does not change any bit.
#ifndef PORTAL_LOOP_INTEGRAL_H
#define PORTAL_LOOP_INTEGRAL_H

#include "carlson.h"
#include "constants.h"
#include "kinematics.h"
#include "logarithm.h"
#include "platform.h"

// Everything the arrangements share. one_minus_r and lam are formed from mass differences, which are exact
// where they cancel.
typedef struct {
  real r, s;
  real one_minus_r;
  real lam;         // lam(1, r, s)
  real complement;  // 2 - u1 - u2 = 1 - r + s
} loop_masses;

INLINE loop_masses loop_masses_of(real m_phi, double external, double internal) {
  const real inverse2 = 1.0 / square(m_phi);
  loop_masses q;
  q.r = (external * external) * inverse2;
  q.s = (internal * internal) * inverse2;
  q.one_minus_r = (m_phi - external) * (m_phi + external) * inverse2;
  q.lam = kallen_of_masses(m_phi, REAL(external), REAL(internal)) * inverse2 * inverse2;
  q.complement = q.one_minus_r + q.s;
  return q;
}

// r >= 0.7. With Q the denominator: x^2(1-x) = (c0 - x/r) Q + A x - c0, Int dx/Q = 2/d R_C(1, 4s/d^2), d = 1-r+s,
// and the coefficient of that integral, -c0 + A(1+r-s)/(2r), combined so that it vanishes smoothly at r = 1.
INLINE real loop_integral_light(loop_masses q, real log_s) {
  const real inverse_r = 1.0 / q.r;
  const real b = 2.0 - q.complement;
  const real c0 = (q.s - 1.0) * inverse_r * inverse_r;
  const real a = fused(c0, b, inverse_r);
  const real y = 4.0 * q.s / square(q.complement);
  const real integral = 2.0 / q.complement * carlson_rc(y);
  const real weight =
      fused(q.r, q.s - q.one_minus_r, (q.s - 1.0) * q.lam) * 0.5 * inverse_r * inverse_r * inverse_r;
  return fused(weight, integral, fused(0.5 * a * inverse_r, log_s, fused(-0.5, inverse_r, c0)));
}

// H(u) = sum_n u^(n+1) / ((n+3)(n+4)) for 0 <= u < 0.27.
INLINE real loop_h_series(real u) {
  real sum = REAL(0.0);
  for (int n = 25; n >= 0; --n) sum = fused(sum, u, 1.0 / ((n + 3) * (n + 4)));
  return u * sum;
}

// H(u) = 1/3 + (1-u)/u [ 1/2 + 1/u + ln(1-u)/u^2 ] for u >= 0.27 (absolute error 1e-15 there).
INLINE real loop_h_closed(real u, real one_minus_u, real log_one_minus_u) {
  const real inverse = 1.0 / u;
  const real bracket = fused(fused(log_one_minus_u, inverse, 1.0), inverse, 0.5);
  return fused(one_minus_u * inverse, bracket, 1.0 / 3.0);
}

// u1 >= 1/2: L = [H(u1) - H(u2)]/(u1 - u2).
INLINE real loop_integral_heavy(loop_masses q, real one_minus_u1, real log_one_minus_u1) {
  const real u1 = 1.0 - one_minus_u1;
  const real u2 = q.r / u1;
  const mask large = u2 >= 0.27;
  real h2 = loop_h_series(u2);
  if (any_lane(large)) {
    const real one_minus_u2 = q.s / one_minus_u1;
    h2 = large ? loop_h_closed(u2, one_minus_u2, logarithm(one_minus_u2)) : h2;
  }
  return (loop_h_closed(u1, one_minus_u1, log_one_minus_u1) - h2) / (u1 - u2);
}

// u1 < 1/2: L = sum_n U_n/((n+3)(n+4)), U_n = (u1+u2) U_{n-1} - u1 u2 U_{n-2}; real also where u1, u2 are complex.
INLINE real loop_integral_series(loop_masses q) {
  const real b = 2.0 - q.complement;
  real previous = REAL(0.0), current = REAL(1.0), sum = REAL(1.0 / 12.0);
  for (int n = 1; n <= 44; ++n) {
    const real next = fused(b, current, -(q.r * previous));
    previous = current;
    current = next;
    sum = fused(current, 1.0 / ((n + 3) * (n + 4)), sum);
  }
  return sum;
}

// L(r, s) for (external, internal) = (mu, e) or (e, mu); masses and m_phi in GeV, m_phi >= m_mu.
INLINE real loop_integral(real m_phi, double external, double internal) {
  const loop_masses q = loop_masses_of(m_phi, external, internal);
  const real width = square_root(maximum(q.lam, REAL(0.0)));
  const real one_minus_u1 = 2.0 * q.s / (q.complement + width);

  const mask light = q.r >= 0.7;
  const mask series = none_of(light) & (one_minus_u1 > 0.5);
  const mask heavy = none_of(light | series);
  const real log_argument = light ? q.s : one_minus_u1;
  const real log_value = logarithm(log_argument);

  real result = REAL(0.0);
  if (any_lane(heavy)) result = loop_integral_heavy(q, one_minus_u1, log_value);
  if (any_lane(light)) result = light ? loop_integral_light(q, log_value) : result;
  if (any_lane(series)) result = series ? loop_integral_series(q) : result;
  return result;
}

// Delta a_l / h^2 = r L/(16 pi^2), dimensionless; NaN below m_phi = max(m_l, m_f), where the formula ends.
INLINE real anomalous_moment_per_h2(real m_phi, double external, double internal) {
  const real r = (external * external) / square(m_phi);
  const real moment = r * loop_integral(m_phi, external, internal) * (1.0 / (16.0 * PORTAL_PI * PORTAL_PI));
  return ((m_phi >= external) & (m_phi >= internal)) ? moment : not_a_number();
}

#endif
