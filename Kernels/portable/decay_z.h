// Z -> e mu phi at tree level with all masses, both charges, relative to Z -> e e. Masses in units of m_Z; s1 and s2 are the
// squared masses of (e phi) and (mu phi), z that of (e mu); D1 = s1 - m_mu^2 and D2 = s2 - m_e^2 the propagators:
//
//   Gamma/Gamma(Z->ee) = 2 h^2/(32 pi^2 (gL^2+gR^2)) Int ds1 ds2 { N11/D1^2 + N22/D2^2 + N12/(D1 D2) }
//
// With A = 2 p_e.p_mu, B = 2 p_e.k, C = 2 p_mu.k, q1 = p_e + k and V = 2 (p_e.q1) q1 - s1 p_e the traces are
//
//   N11 = 2 gR^2 [V.p_mu + 2 V.Z p_mu.Z] + 2 gL^2 m_mu^2 [p_e.p_mu + 2 p_e.Z p_mu.Z] + 6 gL gR m_mu^2 (B + 2 m_e^2)
//   N12 = 2 gL gR n + 4 gR^2 m_e^2 [q1.p_mu + 2 q1.Z p_mu.Z] + 4 gL^2 m_mu^2 [the same with e and mu exchanged]
//   n   = (BC - A m_phi^2)(m_phi^2+B+C) + BC + terms with m_e^2 and m_mu^2 (z_interference)
//
// and N22 is N11 with e and mu, gL and gR exchanged (checked against Dirac matrices, Tests/ReferenceData/rare_decays.py).
// Written so, nothing cancels near threshold. NaN for m_phi <= m_mu - m_e, where the muon is on its shell.
#ifndef PORTAL_DECAY_Z_H
#define PORTAL_DECAY_Z_H

#include "constants.h"
#include "decay_z_terms.h"
#include "endpoint_map.h"
#include "gauss_legendre.h"
#include "kinematics.h"
#include "logarithm_remainder.h"
#include "platform.h"

// sqrt(lam) of the two decays Z -> (a phi)* b and (a phi)* -> a phi, at distances from the ends of the range of s.
INLINE real z_roots(z_side q, real from_low, real from_high) {
  return square_root(from_low * (from_low + 4.0 * q.a * q.phi) * (from_high * (from_high + 4.0 * q.b)));
}

// Int N11/D1^2 over the angle of a against b: V and p_a become multiples of q1.
INLINE real z_square(z_side q, real from_low, real from_high) {
  const real s = q.low + from_low, pole = from_low + q.low_to_pole;
  const real twice_aq = from_low + 2.0 * q.a * q.phi + 2.0 * q.a * q.a;
  const real bracket = z_bracket(q, s, from_high);
  const real numerator = fused(q.right2 + q.left2 * (q.b * q.b) / s, bracket, 6.0 * q.mixed * (q.b * q.b));
  return z_roots(q, from_low, from_high) / s * twice_aq * numerator / square(pole);
}

// Int N12/(D1 D2) over C = 2 p_b.k, which enters as a polynomial, and in D2 = C + kappa. A = rest - C is kept where it is
// small against C, near threshold.
INLINE real z_interference(z_side q, real from_low, real from_high) {
  const double a2 = q.a * q.a, b2 = q.b * q.b, sum = a2 + b2;
  const real phi2 = square(q.phi), s = q.low + from_low;
  const real b = from_low + 2.0 * q.a * q.phi;       // B
  const real rest = from_high + 2.0 * q.b * (1.0 - q.b);  // A + C
  const real roots = z_roots(q, from_low, from_high), range = roots / s;
  const real product = rest * (2.0 * phi2 + b) + roots;
  const real lowest = 2.0 * (square(rest) * phi2 + b2 * (from_low * (from_low + 4.0 * q.a * q.phi))) / product;
  const real middle = lowest + 0.5 * range;

  const real kappa = phi2 + (b2 - a2), bottom = lowest + kappa;
  const real u = range / bottom, remainder = logarithm_remainder(u), length = logarithm_of_one_plus(u, remainder);
  const real first = u * fused(kappa * u, remainder, lowest);  // Int C/D2
  const real second = range * middle - kappa * first;          // Int C^2/D2
  const real mean = 0.5 * rest * (b + 2.0 * a2) / s;            // of A
  const real spread = square(u) * (1.0 / (2.0 + u) - remainder);  // ln(1+u) - u/(1+u/2)
  const real first_a = fused(mean, length, (middle + kappa) * spread);  // Int A/D2

  const z_masses m = z_masses_of(q);
  const real with_a = (m.with_a - phi2 * (phi2 + b - kappa + sum) + 3.0 * (b2 * b - a2 * kappa)) * first_a +
                      (3.0 * a2 - phi2) * range * mean;
  const real with_b = b * ((phi2 + b + 1.0 + 4.0 * sum) * first + second + fused(4.0 * b2, b, m.linear_b) * length);
  const real with_c = 4.0 * a2 * second + m.linear_c * first;
  const real mixed = 2.0 * q.mixed * (with_a + with_b + with_c + m.last * length);
  const real right = 4.0 * a2 * q.right2 * z_bracket(q, s, from_high) * length;
  const real left = 2.0 * b2 * q.left2 * ((2.0 - 2.0 * a2) * length - range - range * (middle + kappa));
  return (mixed + right + left) / (from_low + q.low_to_pole);
}

