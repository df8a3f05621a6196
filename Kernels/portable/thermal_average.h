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

// psi psibar -> phi phi* is left out below this m_psi/m_phi, where it is suppressed by e^(-4.6 x).
#define PORTAL_PHI_PAIRS_FROM 0.3

typedef struct {
  annihilation_point point;
  annihilation_pole pole;
  mask phi_pairs;                // phi phi* counts
  phi_pair_masses first, second; // psi1 psi1bar, psi2 psi2bar
} annihilation;

INLINE annihilation annihilation_of(annihilation_point point, AUXILIARY aux, int scalars) {
  annihilation a;
  AUXILIARY v = aux + (int)aux[relic_v_at];
  const real first = REAL(v[0]), step = REAL(aux[relic_step]);
  a.point = point;
  a.point.pole = pole_clear_of_nodes(point.pole, first, step);
  a.pole = annihilation_pole_of(a.point, first, step, scalars);
  a.phi_pairs = (point.light > PORTAL_PHI_PAIRS_FROM * point.phi) & (REAL(aux[relic_phi_pairs]) > 0.0);
  a.first = phi_pair_masses_of(point.light, point.heavy, point.phi);
  a.second = phi_pair_masses_of(point.heavy, point.light, point.phi);
  return a;
}

// The integrands at the v nodes, shared by all temperatures.
INLINE void lepton_integrands(annihilation a, AUXILIARY aux, int scalars, real *integrand) {
  AUXILIARY v = aux + (int)aux[relic_v_at];
  const int count = (int)aux[relic_v_count];
  const real weight = a.point.coupling2 * (1.0 / (64.0 * PORTAL_PI));
  for (int j = 0; j < count; ++j)
    integrand[j] = weight * lepton_integrand(a.point, REAL(v[PORTAL_RELIC_V_RECORD * j]), scalars);
}
INLINE void phi_pair_integrands(annihilation a, phi_pair_masses m, AUXILIARY aux, int scalars, real *integrand) {
  AUXILIARY table = aux + (int)aux[relic_v_at];
  const int count = (int)aux[relic_v_count];
  const real weight = square(a.point.dark2) * m.threshold * (1.0 / (64.0 * PORTAL_PI));
  for (int j = 0; j < count; ++j) {
    const real v = REAL(table[PORTAL_RELIC_V_RECORD * j]);
    integrand[j] = weight * v * phi_pair_integral(m, v, scalars);
  }
}

// J_emu at the temperature of a z record.
INLINE real lepton_average(annihilation a, const real *integrand, AUXILIARY record, int band) {
  const int first = (int)record[relic_record_band_first];
  // Four partial sums (the band is a multiple of 4) hide the latency of the additions.
  real part[4] = {REAL(0.0), REAL(0.0), REAL(0.0), REAL(0.0)};
  for (int j = 0; j < band; j += 4)
    for (int i = 0; i < 4; ++i)
      part[i] = fused(integrand[first + j + i], record[relic_record_band + j + i], part[i]);
  const real sum = (part[0] + part[1]) + (part[2] + part[3]);
  const real weight = a.point.coupling2 * (1.0 / (64.0 * PORTAL_PI));
  return fused(weight, pole_contribution(a.pole, REAL(record[relic_record_z])), sum);
}

// J of a channel at any z: the same sum with its Bessel functions computed.
INLINE real channel_average_at(const real *integrand, real threshold, real z, AUXILIARY aux) {
  AUXILIARY v = aux + (int)aux[relic_v_at];
  const int count = (int)aux[relic_v_count];
  const real x = threshold * z, inverse = 1.0 / x;
  real sum = REAL(0.0);
  for (int j = 0; j < count; ++j) {
    AUXILIARY node = v + PORTAL_RELIC_V_RECORD * j;
    const real shape = bessel_k1_shape(inverse * node[1]) * node[2];
    sum = fused(integrand[j] * shape, exponential(-(x * node[0])), sum);
  }
  return sum * square_root(0.5 * PORTAL_PI * inverse) * aux[relic_step];
}

