// The Boltzmann equation for Y = n/s of all four dark species together,
//
//   dY/dln z = -L (Y^2 - Y_eq^2),   L = sqrt(pi/45) M_Pl T g_*^(1/2) <sigma_eff v>,
//   Y_eq = 45 d W e^(-x_1)/(4 pi^4 h_eff),   d = 4 (fermions), 2 (complex scalars),
//
// from equilibrium at z = E_min/T = 2 to x = m/T = 2e4. At every node, L and Y_eq held fixed, the equation is solved
// over the node's interval (an exact Riccati step up to O(step^7)); the composition is symmetric in time, so its error
// is even in the step, and the results of steps 1, 2, 4 (in one pass) are extrapolated. Stable for any stiffness.
#ifndef PORTAL_RELIC_DENSITY_H
#define PORTAL_RELIC_DENSITY_H

#include "constants.h"
#include "degrees_of_freedom.h"
#include "thermal_average.h"

// Freeze-out: where Y = 2.5 Y_eq.
#define PORTAL_FREEZE_OUT_RATIO 2.5

typedef struct {
  real abundance;       // Y today
  real spread;          // relative difference of the two extrapolations
  real z_freeze_out;    // E_min/T at Y = 2.5 Y_eq
  real most_frequent;   // largest L Y_eq met: annihilations per particle and e-fold
} freeze_out;

// Y after ln z has advanced by `advance` at fixed L and Y_eq: with w = L Y_eq advance, r = Y/Y_eq,
// r -> (r + tanh w)/(1 + r tanh w), and tanh^2 w = w^2 P/(1 + w^2 P), P = 1 + w^2/3 + 2 w^4/45 + O(w^6).
INLINE real relaxed(real abundance, real rate_advance, real equilibrium) {
  const real w = minimum(rate_advance * equilibrium, REAL(1e30));
  const real w2 = w * w;
  const real p = fused(w2, fused(w2, 2.0 / 45.0, 1.0 / 3.0), 1.0);
  const real t = rate_advance * square_root(p / fused(w2, p, 1.0));
  return fused(equilibrium * equilibrium, t, abundance) / fused(abundance, t, 1.0);
}

// Y at the end from the steps 1 and 2 (or 2 and 4), both second order in 1/Y.
INLINE real extrapolated(real fine, real coarse) { return 3.0 * fine * coarse / (4.0 * coarse - fine); }

typedef struct {
  real rate, equilibrium;  // L, Y_eq
} boltzmann_terms;

INLINE boltzmann_terms boltzmann_terms_of(annihilation_point q, real z, real log_z, real log_scale, real weight,
                                          real average, AUXILIARY aux, double degrees) {
  const degrees_of_freedom d = degrees_of_freedom_at(log_scale - log_z, aux);
  const double pi2 = PORTAL_PI * PORTAL_PI;
  boltzmann_terms terms;
  terms.rate = 0.2642218198404007 * PORTAL_PLANCK_MASS * q.scale / z * d.root_star * average;  // sqrt(pi/45)
  terms.equilibrium = degrees * 45.0 / (4.0 * pi2 * pi2) * weight * exponential(-(q.light * z)) / d.h_eff;
  return terms;
}

INLINE freeze_out boltzmann_solution(annihilation a, const real *integrand, const real *phi_pairs, AUXILIARY aux,
                                     int scalars) {
  const int count = (int)aux[relic_z_count], band = (int)aux[relic_band];
  const real log_scale = logarithm(a.point.scale);
  real y1 = REAL(0.0), y2 = y1, y4 = y1;
  real last_ratio = REAL(1.0), last_log_z = REAL(0.0), before = REAL(1.0), after = before, from = last_log_z, to = from;
  mask frozen = y1 > 1.0;
  freeze_out result;
  result.most_frequent = REAL(0.0);
  for (int k = 0; k < count; ++k) {
    AUXILIARY record = aux + (int)aux[relic_z_at] + k * (relic_record_band + band);
    const real z = REAL(record[relic_record_z]), log_z = REAL(record[relic_record_log_z]);
    const real weight = species_weight(a.point, z);
    const real leptons = lepton_average(a, integrand, record, band);
    real pairs = REAL(0.0);
    if (any_lane(a.phi_pairs)) pairs = phi_pair_average(phi_pairs, record);
    const real average = effective_average(a, z, weight, leptons, pairs);
    const boltzmann_terms terms =
        boltzmann_terms_of(a.point, z, log_z, log_scale, weight, average, aux, scalars ? 2.0 : 4.0);
    if (k == 0) y1 = y2 = y4 = terms.equilibrium;

    // Half an interval at both ends.
    const real advance = terms.rate * record[relic_record_spacing] * (k == 0 || k == count - 1 ? 0.5 : 1.0);
    const real fresh = relaxed(y1, advance, terms.equilibrium);
    const real middle = 0.5 * (y1 + fresh);
    y1 = fresh;
    if (k % 2 == 0) y2 = relaxed(y2, 2.0 * advance, terms.equilibrium);
    if (k % 4 == 0) y4 = relaxed(y4, 4.0 * advance, terms.equilibrium);

    result.most_frequent = maximum(result.most_frequent, terms.rate * terms.equilibrium);
    const real ratio = middle / terms.equilibrium;
    const mask now = none_of(frozen) & (ratio > PORTAL_FREEZE_OUT_RATIO);
    before = now ? last_ratio : before;
    after = now ? ratio : after;
    from = now ? last_log_z : from;
    to = now ? log_z : to;
    frozen = frozen | now;
    last_ratio = ratio;
    last_log_z = log_z;
  }
  result.abundance = extrapolated(y1, y2);
  result.spread = absolute(extrapolated(y2, y4) / result.abundance - 1.0);
  const real part = logarithm(PORTAL_FREEZE_OUT_RATIO / before) / logarithm(after / before);
  result.z_freeze_out = exponential(fused(part, to - from, from));
  return result;
}

#endif
