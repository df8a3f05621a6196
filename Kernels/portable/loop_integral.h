// One-loop anomalous magnetic moments from phi: Gninenko, Krasnikov (arXiv:2202.04410) eqs. (3), (4).
//
//   Delta a_l = h^2/(16 pi^2) r L(r, s),   r = (m_l/m_phi)^2,  s = (m_f/m_phi)^2,
//   L = Int_0^1 dx x^2 (1-x) / [ (1-x)(1 - r x) + s x ]
//
// l is the external lepton, f the one in the loop: (mu, e) and (e, mu). The denominator is (1 - u x)(1 - v x) with
// u + v = 1 + r - s, u v = r, (1-u)(1-v) = s, u - v = w = sqrt(lam(1, r, s)). Exchanging the leptons exchanges
// u with 1 - v, so one root finding serves both moments:
//
//   muon:  u = u_mu = (1 + r_mu - r_e + w)/2,  1 - u = beta  = r_e /u_e,   v = alpha, 1 - v = u_e
//   electron:  u = u_e = (1 - r_mu + r_e + w)/2,  1 - u = alpha = r_mu/u_mu,  v = beta,  1 - v = u_mu
//
// L is exact in closed form; three arrangements of it keep 5e-14 everywhere for m_phi >= m_mu (tested against
// 40-digit quadrature):
//
//   muon, r_mu >= 0.7 (m_phi < 1.2 m_mu)      partial fractions with R_C, smooth through lam = 0
//   electron, u_e < 1/2 (m_phi < 1.4 m_mu)    power series in x
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

// The moments Int_0^1 dx x^(n+2) (1-x) = 1/((n+3)(n+4)), n = 0 .. 44: the coefficients of the power series. A table,
// because compilers do not unroll loops this long and would divide at run time.
CONSTANT_TABLE loop_coefficients[] = {
    1.0 / (3 * 4), 1.0 / (4 * 5), 1.0 / (5 * 6), 1.0 / (6 * 7), 1.0 / (7 * 8), 1.0 / (8 * 9),
    1.0 / (9 * 10), 1.0 / (10 * 11), 1.0 / (11 * 12), 1.0 / (12 * 13), 1.0 / (13 * 14), 1.0 / (14 * 15),
    1.0 / (15 * 16), 1.0 / (16 * 17), 1.0 / (17 * 18), 1.0 / (18 * 19), 1.0 / (19 * 20), 1.0 / (20 * 21),
    1.0 / (21 * 22), 1.0 / (22 * 23), 1.0 / (23 * 24), 1.0 / (24 * 25), 1.0 / (25 * 26), 1.0 / (26 * 27),
    1.0 / (27 * 28), 1.0 / (28 * 29), 1.0 / (29 * 30), 1.0 / (30 * 31), 1.0 / (31 * 32), 1.0 / (32 * 33),
    1.0 / (33 * 34), 1.0 / (34 * 35), 1.0 / (35 * 36), 1.0 / (36 * 37), 1.0 / (37 * 38), 1.0 / (38 * 39),
    1.0 / (39 * 40), 1.0 / (40 * 41), 1.0 / (41 * 42), 1.0 / (42 * 43), 1.0 / (43 * 44), 1.0 / (44 * 45),
    1.0 / (45 * 46), 1.0 / (46 * 47), 1.0 / (47 * 48)};

// Everything the arrangements share. Where lam < 0 the roots are complex, and only r_mu, r_e, sum_e, lam are used.
typedef struct {
  real r_mu, r_e;
  real sum_e;  // 1 - r_mu + r_e, the sum u + v of the electron's roots
  real lam;    // lam(1, r_mu, r_e)
  real w;      // sqrt(lam)
  real u_mu, u_e, inverse_u_mu, inverse_u_e;
  real alpha, beta;  // 1 - u_e, 1 - u_mu without cancellation
} loop_roots;

// 1 - r_mu and lam are formed from mass differences, which are exact where they cancel.
INLINE loop_roots loop_roots_of(real m_phi) {
  const real inverse2 = 1.0 / square(m_phi);
  loop_roots q;
  q.r_mu = (PORTAL_MUON_MASS * PORTAL_MUON_MASS) * inverse2;
  q.r_e = (PORTAL_ELECTRON_MASS * PORTAL_ELECTRON_MASS) * inverse2;
  q.sum_e = fused((m_phi - PORTAL_MUON_MASS) * (m_phi + PORTAL_MUON_MASS), inverse2, q.r_e);
  q.lam = kallen_of_masses(m_phi, REAL(PORTAL_MUON_MASS), REAL(PORTAL_ELECTRON_MASS)) * inverse2 * inverse2;
  q.w = square_root(maximum(q.lam, REAL(0.0)));
  q.u_mu = 0.5 * (2.0 - q.sum_e + q.w);
  q.u_e = 0.5 * (q.sum_e + q.w);
  q.inverse_u_mu = 1.0 / q.u_mu;
  q.inverse_u_e = 1.0 / q.u_e;
  q.alpha = q.r_mu * q.inverse_u_mu;
  q.beta = q.r_e * q.inverse_u_e;
  return q;
}