// J_phiphi of one pair at the coarse temperatures.
INLINE void phi_pair_averages(const real *integrand, real threshold, AUXILIARY aux, real *average) {
  AUXILIARY v = aux + (int)aux[relic_v_at];
  AUXILIARY coarse = aux + (int)aux[relic_coarse_at];
  const int count = (int)aux[relic_coarse_count], band = (int)aux[relic_coarse_band];
  real fall[PORTAL_RELIC_MOST_V];
  for (int n = 0; n < band; ++n) fall[n] = exponential(-(threshold * coarse[count + n]));
  for (int m = 0; m < count; ++m) {
    const real inverse = 1.0 / (threshold * coarse[m]);
    real sum = REAL(0.0);
    for (int n = 0; n < band; ++n) {
      const int j = n + count - 1 - m;
      AUXILIARY node = v + PORTAL_RELIC_V_RECORD * j;
      sum = fused(integrand[j] * (fall[n] * node[2]), bessel_k1_shape(inverse * node[1]), sum);
    }
    average[m] = sum * square_root(0.5 * PORTAL_PI * inverse) * aux[relic_step];
  }
}

// ln of both pairs' J_phiphi e^(threshold of the first) at the coarse temperatures.
INLINE void phi_pair_log_averages(annihilation a, AUXILIARY aux, int scalars, real *log_average) {
  AUXILIARY coarse = aux + (int)aux[relic_coarse_at];
  const int count = (int)aux[relic_coarse_count];
  real integrand[PORTAL_RELIC_MOST_V], second[PORTAL_RELIC_MOST_COARSE];
  phi_pair_integrands(a, a.first, aux, scalars, integrand);
  phi_pair_averages(integrand, a.first.threshold, aux, log_average);
  for (int m = 0; m < count; ++m) second[m] = log_average[m];
  if (any_lane(a.point.heavy > a.point.light)) {
    phi_pair_integrands(a, a.second, aux, scalars, integrand);
    phi_pair_averages(integrand, a.second.threshold, aux, second);
    for (int m = 0; m < count; ++m)
      second[m] = second[m] * exponential((a.first.threshold - a.second.threshold) * coarse[m]);
  }
  for (int m = 0; m < count; ++m) log_average[m] = logarithm(log_average[m] + second[m]);
}

// Interpolated to a z record.
INLINE real phi_pair_average(const real *log_average, AUXILIARY record) {
  const int first = (int)record[relic_record_coarse_first];
  real sum = REAL(0.0);
  for (int i = 0; i < PORTAL_RELIC_STENCIL; ++i)
    sum = fused(log_average[first + i], record[relic_record_stencil + i], sum);
  return exponential(sum);
}

// W e^(x_1) ... the densities' Bessel factor, see above.
INLINE real species_weight(annihilation_point q, real z) {
  const real x = q.light * z, weight = bessel_k2_scaled_times_x2(x);
  const mask split = q.heavy > q.light;
  if (!any_lane(split)) return 2.0 * weight;
  const real heavy = bessel_k2_scaled_times_x2(q.heavy * z) * exponential((q.light - q.heavy) * z);
  return weight + (split ? heavy : weight);
}

// <sigma_eff v> [GeV^-2] from both J.
INLINE real effective_average(annihilation a, real z, real weight, real leptons, real phi_pairs) {
  const real excess = (2.0 * a.point.light - 1.0) * z;  // 0 for equal masses above the leptons' threshold
  real sum = any_lane(excess < 0.0) ? leptons * exponential(excess) : leptons;
  if (any_lane(a.phi_pairs)) {
    const real gap = (2.0 * a.point.light - a.first.threshold) * z;
    sum = a.phi_pairs ? fused(phi_pairs, exponential(gap), sum) : sum;
  }
  const real z2 = z * z, ratio = z2 / (weight * a.point.scale);
  return 0.5 * z * sum * square(ratio);
}

// <sigma_eff v> at any z.
INLINE real effective_average_at(annihilation a, const real *integrand, real z, AUXILIARY aux, int scalars) {
  real leptons = channel_average_at(integrand, REAL(1.0), z, aux);
  const real weight = a.point.coupling2 * (1.0 / (64.0 * PORTAL_PI));
  leptons = fused(weight, pole_contribution(a.pole, z), leptons);
  real phi_pairs = REAL(0.0);
  if (any_lane(a.phi_pairs)) {
    real own[PORTAL_RELIC_MOST_V];
    phi_pair_integrands(a, a.first, aux, scalars, own);
    const real first = channel_average_at(own, a.first.threshold, z, aux);
    phi_pair_integrands(a, a.second, aux, scalars, own);
    const real second = channel_average_at(own, a.second.threshold, z, aux);
    phi_pairs = fused(second, exponential((a.first.threshold - a.second.threshold) * z), first);
  }
  return effective_average(a, z, species_weight(a.point, z), leptons, phi_pairs);
}

#endif
