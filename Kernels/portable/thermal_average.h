// Thermally averaged annihilation, Gondolo and Gelmini (Nucl. Phys. B360 (1991) 145), Edsjoe and Gondolo
// (Phys. Rev. D56 (1997) 1879), for all species together:
//
//   <sigma_eff v> = z^5/(2 E_min^2 W^2) [ e^(2 x_1 - z) J_emu + e^(2 x_1 - 2 z max(m_1, m_phi)) J_phiphi ],
//   W = k(x_1) + k(x_2) e^(x_1 - x_2),  k(x) = x^2 K2(x) e^x,  x_i = m_i/T,  z = E_min/T,
//   J = Int ds sqrt(s) p^2 sigma K1(sqrt(s)/T) e^(threshold/T)
//
// with masses in units of E_min. The integrals are trapezoidal sums over ln v (annihilation_pole.h).
#ifndef PORTAL_THERMAL_AVERAGE_H
#define PORTAL_THERMAL_AVERAGE_H

#include "annihilation_leptons.h"
#include "annihilation_phi_pairs.h"
#include "annihilation_pole.h"
#include "bessel.h"
#include "exponential.h"
#include "logarithm.h"
#include "platform.h"
#include "relic_tables.h"
#include "species_densities.h"

typedef struct {
  annihilation_point point;
  annihilation_pole pole;
  phi_pair_masses first, second;  // psi1 psi1bar, psi2 psi2bar
  real phi_pairs_until;           // largest z at which phi phi* counts; 0: never
  int scalars;
} annihilation;

// Where phi phi* adds less than 1e-7. It is suppressed by e^(-gap z), and otherwise at most 1e6 (g/h)^2 times the leptons.
INLINE real phi_pairs_until(annihilation_point point, real threshold, real log_coupling_ratio2) {
  const real gap = maximum(threshold - 1.0, REAL(1e-9));
  const real excess = log_coupling_ratio2 + 30.0;
  return maximum(excess, REAL(0.0)) / gap;
}

INLINE annihilation annihilation_without_pole(annihilation_point point, real log_coupling_ratio2, AUXILIARY aux, int scalars) {
  annihilation a;
  a.scalars = scalars;
  a.point = point;
  a.pole = pole_placed(point);
  a.first = phi_pair_masses_of(point.light, point.heavy, point.phi);
  a.second = phi_pair_masses_of(point.heavy, point.light, point.phi);
  a.phi_pairs_until = phi_pairs_until(point, a.first.threshold, log_coupling_ratio2) * aux[relic_phi_pairs];
  return a;
}

INLINE annihilation annihilation_of(annihilation_point point, AUXILIARY aux, int scalars) {
  const real first = REAL(aux[(int)aux[relic_v_at]]), step = REAL(aux[relic_step]);
  annihilation a = annihilation_without_pole(point, logarithm(square(point.dark2) / point.coupling2), aux, scalars);
  a.point.pole = pole_clear_of_nodes(point.pole, first, step);
  a.pole = annihilation_pole_of(a.point, first, step, scalars);
  return a;
}

// Whether the resonance lies so close to threshold that energies far below T count: in units of T, within 0.1. Elsewhere
// v z < 3e-5 adds less than 1e-6 of the average.
INLINE mask resonance_is_near(annihilation_point point, real z) {
  return maximum(absolute(point.pole), point.width) * z < 0.1;
}

// Further nodes below the first one down to 1e-17, far below the narrowest width: what is left falls as v^(3/2).
INLINE int nodes_below(AUXILIARY aux) {
  return (int)(17.0 / aux[relic_step]);
}

INLINE AUXILIARY relic_record(AUXILIARY aux, int k) {
  return aux + (int)aux[relic_z_at] + k * (relic_record_band + (int)aux[relic_band]);
}

// The leptons' integrands at the v nodes below `filled`, shared by all temperatures; `below`: their sum below the first node.
typedef struct {
  real integrand[PORTAL_RELIC_MOST_V];
  real below;
  int filled;
} lepton_state;

