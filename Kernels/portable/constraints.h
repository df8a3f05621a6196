// How a measurement judges a value: ln L relative to the best value, and whether it is excluded (docs/constraints.md).
#ifndef PORTAL_CONSTRAINTS_H
#define PORTAL_CONSTRAINTS_H

#include "constraint_layout.h"
#include "logarithm.h"
#include "platform.h"

typedef struct {
  real log_likelihood;
  mask excluded;
} judgement;

// Outside the masses for which the measurement holds everything is allowed.
INLINE judgement within_masses(judgement j, real m_phi, AUXILIARY aux) {
  const mask holds = (m_phi >= aux[PORTAL_CONSTRAINT_MASS_LOW]) & (m_phi <= aux[PORTAL_CONSTRAINT_MASS_HIGH]);
  j.log_likelihood = holds ? j.log_likelihood : REAL(0.0);
  j.excluded = j.excluded & holds;
  return j;
}

INLINE mask outside_bounds(real value, AUXILIARY aux) {
  return (value > aux[PORTAL_CONSTRAINT_LARGEST]) | (value < aux[PORTAL_CONSTRAINT_SMALLEST]);
}

// Gaussian: -pull^2/2, with a standard deviation of its own on either side (infinite: no penalty there).
INLINE judgement judge_value(real value, real m_phi, AUXILIARY aux) {
  const real difference = value - aux[PORTAL_CONSTRAINT_MEAN];
  const real pull = difference * (difference > 0.0 ? REAL(aux[PORTAL_CONSTRAINT_PER_DEVIATION_ABOVE])
                                                   : REAL(aux[PORTAL_CONSTRAINT_PER_DEVIATION_BELOW]));
  judgement j;
  j.log_likelihood = 0.0 - 0.5 * square(pull);  // 0, not -0, at the best value
  j.excluded = outside_bounds(value, aux);
  return within_masses(j, m_phi, aux);
}

// Poisson in the expected signal s >= 0 with a Gaussian background, profiled in closed form:
//   mu = s + b solves mu^2 - A mu - sigma^2 n = 0, A = s + b_0 - sigma^2, b >= 0
//   ln L = n ln mu - mu - (b - b_0)^2/(2 sigma^2) - (the same at the best s)
INLINE judgement judge_counts(real signal, real m_phi, AUXILIARY aux) {
  const double n = aux[PORTAL_CONSTRAINT_OBSERVED], b0 = aux[PORTAL_CONSTRAINT_BACKGROUND];
  const double variance = aux[PORTAL_CONSTRAINT_VARIANCE];
  const real linear = signal + (b0 - variance);
  const double product = variance * n;
  const real root = square_root(square(linear) + 4.0 * product);
  const real far = root - linear;
  const real mean = linear > 0.0 ? 0.5 * (linear + root) : (far > 0.0 ? 2.0 * product / far : REAL(0.0));
  const real free_background = maximum(mean - signal, REAL(0.0));
  const real background = variance > 0.0 ? free_background : REAL(b0);
  const real mu = signal + background;
  const real per_deviation = REAL(variance > 0.0 ? 1.0 / variance : 0.0);
  const real poisson = (n > 0.0 ? n * logarithm(mu) : REAL(0.0)) - mu;
  judgement j;
  j.log_likelihood = poisson - 0.5 * square(background - b0) * per_deviation - aux[PORTAL_CONSTRAINT_BEST];
  j.excluded = outside_bounds(signal, aux);
  return within_masses(j, m_phi, aux);
}

// ln L of one measurement; the sum with those before it, and the sum of the bits of those that exclude. A value that is NaN
// is neither allowed nor excluded: ln L and the sum are NaN, and the mask has a bit of its own, once, for any number of them.
INLINE void add_judgement(judgement j, real log_likelihood, real excluded, AUXILIARY aux, real *out) {
  const mask undefined = j.log_likelihood != j.log_likelihood;
  const mask is_first = undefined & (excluded < PORTAL_CONSTRAINT_NOT_COMPUTED);
  const real bit = j.excluded ? REAL(aux[PORTAL_CONSTRAINT_BIT]) : REAL(0.0);
  out[0] = j.log_likelihood;
  out[1] = log_likelihood + j.log_likelihood;
  out[2] = excluded + bit + (is_first ? REAL(PORTAL_CONSTRAINT_NOT_COMPUTED) : REAL(0.0));
}

#endif
