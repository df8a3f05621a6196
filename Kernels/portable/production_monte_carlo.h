// sigma of l N -> l' N phi by Monte Carlo: strata of w (production_strata.h), in each of them independent tiles of a
// randomly shifted lattice (shifted_lattice.h), whose spread is the error. The numbers of a tile follow from (seed,
// stream, point, tile).
#ifndef PORTAL_PRODUCTION_MONTE_CARLO_H
#define PORTAL_PRODUCTION_MONTE_CARLO_H

#include "production_sampling.h"
#include "production_strata.h"
#include "shifted_lattice.h"

// Mean weight of one tile in w_low < w < w_high [pb].
INLINE real tile_mean(const production_process process, real energy, real m_phi, real w_low, real w_high, bits tile,
                      bits point, AUXILIARY aux) {
  real shift[4];
  production_uniforms(shift, tile, point, aux);
  real sum = REAL(0.0);
  for (int i = 0; i < PORTAL_TILE_SAMPLES; ++i) {
    real uniform[4];
    lattice_point(uniform, shift, i);
    sum = sum + sample_at(process, energy, m_phi, w_low, w_high, uniform).weight;
  }
  return sum * (1.0 / PORTAL_TILE_SAMPLES);
}

typedef struct {
  real value, variance;  // [pb], [pb^2]
} sampled;

// The mean of `count` tiles and its variance from their spread; the first tile is `first`.
INLINE sampled stratum_mean(const production_process process, real energy, real m_phi, real w_low, real w_high,
                            int first, int count, bits point, AUXILIARY aux) {
  real reference = REAL(0.0), sum = reference, squares = reference;
  for (int i = 0; i < count; ++i) {
    const real tile = tile_mean(process, energy, m_phi, w_low, w_high, BITS(first + i), point, aux);
    if (i == 0) reference = tile;
    // Deviations from the first tile: their squares do not cancel.
    const real deviation = tile - reference;
    sum = sum + deviation;
    squares = squares + deviation * deviation;
  }
  const double n = count;
  sampled mean;
  mean.value = reference + sum * (1.0 / n);
  mean.variance = (squares - sum * sum * (1.0 / n)) * (1.0 / (n * (n - 1.0)));
  return mean;
}

// Strata add up; 0 outside phase space.
INLINE sampled monte_carlo_total(const production_process process, real energy, real m_phi, bits point,
                                 AUXILIARY aux) {
  const int strata = (int)aux[PORTAL_PROCESS_STRATA], tiles = (int)aux[PORTAL_PROCESS_TILES];
  const recoil_profile profile = recoil_profile_of(process, energy, m_phi, aux);
  sampled total;
  total.value = REAL(0.0);
  total.variance = REAL(0.0);
  real low = profile.range.low;
  for (int s = 0; s < strata; ++s) {
    const real high = recoil_at_share(profile, REAL((double)(s + 1) / strata));
    const sampled part = stratum_mean(process, energy, m_phi, low, high, s * tiles, tiles, point, aux);
    total.value = total.value + part.value;
    total.variance = total.variance + part.variance;
    low = high;
  }
  total.value = profile.range.open ? total.value : REAL(0.0);
  total.variance = profile.range.open ? total.variance : REAL(0.0);
  return total;
}

#endif
