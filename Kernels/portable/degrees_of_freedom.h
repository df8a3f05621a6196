// Effective degrees of freedom of the plasma from the shared table: linear in ln T between entries, constant beyond.
#ifndef PORTAL_DEGREES_OF_FREEDOM_H
#define PORTAL_DEGREES_OF_FREEDOM_H

#include "exponential.h"
#include "platform.h"
#include "relic_tables.h"

typedef struct {
  real h_eff;      // entropy
  real root_star;  // g_*^(1/2) = h_eff/sqrt(g_eff) (1 + 1/3 dln h_eff/dln T)
} degrees_of_freedom;

INLINE degrees_of_freedom degrees_of_freedom_at(real log_temperature, AUXILIARY aux) {
  AUXILIARY table = aux + (int)aux[relic_freedom_at];
  const real place = (log_temperature - aux[relic_freedom_first]) * aux[relic_freedom_inverse_step];
  const real inside = minimum(maximum(place, REAL(0.0)), REAL(aux[relic_freedom_count] - 1.000001));
  // Rounding x - 1/2 to an integer: the entry at or below x.
  const real shifted = (inside - 0.5) + PORTAL_ROUNDING_MAGIC;
  const real entry = shifted - PORTAL_ROUNDING_MAGIC;
  const real fraction = inside - entry;
  const bits index = (bits_of(shifted) & BITS(0xfffffffful)) << 1;
  degrees_of_freedom d;
  const real h0 = gather(table, index), h1 = gather(table + 2, index);
  const real g0 = gather(table + 1, index), g1 = gather(table + 3, index);
  d.h_eff = fused(fraction, h1 - h0, h0);
  d.root_star = fused(fraction, g1 - g0, g0);
  return d;
}

#endif