INLINE real lepton_weight(annihilation a) { return a.point.coupling2 * (1.0 / (64.0 * PORTAL_PI)); }

INLINE void leptons_begin(annihilation a, lepton_state *leptons, AUXILIARY aux) {
  AUXILIARY v = aux + (int)aux[relic_v_at];
  const mask reaches = resonance_is_near(a.point, REAL(PORTAL_RELIC_BAND_FROM / v[0]));
  leptons->filled = 0;
  leptons->below = REAL(0.0);
  if (!any_lane(reaches)) return;
  real node = REAL(v[0]), sum = REAL(0.0);
  const double ratio = v[0] / v[PORTAL_RELIC_V_RECORD];
  for (int n = nodes_below(aux); n > 0; --n) {
    node = node * ratio;
    sum = sum + lepton_integrand(a.point, node, a.scalars);
  }
  leptons->below = reaches ? lepton_weight(a) * sum : REAL(0.0);
}

INLINE void lepton_integrands(annihilation a, lepton_state *leptons, int until, AUXILIARY aux) {
  AUXILIARY v = aux + (int)aux[relic_v_at];
  const real weight = lepton_weight(a);
  for (; leptons->filled < until; ++leptons->filled) {
    const real node = REAL(v[PORTAL_RELIC_V_RECORD * leptons->filled]);
    leptons->integrand[leptons->filled] = weight * lepton_integrand(a.point, node, a.scalars);
  }
}

INLINE void phi_pair_integrands(annihilation a, phi_pair_masses m, AUXILIARY aux, real *integrand) {
  AUXILIARY table = aux + (int)aux[relic_v_at];
  const int count = (int)aux[relic_v_count];
  const real weight = square(a.point.dark2) * m.threshold * (1.0 / (64.0 * PORTAL_PI));
  for (int j = 0; j < count; ++j) {
    const real v = REAL(table[PORTAL_RELIC_V_RECORD * j]);
    integrand[j] = weight * v * phi_pair_integral(m, v, a.scalars);
  }
}

// J_emu at the temperature of a z record. Fills what it needs, so that the energies of early times are never computed
// where nobody asks for them.
INLINE real lepton_average(annihilation a, lepton_state *leptons, AUXILIARY record, AUXILIARY aux) {
  const int first = (int)record[relic_record_band_first], band = (int)aux[relic_band];
  lepton_integrands(a, leptons, first + band, aux);
  // Four partial sums (the band is a multiple of 4) hide the latency of the additions.
  real part[4] = {REAL(0.0), REAL(0.0), REAL(0.0), REAL(0.0)};
  for (int j = 0; j < band; j += 4)
    for (int i = 0; i < 4; ++i)
      part[i] = fused(leptons->integrand[first + j + i], record[relic_record_band + j + i], part[i]);
  real sum = (part[0] + part[1]) + (part[2] + part[3]);
  const mask near = resonance_is_near(a.point, REAL(record[relic_record_z]));
  if (any_lane(near)) {
    // Below the band the Bessel factor is that of its first node, to 4e-5.
    real below = leptons->below;
    for (int j = 0; j < first; ++j) below = below + leptons->integrand[j];
    sum = near ? fused(below, record[relic_record_band], sum) : sum;
  }
  const real pole = pole_contribution(a.pole, REAL(record[relic_record_z]), REAL(record[relic_record_inverse_z]),
                                      REAL(record[relic_record_root_inverse_z]));
  return fused(lepton_weight(a), pole, sum);
}

