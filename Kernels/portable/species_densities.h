// The spin-stripped densities of both species, n_i = m_i^2 T K2(m_i/T)/(2 pi^2), as the relic density needs them:
//
//   W = k(x_1) + k(x_2) e^(x_1 - x_2),   k(x) = x^2 K2(x) e^x,   x_i = m_i/T = m_i z   (masses in units of E_min)
#ifndef PORTAL_SPECIES_DENSITIES_H
#define PORTAL_SPECIES_DENSITIES_H

#include "bessel.h"
#include "exponential.h"
#include "platform.h"
#include "relic_tables.h"

typedef struct {
  real weight;      // W
  real inverse2;    // (z^2/W)^2
  real suppression; // e^(-x_1)
} species_densities;

INLINE species_densities species_densities_at(real light, real heavy, real z) {
  const real k = bessel_k2_scaled_times_x2(light * z);
  const mask split = heavy > light;
  real other = k;
  if (any_lane(split)) {
    const real heavier = bessel_k2_scaled_times_x2(heavy * z) * exponential((light - heavy) * z);
    other = split ? heavier : k;
  }
  species_densities s;
  s.weight = k + other;
  s.inverse2 = square(z * z / s.weight);
  s.suppression = exponential(-(light * z));
  return s;
}

// At a z record, which has them for m_1 = m_2 = E_min/2: what any pair above the leptons' threshold is with equal masses.
INLINE species_densities species_densities_at_record(real light, real heavy, AUXILIARY record) {
  if (any_lane((light != 0.5) | (heavy != 0.5))) return species_densities_at(light, heavy, REAL(record[relic_record_z]));
  species_densities s;
  s.weight = REAL(record[relic_record_weight]);
  s.inverse2 = REAL(record[relic_record_inverse2]);
  s.suppression = REAL(record[relic_record_suppression]);
  return s;
}

#endif
