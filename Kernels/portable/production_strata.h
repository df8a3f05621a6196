// Strata of the Monte Carlo: intervals of w = E - E_phi that hold about equal shares of the cross section.
//
// The shares come from dsigma/dln w by a coarse quadrature at equidistant ln w, so they are approximate; that costs
// variance, never correctness, since every stratum is sampled with its own measure.
#ifndef PORTAL_PRODUCTION_STRATA_H
#define PORTAL_PRODUCTION_STRATA_H

#include "production_integrals.h"

#define PORTAL_PROFILE_POINTS 33
// No part of the range gets less than this share of the mean density, in case the profile misses something.
#define PORTAL_LEAST_DENSITY 1e-3

typedef struct {
  recoil_range range;                      // of w
  real step;                               // of ln w
  real cumulative[PORTAL_PROFILE_POINTS];  // proportional to the cross section below each point
} recoil_profile;

INLINE recoil_profile recoil_profile_of(const production_process process, real energy, real m_phi, AUXILIARY aux) {
  const quadrature_rule polar = rule_at(aux + PORTAL_PROCESS_RULES), transfer = rule_after(polar);
  recoil_profile profile;
  profile.range = allowed_recoil(process, energy, m_phi, PORTAL_EXACT);
  profile.step = logarithm(profile.range.high / profile.range.low) * (1.0 / (PORTAL_PROFILE_POINTS - 1));
  real density[PORTAL_PROFILE_POINTS], sum = REAL(0.0);
  for (int i = 0; i < PORTAL_PROFILE_POINTS; ++i) {
    const real w = profile.range.low * exponential(profile.step * i);
    density[i] = w * exact_differential(process, energy, m_phi, w, polar, transfer);
    sum = sum + density[i];
  }
  const real least = sum * (PORTAL_LEAST_DENSITY / PORTAL_PROFILE_POINTS);
  profile.cumulative[0] = REAL(0.0);
  for (int i = 1; i < PORTAL_PROFILE_POINTS; ++i)
    profile.cumulative[i] = profile.cumulative[i - 1] + maximum(density[i - 1], least) + maximum(density[i], least);
  return profile;
}

// The w below which lies that share of the cross section, linear in ln w between the points of the profile.
INLINE real recoil_at_share(const recoil_profile profile, real share) {
  const real wanted = share * profile.cumulative[PORTAL_PROFILE_POINTS - 1];
  real below = profile.cumulative[0], above = profile.cumulative[1], index = REAL(0.0);
  for (int i = 1; i < PORTAL_PROFILE_POINTS - 1; ++i) {
    const mask beyond = wanted >= profile.cumulative[i];
    below = beyond ? profile.cumulative[i] : below;
    above = beyond ? profile.cumulative[i + 1] : above;
    index = beyond ? REAL(i) : index;
  }
  const real place = index + (wanted - below) / (above - below);
  const real inside = profile.range.low * exponential(profile.step * place);
  return share <= 0.0 ? profile.range.low : share >= 1.0 ? profile.range.high : inside;
}

#endif