// The integral over s of |first diagram|^2, and of the interference if asked for.
INLINE real z_side_integral(z_side q, int with_interference) {
  const real reach = 0.5 * q.range;
  real sum = REAL(0.0);
  for (int part = 0; part < 3; ++part) {
    // From the lower end in two pieces (the pole may be near), from the upper end in one.
    const int upper = part == 2;
    const endpoint_map map =
        endpoint_map_of(reach, upper ? REAL(4.0 * q.b) : minimum(4.0 * q.a * q.phi, q.low_to_pole));
    const real begin = part == 1 ? 0.5 * map.upper : REAL(0.0), end = part == 0 ? 0.5 * map.upper : map.upper;
    for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
      const endpoint_node node = endpoint_node_at(map, begin, end, gauss_legendre_nodes[k]);
      const real rest = q.range - node.distance;
      const real from_low = upper ? rest : node.distance, from_high = upper ? node.distance : rest;
      real value = z_square(q, from_low, from_high);
      if (with_interference) value = value + z_interference(q, from_low, from_high);
      sum = fused(value, node.jacobian * gauss_legendre_weights[k], sum);
    }
  }
  return sum;
}

#define PORTAL_Z_LEFT (PORTAL_WEAK_MIXING - 0.5)
#define PORTAL_Z_RIGHT PORTAL_WEAK_MIXING
#define PORTAL_Z_FACTOR \
  (1.0 / (16.0 * PORTAL_PI * PORTAL_PI * (PORTAL_Z_LEFT * PORTAL_Z_LEFT + PORTAL_Z_RIGHT * PORTAL_Z_RIGHT)))

// The ratio per h^2, relative error below 1e-12, 2e-12 within 1e-8 of the threshold (tested); 0 for m_phi >= m_Z - m_mu - m_e.
INLINE real z_to_electron_muon_phi_per_h2(real m_phi) {
  const mask on_shell = m_phi <= PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS;
  const real excess = z_excess(m_phi);
  const mask open = none_of(on_shell) & (excess > 0.0);
  const real safe = open ? m_phi : REAL(1.0);
  const z_side electron = z_side_of(safe, 0), muon = z_side_of(safe, 1);
  const real ratio = (z_side_integral(electron, 1) + z_side_integral(muon, 0)) * PORTAL_Z_FACTOR;
  return open ? ratio : ((none_of(on_shell) & (excess <= 0.0)) ? REAL(0.0) : not_a_number());
}

// The part of it with m_emu > m_Z - PORTAL_Z_MASS_WINDOW, relative error below 1e-12 (tested); 0 for
// m_phi >= PORTAL_Z_MASS_WINDOW. At fixed z the integral over s1 is elementary, 1/(D1 D2) = (1/D1 + 1/D2)/(D1 + D2) with
// D1 + D2 = 1 + m_phi^2 - z; z is measured from its upper end.
INLINE real z_to_electron_muon_phi_accepted_per_h2(real m_phi) {
  const double least = 1.0 - PORTAL_Z_MASS_WINDOW / PORTAL_Z_MASS;
  const mask on_shell = m_phi <= PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS;
  const mask open = none_of(on_shell) & (m_phi < PORTAL_Z_MASS_WINDOW);
  const real safe = open ? m_phi : REAL(1.0);
  const z_side electron = z_side_of(safe, 0), muon = z_side_of(safe, 1);
  const real mass = electron.phi;
  const real length = (PORTAL_Z_MASS_WINDOW - safe) * (1.0 / PORTAL_Z_MASS) * (1.0 - mass + least);
  const endpoint_map map = endpoint_map_of(length, 4.0 * mass);
  real sum = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
    const endpoint_node node = endpoint_node_at(map, REAL(0.0), map.upper, gauss_legendre_nodes[k]);
    const real value = z_pole(electron, node.distance) + z_pole(muon, node.distance);
    sum = fused(value, node.jacobian * gauss_legendre_weights[k], sum);
  }
  return open ? sum * PORTAL_Z_FACTOR
              : ((none_of(on_shell) & (m_phi >= PORTAL_Z_MASS_WINDOW)) ? REAL(0.0) : not_a_number());
}

#endif
