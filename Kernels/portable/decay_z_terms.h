// Z -> e mu phi: one of the two diagrams (decay_z.h), phi off lepton a, which the propagator of lepton b precedes.
#ifndef PORTAL_DECAY_Z_TERMS_H
#define PORTAL_DECAY_Z_TERMS_H

#include "constants.h"
#include "kinematics.h"
#include "logarithm_remainder.h"
#include "platform.h"

// Masses in units of m_Z. side 0: a = e, b = mu, D1; side 1: a = mu, b = e, D2.
typedef struct {
  double a, b;                  // masses of the leptons
  double left2, right2, mixed;  // squares of the couplings to b's and a's side, and gL gR
  real phi;
  real low, range;    // (m_a+m_phi)^2 < s < low + range = (1-m_b)^2
  real low_to_pole;   // low - m_b^2
} z_side;

// m_Z - m_phi - m_mu - m_e [GeV], exact near threshold.
INLINE real z_excess(real m_phi) {
  const real first = PORTAL_Z_MASS - m_phi, second = first - PORTAL_MUON_MASS;
  const real lost = ((PORTAL_Z_MASS - first) - m_phi) + ((first - second) - PORTAL_MUON_MASS);
  return (second - PORTAL_ELECTRON_MASS) + lost;
}

INLINE z_side z_side_of(real m_phi, int side) {
  const double unit = 1.0 / PORTAL_Z_MASS, left = PORTAL_WEAK_MIXING - 0.5, right = PORTAL_WEAK_MIXING;
  const double a = side ? PORTAL_MUON_MASS : PORTAL_ELECTRON_MASS, b = side ? PORTAL_ELECTRON_MASS : PORTAL_MUON_MASS;
  z_side q;
  q.a = a * unit;
  q.b = b * unit;
  q.right2 = side ? left * left : right * right;
  q.left2 = side ? right * right : left * left;
  q.mixed = left * right;
  q.phi = m_phi * unit;
  q.low = square(q.a + q.phi);
  q.range = z_excess(m_phi) * unit * (1.0 - q.b + (q.a + q.phi));
  q.low_to_pole = -mass_above_threshold(REAL(b), m_phi, REAL(a)) * unit * (q.a + q.b + q.phi);
  return q;
}

// q1.p_b + 2 q1.Z p_b.Z at s, from_high = (1-m_b)^2 - s.
INLINE real z_bracket(z_side q, real s, real from_high) {
  const real product = (1.0 + (s - q.b * q.b)) * (from_high + 2.0 * q.b);
  return 0.5 * (from_high + 2.0 * q.b * (1.0 - q.b) + product);
}

// The terms of n with squared masses of leptons besides those with m_a^2 + m_b^2:
// n = ... + A with_a + B linear_b + C linear_c + 3 A (B m_b^2 + C m_a^2) + 4 (m_b^2 B^2 + m_a^2 C^2) + last
typedef struct {
  double with_a;
  real linear_b, linear_c, last;
} z_masses;

INLINE z_masses z_masses_of(z_side q) {
  const double a2 = q.a * q.a, b2 = q.b * q.b;
  const real phi2 = square(q.phi);
  z_masses m;
  m.with_a = 12.0 * a2 * b2;
  m.linear_b = 3.0 * b2 * (phi2 + (5.0 * a2 + b2));
  m.linear_c = 3.0 * a2 * (phi2 + (a2 + 5.0 * b2));
  m.last = 4.0 * a2 * b2 * (2.0 * phi2 + 3.0 * (a2 + b2));
  return m;
}

// Int ds1 {N11/D1^2 + N12/[D1 (D1+D2)]} at z = (1-m_phi)^2 - from_high; x = D1, B = x - shift, C = far - x.
INLINE real z_pole(z_side q, real from_high) {
  const double a2 = q.a * q.a, b2 = q.b * q.b, sum = a2 + b2;
  const real phi2 = square(q.phi);
  const real z = square(1.0 - q.phi) - from_high;
  const real ab = z - sum;                                           // A
  const real s = from_high + 2.0 * q.phi * (1.0 - q.phi);            // B + C
  const real lam_phi = from_high * (from_high + 4.0 * q.phi);
  const real root = square_root(lam_phi * (square(ab) - 4.0 * a2 * b2));
  const real energy = z + (a2 - b2), product = s * energy + root, range = root / z;
  const real shift = phi2 + (a2 - b2), far = s + shift;
  const real lowest = 2.0 * (square(energy) * phi2 + a2 * lam_phi) / product + shift;
  const real highest = lowest + range, middle = lowest + 0.5 * range;
  const real u = range / lowest, length = logarithm_of_one_plus(u, logarithm_remainder(u));

  // Numerators as polynomials in x.
  const real alpha = phi2 * -1.0 + sum, epsilon = ab + (2.0 * a2 - shift);
  const real y0 = 2.0 * b2 + ab + far, g = ab + far;
  const real v0 = alpha - b2 * epsilon, v1 = 1.0 + alpha - b2 - epsilon;
  const real square0 = q.right2 * (alpha * g - b2 * ab + v0 * y0) + q.left2 * b2 * (ab + epsilon * y0) +
                       6.0 * q.mixed * b2 * alpha;
  const real square1 = q.right2 * (g - alpha - ab + v1 * y0 - v0) + q.left2 * b2 * (y0 - epsilon) +
                       6.0 * q.mixed * b2;
  const real square2 = -q.right2 * (1.0 + v1) - q.left2 * b2;
  const real squares = square0 * range / (lowest * highest) + square1 * length + square2 * range;

  const z_masses m = z_masses_of(q);
  const real c = 1.0 + phi2 + s + 4.0 * sum;
  const real linear_b = 3.0 * b2 * ab + m.linear_b, linear_c = 3.0 * a2 * ab + m.linear_c;
  const real n0 = ab * (m.with_a - phi2 * (phi2 + s + sum)) + m.last - c * shift * far - linear_b * shift +
                  linear_c * far + 4.0 * (b2 * square(shift) + a2 * square(far));
  const real n1 = c * (far + shift) + linear_b - linear_c - 8.0 * (b2 * shift + a2 * far);
  const real n2 = 4.0 * sum - c;
  const real both = s + 2.0 * phi2;  // D1 + D2
  const double right = 2.0 * a2 * q.right2, left = 2.0 * b2 * q.left2;
  const real m0 = 2.0 * q.mixed * n0 + right * (2.0 - 2.0 * b2) + left * (2.0 - 2.0 * a2 - both - square(both));
  const real m1 = 2.0 * q.mixed * n1 - right + left * (1.0 + 2.0 * both);
  const real m2 = 2.0 * q.mixed * n2 - (right + left);
  return squares + (m0 * length + range * fused(m2, middle, m1)) / both;
}

#endif
