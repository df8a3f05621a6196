// The coupling h at which the relic density has a given value: secant steps in ln h, ln Omega h^2.
//
// Omega h^2 falls with h, as h^-2 far from the resonance and not at all where the resonance is already as wide as h makes it, or
// where phi phi* dominates; there no h may exist.
#ifndef PORTAL_RELIC_COUPLING_H
#define PORTAL_RELIC_COUPLING_H

#include "relic_observables.h"

#define PORTAL_RELIC_NO_COUPLING 5.0  // status: no h between 1e-9 and 10 was found that gives the density
#define PORTAL_COUPLING_STEPS 12

typedef struct {
  real h;
  real status;
} relic_coupling;

INLINE real log_density_excess(real m_phi, real m_1, real m_2, real h, real g, real target, AUXILIARY aux, int scalars) {
  const annihilation a = annihilation_of(annihilation_point_of(m_phi, m_1, m_2, h, g, scalars), aux, scalars);
  real integrand[PORTAL_RELIC_MOST_V], pairs[PORTAL_RELIC_MOST_COARSE];
  lepton_integrands(a, aux, scalars, integrand);
  if (any_lane(a.phi_pairs)) phi_pair_log_averages(a, aux, scalars, pairs);
  const freeze_out f = boltzmann_solution(a, integrand, pairs, aux, scalars);
  const real mass = a.point.light * a.point.scale;
  return logarithm(f.abundance * mass * (PORTAL_ENTROPY_TODAY / PORTAL_CRITICAL_DENSITY) / target);
}

INLINE relic_coupling relic_coupling_of(real m_phi, real m_1, real m_2, real g, real target, AUXILIARY aux, int scalars) {
  const mask valid = (m_phi >= PORTAL_MUON_MASS) & (m_phi < 1e6) & (minimum(m_1, m_2) > 0.0) & (maximum(m_1, m_2) < 1e6) &
                     (maximum(m_1, m_2) <= 3.0 * minimum(m_1, m_2)) & (g > 0.0) & (g < 1e6) & (target > 0.0);
  const real phi = valid ? m_phi : REAL(1.0), first = valid ? m_1 : REAL(0.3), second = valid ? m_2 : REAL(0.3);
  const real dark = valid ? g : REAL(0.1), goal = valid ? target : REAL(0.12);
  const real low = REAL(-20.723265836946410), high = REAL(2.3025850929940457);  // ln 1e-9, ln 10
  real log_h = REAL(-4.6), excess = REAL(0.0), slope = REAL(-2.0), last_log_h = log_h, last_excess = excess;
  for (int step = 0; step < PORTAL_COUPLING_STEPS; ++step) {
    excess = log_density_excess(phi, first, second, exponential(log_h), dark, goal, aux, scalars);
    const real moved = log_h - last_log_h;
    const real secant = (excess - last_excess) / moved;
    const mask usable = (moved != 0.0) & (secant < -0.05) & (secant > -8.0);
    slope = usable ? secant : slope;
    last_log_h = log_h;
    last_excess = excess;
    const real next = log_h - minimum(maximum(excess / slope, REAL(-6.0)), REAL(6.0));
    log_h = absolute(excess) < 1e-9 ? log_h : minimum(maximum(next, low), high);
  }
  const mask found = valid & (absolute(excess) < 1e-6);
  relic_coupling result;
  result.h = found ? exponential(last_log_h) : real_of_bits(BITS(0x7ff8000000000000ul));
  const real failure = valid ? REAL(PORTAL_RELIC_NO_COUPLING) : REAL(PORTAL_RELIC_OUTSIDE_DOMAIN);
  result.status = found ? REAL(PORTAL_RELIC_OK) : failure;
  return result;
}

#endif
