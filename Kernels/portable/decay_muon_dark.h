// mu -> e psi1 psi2bar (or e s1 s2*) through phi of any mass, m_1 + m_2 < m_mu - m_e:
//
//   Gamma = Int ds/pi Gamma(mu -> e phi)(s) sqrt(s) Gamma(phi -> psi1 psi2bar)(s)
//                     / [(s-m_phi^2)^2 + m_phi^2 Gamma_phi^2],   (m_1+m_2)^2 < s < (m_mu-m_e)^2,
//
// the two-body widths with m_phi^2 -> s, per h^2 g^2. The interval is divided at its point nearest to the pole and each
// part in the middle; endpoint_map resolves the two thresholds and the pole whatever their widths: relative error below
// 1e-12, on and off the resonance, down to Gamma_phi = 1e-12 m_phi (tested).
#ifndef PORTAL_DECAY_MUON_DARK_H
#define PORTAL_DECAY_MUON_DARK_H

#include "constants.h"
#include "endpoint_map.h"
#include "gauss_legendre.h"
#include "kinematics.h"
#include "platform.h"

typedef struct {
  real lower;             // (m_1+m_2)^2, where the integral begins
  real branch_lower;      // 4 m_1 m_2: lam(s, m_1^2, m_2^2) = D (D + branch_lower), D the distance from the lower end
  real branch_upper;      // 4 m_mu m_e, likewise at the upper end
  real below, above;      // from the point nearest to the pole down to the lower and up to the upper end
  real pole_offset;       // that point minus m_phi^2; 0 if the pole is inside
  real pole_width;        // m_phi Gamma_phi
  int scalars;
} muon_dark_decay;

// The integrand at distances from_lower and from_upper from the ends, offset = s - m_phi^2, without constant factors.
INLINE real muon_dark_integrand(muon_dark_decay q, real from_lower, real from_upper, real offset) {
  const real s = q.lower + from_lower;
  const real lam_invisible = from_lower * (from_lower + q.branch_lower);
  const real lam_muon = from_upper * (from_upper + q.branch_upper);
  const real spin = q.scalars ? REAL(0.5) : from_lower;
  const real numerator =
      square_root(lam_invisible * lam_muon) * spin * (from_upper + 0.5 * q.branch_upper);
  return numerator / (s * fused(offset, offset, square(q.pole_width)));
}

// The part of the integral between one end of the interval (upper: 1, lower: 0) and the point nearest to the pole.
typedef struct {
  real length, beyond;  // of this part, and of the other one
  int upper;
} muon_dark_part;

// The integral over the piece begin < y < end of a map that starts at the end of the interval (from_end: 1) or at the
// point nearest to the pole (from_end: 0).
INLINE real muon_dark_piece(muon_dark_decay q, muon_dark_part p, int from_end, endpoint_map map, real begin, real end) {
  const real sign = p.upper ? REAL(1.0) : REAL(-1.0);
  real sum = REAL(0.0);
  for (int k = 0; k < GAUSS_LEGENDRE_COUNT; ++k) {
    const endpoint_node node = endpoint_node_at(map, begin, end, gauss_legendre_nodes[k]);
    const real rest = p.length - node.distance;
    const real to_end = from_end ? node.distance : rest, to_pole = from_end ? rest : node.distance;
    const real to_other_end = p.beyond + to_pole;
    const real value = muon_dark_integrand(q, p.upper ? to_other_end : to_end, p.upper ? to_end : to_other_end,
                                           fused(sign, to_pole, q.pole_offset));
    sum = fused(value, node.jacobian * gauss_legendre_weights[k], sum);
  }
  return sum;
}

INLINE real muon_dark_part_integral(muon_dark_decay q, int upper) {
  muon_dark_part p;
  p.length = upper ? q.above : q.below;
  p.beyond = upper ? q.below : q.above;
  p.upper = upper;
  const real branch_beyond = upper ? q.branch_lower : q.branch_upper;
  const real pole_distance = square_root(fused(q.pole_offset, q.pole_offset, square(q.pole_width)));
  const endpoint_map outer = endpoint_map_of(0.5 * p.length, upper ? q.branch_upper : q.branch_lower);
  const endpoint_map inner =
      endpoint_map_of(0.5 * p.length, minimum(pole_distance, p.beyond > 0.0 ? p.beyond : branch_beyond));
  // The line of a narrow phi, y < 3, and its tail are integrated apart.
  const real line = minimum(inner.upper, REAL(3.0));
  real sum = muon_dark_piece(q, p, 1, outer, REAL(0.0), outer.upper) +
             muon_dark_piece(q, p, 0, inner, REAL(0.0), line);
  if (any_lane(inner.upper > line)) sum = sum + muon_dark_piece(q, p, 0, inner, line, inner.upper);
  return p.length > 0.0 ? sum : REAL(0.0);
}

// m_mu - m_e - m1 - m2, each rounding error of the first differences added back: exact near threshold.
INLINE real muon_dark_excess(real m1, real m2) {
  const real heavy = maximum(m1, m2), light = minimum(m1, m2);
  const real first = PORTAL_MUON_MASS - heavy, second = first - light;
  const real lost = ((PORTAL_MUON_MASS - first) - heavy) + ((first - second) - light);
  return (second - PORTAL_ELECTRON_MASS) + lost;
}

// Gamma/(h^2 g^2) in GeV for fermions, 1/GeV for scalars (g in GeV); 0 at and above threshold. width: the total width
// of phi, which must be positive where phi can be on shell, m_1 + m_2 < m_phi < m_mu - m_e.
INLINE real muon_to_electron_dark_per_h2_g2(real m_phi, real m1, real m2, real width, int scalars) {
  const real excess = muon_dark_excess(m1, m2);
  const mask open = excess > 0.0;
  if (!any_lane(open)) return REAL(0.0);
  const real sum = m1 + m2;
  const real range = excess * (PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS + sum);
  const real above_lower = mass_above_threshold(m_phi, m1, m2) * (m_phi + sum);
  const real below_upper = mass_above_threshold(REAL(PORTAL_MUON_MASS), m_phi, REAL(PORTAL_ELECTRON_MASS)) *
                           (m_phi + (PORTAL_MUON_MASS - PORTAL_ELECTRON_MASS));
  muon_dark_decay q;
  q.lower = square(sum);
  q.branch_lower = 4.0 * m1 * m2;
  q.branch_upper = REAL(4.0 * PORTAL_MUON_MASS * PORTAL_ELECTRON_MASS);
  q.below = minimum(maximum(above_lower, REAL(0.0)), range);
  q.above = minimum(maximum(below_upper, REAL(0.0)), range);
  q.pole_offset = maximum(-above_lower, REAL(0.0)) - maximum(-below_upper, REAL(0.0));
  q.pole_width = m_phi * width;
  q.scalars = scalars;
  real integral = muon_dark_part_integral(q, 0);
  if (any_lane(open & (q.above > 0.0))) integral = integral + muon_dark_part_integral(q, 1);
  // 1/(16 pi m_mu^2 2 m_mu) from the muon, 1/(8 pi) from phi, 1/pi from the formula.
  const double factor = 1.0 / (256.0 * PORTAL_PI * PORTAL_PI * PORTAL_PI * PORTAL_MUON_MASS * PORTAL_MUON_MASS *
                               PORTAL_MUON_MASS);
  return open ? integral * factor : REAL(0.0);
}

#endif