// r_mu >= 0.7. With Q the denominator: x^2(1-x) = (c0 - x/r) Q + A x - c0, Int dx/Q = 2/d R_C(1, 4s/d^2), d = 1-r+s,
// and the coefficient of that integral, -c0 + A(1+r-s)/(2r), combined so that it vanishes smoothly at r = 1.
INLINE real loop_integral_near_threshold(loop_roots q, real log_s) {
  const real r = q.r_mu, s = q.r_e, d = q.sum_e;
  const real inverse_r = 1.0 / r;
  const real c0 = (s - 1.0) * inverse_r * inverse_r;
  const real a = fused(c0, 2.0 - d, inverse_r);
  const real y = 4.0 * s / square(d);
  const real integral = 2.0 / d * carlson_rc(y);
  const real weight = fused(r, 2.0 * s - d, (s - 1.0) * q.lam) * 0.5 * inverse_r * inverse_r * inverse_r;
  return fused(weight, integral, fused(0.5 * a * inverse_r, log_s, fused(-0.5, inverse_r, c0)));
}

// H(u)/u = sum_n u^n / ((n+3)(n+4)) for 0 <= u <= 0.5 as a polynomial, relative error 1.2e-16, where the series itself
// needs 45 terms; from scripts/coefficients/loop_h.py.
CONSTANT_TABLE loop_h_coefficients[] = {
    0.08333333333333334,  0.04999999999999071,    0.03333333333555554, 0.02380952359922025, 0.017857153340275232,
    0.01388857117684752,  0.01111748345078496,    0.009001589458103252, 0.008483142052356141, -0.00043548096286457634,
    0.04444960092314856,  -0.16380598185677536,   0.5595974298149929,  -1.3814810812999143, 2.5779179008949304,
    -3.4619249976024826,  3.204696837115288,      -1.8278673374954388, 0.49739869267206505};

INLINE real loop_h_small(real u) {
  real sum = REAL(0.0);
  for (int n = 18; n >= 0; --n) sum = fused(sum, u, loop_h_coefficients[n]);
  return u * sum;
}

// H(u) for u < 5e-5, where four terms of the series suffice.
INLINE real loop_h_tiny(real u) {
  real sum = REAL(0.0);
  for (int n = 3; n >= 0; --n) sum = fused(sum, u, loop_coefficients[n]);
  return u * sum;
}

// H(u) = 1/3 + (1-u)/u [ 1/2 + 1/u + ln(1-u)/u^2 ] for u >= 0.5 (absolute error 1e-15 there).
INLINE real loop_h_closed(real inverse_u, real one_minus_u, real log_one_minus_u) {
  const real bracket = fused(fused(log_one_minus_u, inverse_u, 1.0), inverse_u, 0.5);
  return fused(one_minus_u * inverse_u, bracket, 1.0 / 3.0);
}

// H(alpha) for the muon, 0 <= alpha < 0.8.
INLINE real loop_h_of_alpha(loop_roots q) {
  const mask large = q.alpha >= 0.5;
  const real small = loop_h_small(q.alpha);
  if (!any_lane(large)) return small;
  return large ? loop_h_closed(q.u_mu / q.r_mu, q.u_e, logarithm_of_normal(q.u_e)) : small;
}

// u_e < 1/2: L = sum_n U_n/((n+3)(n+4)), U_n = (u+v) U_{n-1} - u v U_{n-2}; real also where u, v are complex.
INLINE real loop_integral_power_series(loop_roots q) {
  real previous = REAL(0.0), current = REAL(1.0), sum = REAL(1.0 / 12.0);
  for (int n = 1; n <= 44; ++n) {
    const real next = fused(q.sum_e, current, -(q.r_e * previous));
    previous = current;
    current = next;
    sum = fused(current, loop_coefficients[n], sum);
  }
  return sum;
}

typedef struct {
  real muon, electron;
} anomalous_moments;

// Delta a_mu / h^2 and Delta a_e / h^2, dimensionless; m_phi in GeV. NaN below m_mu, where the formula ends.
INLINE anomalous_moments anomalous_moments_per_h2(real m_phi) {
  const loop_roots q = loop_roots_of(m_phi);
  const mask near_threshold = q.r_mu >= 0.7;
  const mask power_series = q.u_e < 0.5;
  const real log_argument = near_threshold ? q.r_e : q.beta;
  const real log_small = logarithm_of_normal(log_argument);
  const real inverse_w = 1.0 / q.w;

  real muon = (loop_h_closed(q.inverse_u_mu, q.beta, log_small) - loop_h_of_alpha(q)) * inverse_w;
  if (any_lane(near_threshold)) muon = near_threshold ? loop_integral_near_threshold(q, log_small) : muon;

  const real h_of_u_e = loop_h_closed(q.inverse_u_e, q.alpha, logarithm_of_normal(q.alpha));
  real electron = (h_of_u_e - loop_h_tiny(q.beta)) * inverse_w;
  if (any_lane(power_series)) electron = power_series ? loop_integral_power_series(q) : electron;

  const double prefactor = 1.0 / (16.0 * PORTAL_PI * PORTAL_PI);
  const mask valid = m_phi >= PORTAL_MUON_MASS;
  anomalous_moments a;
  a.muon = valid ? muon * (q.r_mu * prefactor) : not_a_number();
  a.electron = valid ? electron * (q.r_e * prefactor) : not_a_number();
  return a;
}

#endif