// J of a channel at any z: the same sum with its Bessel functions computed. `below`: the integrands below the first node;
// `near`: the nodes with v z < 1e-6 count too.
INLINE real channel_average_at(const real *integrand, real below, mask near, real threshold, real z, AUXILIARY aux) {
  AUXILIARY v = aux + (int)aux[relic_v_at];
  const int count = (int)aux[relic_v_count];
  const real x = threshold * z, inverse = 1.0 / x;
  real sum = REAL(0.0);
  if (any_lane(near)) sum = near ? below * bessel_k1_shape(inverse) : sum;
  for (int j = 0; j < count; ++j) {
    AUXILIARY node = v + PORTAL_RELIC_V_RECORD * j;
    const real product = x * node[0];
    const mask counts = (near | (product > 1e-6)) & (product < 45.0);
    if (!any_lane(counts)) continue;
    const real shape = bessel_k1_shape(inverse * node[1]) * node[2];
    const real more = fused(integrand[j] * shape, exponential(-product), sum);
    sum = counts ? more : sum;
  }
  return sum * square_root(0.5 * PORTAL_PI * inverse) * aux[relic_step];
}

// phi phi* of one point, computed where it is asked for.
typedef struct {
  real first[PORTAL_RELIC_MOST_V], second[PORTAL_RELIC_MOST_V];            // integrands of both pairs
  real first_fall[PORTAL_RELIC_MOST_V], second_fall[PORTAL_RELIC_MOST_V];  // e^(-threshold v_j zeta_m) at n = j + m
  real log_average[PORTAL_RELIC_MOST_COARSE];  // ln of both J_phiphi e^(threshold of the first), from `filled` on
  int filled;
  int ready;  // the integrands are there
} phi_pair_state;

INLINE void phi_pairs_begin(phi_pair_state *pairs, AUXILIARY aux) {
  pairs->filled = (int)aux[relic_coarse_count];
  pairs->ready = 0;
}

// e^(-threshold v_j zeta_m), which depends on j + m only.
INLINE void phi_pair_falls(real threshold, AUXILIARY aux, real *fall) {
  AUXILIARY products = aux + (int)aux[relic_coarse_at] + (int)aux[relic_coarse_count];
  const int band = (int)aux[relic_coarse_band];
  for (int n = 0; n < band; ++n) fall[n] = exponential(-(threshold * products[n]));
}

INLINE void phi_pairs_prepare(annihilation a, phi_pair_state *pairs, AUXILIARY aux) {
  if (pairs->ready) return;
  phi_pair_integrands(a, a.first, aux, pairs->first);
  phi_pair_falls(a.first.threshold, aux, pairs->first_fall);
  if (any_lane(a.point.heavy > a.point.light)) {
    phi_pair_integrands(a, a.second, aux, pairs->second);
    phi_pair_falls(a.second.threshold, aux, pairs->second_fall);
  }
  pairs->ready = 1;
}

// J_phiphi of one pair at the coarse temperature m.
INLINE real phi_pair_coarse_average(const real *integrand, const real *fall, real threshold, int m, AUXILIARY aux) {
  const int first = (int)aux[relic_coarse_count] - 1 - m, band = (int)aux[relic_coarse_band];
  AUXILIARY node = aux + (int)aux[relic_v_at] + PORTAL_RELIC_V_RECORD * first;
  const real inverse = 1.0 / (threshold * aux[(int)aux[relic_coarse_at] + m]);
  real sum = REAL(0.0);
  for (int n = 0; n < band; ++n, node += PORTAL_RELIC_V_RECORD)
    sum = fused(integrand[first + n] * (fall[n] * node[2]), bessel_k1_shape(inverse * node[1]), sum);
  return sum * square_root(0.5 * PORTAL_PI * inverse) * aux[relic_step];
}

INLINE real phi_pair_log_average(annihilation a, phi_pair_state *pairs, int m, AUXILIARY aux) {
  phi_pairs_prepare(a, pairs, aux);
  const real first = phi_pair_coarse_average(pairs->first, pairs->first_fall, a.first.threshold, m, aux);
  if (!any_lane(a.point.heavy > a.point.light)) return logarithm(first + first);
  const real z = REAL(aux[(int)aux[relic_coarse_at] + m]);
  const real fall = exponential((a.first.threshold - a.second.threshold) * z);
  const real second = phi_pair_coarse_average(pairs->second, pairs->second_fall, a.second.threshold, m, aux) * fall;
  return logarithm(first + (a.point.heavy > a.point.light ? second : first));
}

