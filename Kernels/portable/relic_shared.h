// <sigma_eff v> of one point from the rows that its masses share (shared_rows.h).
#ifndef PORTAL_RELIC_SHARED_H
#define PORTAL_RELIC_SHARED_H

#include "shared_rows.h"

// Whether masses share, told by the point with the largest couplings.
INLINE mask shares_average(annihilation_point widest) {
  return widest.width * widest.phi < PORTAL_SHARED_WIDEST * absolute(widest.pole) * (1.0 + widest.phi);
}

// Lagrange's polynomials at x, times `unit`: a macro, because OpenCL C has no common name for the address of a constant.
#define PORTAL_LAGRANGE_WEIGHTS(NODES, SCALE, COUNT, X, UNIT, WEIGHTS) \
  {                                                                    \
    real product = UNIT;                                               \
    for (int n = 0; n < COUNT; ++n) {                                  \
      WEIGHTS[n] = product * SCALE[n];                                 \
      product = product * (X - NODES[n]);                              \
    }                                                                  \
    product = REAL(1.0);                                               \
    for (int n = COUNT - 1; n >= 0; --n) {                             \
      WEIGHTS[n] = WEIGHTS[n] * product;                               \
      product = product * (X - NODES[n]);                              \
    }                                                                  \
  }

// The rows of one point's masses, and the weights of its couplings.
typedef struct {
  AUXILIARY rows;  // those of all masses
  bits start;      // where this point's begin
  int uniform;     // the same in all lanes
  real weights[relic_row_phi_pairs + 1];
} shared_average;

INLINE shared_average shared_average_of(annihilation_point q, annihilation_point widest, real masses, real h, real g,
                                        AUXILIARY aux) {
  shared_average s;
  AUXILIARY shared = aux + (int)aux[relic_shared_at];
  const int z_count = (int)aux[relic_z_count];
  const double length = (double)(PORTAL_SHARED_ROW_COUNT(z_count) * relic_row_length);
  s.rows = shared + relic_shared_rows;
  const real number = maximum(minimum(nearest_whole(masses), REAL(shared[relic_shared_count] - 1.0)), REAL(0.0));
  s.start = index_of_whole(number * length);
  s.uniform = !any_lane(s.start != BITS(first_lane(s.start)));
  const real place = square(q.width / widest.width), strength = square(g * h);
  real *const pole = s.weights + relic_row_pole;
  PORTAL_LAGRANGE_WEIGHTS(shared_rest_nodes, shared_rest_scale, PORTAL_SHARED_REST, place, strength, s.weights)
  PORTAL_LAGRANGE_WEIGHTS(shared_pole_nodes, shared_pole_scale, PORTAL_SHARED_POLE, place, strength / q.width, pole)
  s.weights[relic_row_phi_pairs] = square(square(g));
  return s;
}

// An entry of each point's row.
INLINE real shared_entry(shared_average s, int row, int entry) {
  const unsigned long place = (unsigned long)(row * relic_row_length + entry);
  return s.uniform ? REAL(s.rows[first_lane(s.start) + place]) : gather(s.rows, s.start + BITS(place));
}

// (g h)^2 [P/Gamma + Q] + g^4 R.
INLINE real shared_sum(shared_average s, int row) {
  real part[3] = {REAL(0.0), REAL(0.0), REAL(0.0)};
  for (int n = 0; n <= relic_row_phi_pairs; ++n) part[n % 3] = fused(shared_entry(s, row, n), s.weights[n], part[n % 3]);
  return (part[0] + part[1]) + part[2];
}

// At the z record k.
INLINE boltzmann_terms shared_terms(shared_average s, int k) {
  boltzmann_terms t;
  t.average = shared_sum(s, k);
  t.rate = t.average * shared_entry(s, k, relic_row_rate);
  t.equilibrium = shared_entry(s, k, relic_row_equilibrium);
  return t;
}

INLINE real shared_sigmav_20(shared_average s, AUXILIARY aux) { return shared_sum(s, (int)aux[relic_z_count]); }

// Int L dln z from node k, a multiple of 8, on.
INLINE real shared_tail(shared_average s, int k, AUXILIARY aux) {
  return shared_sum(s, (int)aux[relic_z_count] + 1 + k / 8);
}

// The averages of one point, its own or shared; `is_shared` is known when the kernel is compiled.
typedef struct {
  int is_shared;
  single_average single;
  shared_average shared;
} effective_averages;

INLINE boltzmann_terms boltzmann_terms_at(effective_averages s, int k, AUXILIARY aux) {
  return s.is_shared ? shared_terms(s.shared, k) : single_terms(s.single, k, aux);
}

#endif
