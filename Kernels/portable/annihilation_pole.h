// The resonance in a trapezoidal sum over t = ln v. For an integrand that is analytic near the real axis but for the
// poles t_0, t_0* of the propagator, sum and integral differ by exactly
//
//   step sum - Int = 2 Re{ 2 pi i R/(e^{-2 pi i t_0/step} - 1) },   R the residue at t_0, Im t_0 > 0,
//
// up to terms e^{-pi^2/step}. So the sum resolves any width, from far narrower to far wider than the step, at no more
// cost than a smooth integrand. Here R = (residue factor) K1((1+v_0) z) / (2 i m_phi Gamma).
#ifndef PORTAL_ANNIHILATION_POLE_H
#define PORTAL_ANNIHILATION_POLE_H

#include "annihilation_leptons.h"
#include "bessel.h"
#include "carlson.h"
#include "complex.h"
#include "exponential.h"
#include "logarithm.h"
#include "platform.h"
#include "trigonometry.h"

typedef struct {
  mask present;          // the pole lies above threshold
  complex_real v;        // its place
  complex_real inverse;  // 1/(1 + v)
  complex_real factor;   // weight of K1 shape e^{-v z} z^{-1/2}
} annihilation_pole;

// arctan(y/x) for x, y > 0 with full relative accuracy.
INLINE real polar_angle(real x, real y) {
  const real ratio = y / x;
  return ratio * carlson_rc(fused(ratio, ratio, 1.0));
}

// Distance in units of the spacing below which pole and node are moved apart: there the sum and its correction would
// cancel to the last digits for the narrowest widths. Moving the pole by this much changes nothing visible.
#define PORTAL_POLE_CLEARANCE 2e-6

// m_phi - 1 moved off the nearest v node by a relative 1e-6 where it falls onto one.
INLINE real pole_clear_of_nodes(real pole, real first, real step) {
  const real place = logarithm(maximum(pole, REAL(1e-300)) / first) / step;
  const real distance = place - ((place + PORTAL_ROUNDING_MAGIC) - PORTAL_ROUNDING_MAGIC);
  return absolute(distance) < PORTAL_POLE_CLEARANCE ? pole * (1.0 + 2e-6) : pole;
}

// Where the pole is; its factor is still to be set.
INLINE annihilation_pole pole_placed(annihilation_point q) {
  annihilation_pole pole;
  // sqrt(s_0) = m_phi sqrt(1 + i Gamma/m_phi), of which the real part minus m_phi without cancellation.
  const complex_real root = complex_square_root(complex_of(REAL(1.0), q.width / q.phi));
  const real beyond = q.phi * square(root.im) / (1.0 + root.re);
  pole.v = complex_of(q.pole + beyond, q.phi * root.im);
  pole.present = pole.v.re > 0.0;
  pole.v.re = pole.present ? pole.v.re : REAL(1.0);
  pole.inverse = complex_divide(complex_of(REAL(1.0), REAL(0.0)), complex_add(pole.v, REAL(1.0)));
  pole.factor = complex_of(REAL(0.0), REAL(0.0));
  return pole;
}

// With the factor of K1's shape from what stands before K1.
INLINE annihilation_pole pole_weighted(annihilation_pole pole, complex_real before) {
  const complex_real root = complex_square_root(complex_scale(pole.inverse, REAL(0.5 * PORTAL_PI)));
  const complex_real factor = complex_multiply(before, root);
  pole.factor = complex_of(pole.present ? factor.re : REAL(0.0), pole.present ? factor.im : REAL(0.0));
  return pole;
}

// The pole's own part of the integral, pi/(m_phi Gamma) Re N K1 at sqrt(s_0): what is left of it for small widths. Times
// Gamma, and the rest of the integral, are smooth functions of Gamma^2, down to 0.
INLINE annihilation_pole pole_alone(annihilation_point q, int scalars) {
  const annihilation_pole pole = pole_placed(q);
  return pole_weighted(pole, complex_scale(lepton_residue(q, pole.v, scalars), PORTAL_PI / (q.phi * q.width)));
}

// What the sum has too little.
INLINE annihilation_pole annihilation_pole_of(annihilation_point q, real first, real step, int scalars) {
  annihilation_pole pole = pole_placed(q);
  const real safe = pole.v.re;
  const real modulus2 = fused(safe, safe, square(pole.v.im));
  const real log_place = 0.5 * logarithm(modulus2 / square(first));
  const real cycle = 2.0 * PORTAL_PI / step;
  const real growth = exponential(minimum(cycle * polar_angle(safe, pole.v.im), REAL(300.0)));
  const rotation phase = rotation_by_turns(log_place / step);
  const complex_real periodic = complex_of(fused(growth, phase.cosine, -1.0), -(growth * phase.sine));

  // -2 * 2 pi i R / periodic with R = residue/(2 i m_phi Gamma): the i cancel.
  complex_real factor = complex_divide(lepton_residue(q, pole.v, scalars), periodic);
  return pole_weighted(pole, complex_scale(factor, -2.0 * PORTAL_PI / (q.phi * q.width)));
}

// Re{ factor K1((1+v) z) e^z } where v z lies between `from` and `to`, else 0.
INLINE real pole_part(annihilation_pole pole, real z, real inverse_z, real root_inverse_z, double from, double to) {
  const real fall = pole.v.re * z;
  const mask counts = pole.present & (fall >= from) & (fall < to);
  if (!any_lane(counts)) return REAL(0.0);
  const complex_real shape = bessel_k1_shape_complex(complex_scale(pole.inverse, inverse_z));
  const rotation turn = rotation_by_turns(pole.v.im * z * (0.5 / PORTAL_PI));
  const complex_real value = complex_multiply(pole.factor, shape);
  const real real_part = fused(value.re, turn.cosine, value.im * turn.sine);
  const real size = exponential(-fall) * root_inverse_z;
  return counts ? real_part * size : REAL(0.0);
}

// Where the sums over v end: e^{-v z} < 1e-17. A resonance as narrow as 1e-12 m_phi counts for 30 e-folds more.
#define PORTAL_SUMS_TO 40.0
#define PORTAL_POLES_TO 75.0

// What the pole adds to the sum at z.
INLINE real pole_contribution(annihilation_pole pole, real z, real inverse_z, real root_inverse_z) {
  return pole_part(pole, z, inverse_z, root_inverse_z, 0.0, PORTAL_SUMS_TO);
}

#endif