// J_phiphi of both pairs at a z record, interpolated; 0 where it does not count. Records in descending order.
INLINE real phi_pair_average(annihilation a, phi_pair_state *pairs, AUXILIARY record, AUXILIARY aux) {
  const mask counts = a.phi_pairs_until > record[relic_record_z];
  if (!any_lane(counts)) return REAL(0.0);
  AUXILIARY coarse = aux + (int)aux[relic_coarse_at];
  const int first = (int)record[relic_record_coarse_first];
  while (pairs->filled > first) {
    const int m = --pairs->filled;
    // The stencil of a z that counts reaches to 2.83 z.
    const mask wanted = 3.0 * a.phi_pairs_until > coarse[m];
    pairs->log_average[m] = any_lane(wanted) ? phi_pair_log_average(a, pairs, m, aux) : REAL(0.0);
  }
  real sum = REAL(0.0);
  for (int i = 0; i < PORTAL_RELIC_STENCIL; ++i)
    sum = fused(pairs->log_average[first + i], record[relic_record_stencil + i], sum);
  return counts ? exponential(sum) : REAL(0.0);
}

// <sigma_eff v> [GeV^-2] from both J.
INLINE real effective_average(annihilation a, real z, species_densities densities, real leptons, real phi_pairs) {
  const real excess = (2.0 * a.point.light - 1.0) * z;  // 0 for equal masses above the leptons' threshold
  real sum = leptons;
  if (any_lane(excess < 0.0)) sum = excess < 0.0 ? leptons * exponential(excess) : leptons;
  if (any_lane(phi_pairs > 0.0)) {
    const real both = fused(phi_pairs, exponential((2.0 * a.point.light - a.first.threshold) * z), sum);
    sum = phi_pairs > 0.0 ? both : sum;
  }
  return 0.5 * z * sum * densities.inverse2 * square(a.point.unit);
}

// J_phiphi of both pairs at any z; 0 where it does not count.
INLINE real phi_pair_average_at(annihilation a, phi_pair_state *pairs, real z, AUXILIARY aux) {
  const mask counts = a.phi_pairs_until > z;
  if (!any_lane(counts)) return REAL(0.0);
  phi_pairs_prepare(a, pairs, aux);
  const real nothing = REAL(0.0);
  const mask never = nothing > 0.0;
  const real first = channel_average_at(pairs->first, nothing, never, a.first.threshold, z, aux);
  real second = first;
  if (any_lane(a.point.heavy > a.point.light)) {
    const real fall = exponential((a.first.threshold - a.second.threshold) * z);
    const real heavy = channel_average_at(pairs->second, nothing, never, a.second.threshold, z, aux) * fall;
    second = a.point.heavy > a.point.light ? heavy : first;
  }
  return counts ? first + second : REAL(0.0);
}

// <sigma_eff v> at any z.
INLINE real effective_average_at(annihilation a, lepton_state *leptons, phi_pair_state *pairs, real z, AUXILIARY aux) {
  lepton_integrands(a, leptons, (int)aux[relic_v_count], aux);
  const real inverse_z = 1.0 / z;
  const real root_inverse_z = square_root(inverse_z);
  real pole = pole_contribution(a.pole, z, inverse_z, root_inverse_z);
  // Beyond the sums, the pole's own part is all there is of it.
  if (any_lane(a.pole.present & (a.pole.v.re * z >= PORTAL_SUMS_TO)))
    pole = pole + pole_part(pole_alone(a.point, a.scalars), z, inverse_z, root_inverse_z, PORTAL_SUMS_TO, PORTAL_POLES_TO);
  const mask near = resonance_is_near(a.point, z);
  const real sum = channel_average_at(leptons->integrand, leptons->below, near, REAL(1.0), z, aux);
  const real from_leptons = fused(lepton_weight(a), pole, sum);
  const real phi_pairs = phi_pair_average_at(a, pairs, z, aux);
  const species_densities densities = species_densities_at(a.point.light, a.point.heavy, z);
  return effective_average(a, z, densities, from_leptons, phi_pairs);
}

#endif
