// <sigma_eff v> of three masses for all couplings of a grid: computed once, and only the Boltzmann equation per point.
//
// The couplings enter through (g h)^2, g^4 and the width:
//
//   <sigma_eff v> = (g h)^2 [ P(Gamma^2)/Gamma + Q(Gamma^2) ] + g^4 R
//
// P/Gamma is the pole's own part (annihilation_pole.h), R is phi phi*. P and Q are analytic up to |Gamma| = Delta =
// |m_phi^2 - s_min|/m_phi, where the pole meets the threshold, and are interpolated by polynomials in Gamma^2 between 0 and
// the Gamma_max of the largest couplings. P has more terms, because it oscillates as cos(Gamma/2T). Where Gamma_max exceeds
// half of Delta the polynomials would converge slowly: these masses are not shared. This file computes the rows of numbers
// that relic_shared.h reads.
#ifndef PORTAL_SHARED_ROWS_H
#define PORTAL_SHARED_ROWS_H

#include "boltzmann_terms.h"
#include "whole_numbers.h"

#define PORTAL_SHARED_REST 6
#define PORTAL_SHARED_POLE 8
// Largest Gamma_max/Delta; the polynomials' errors fall as 18^-terms there.
#define PORTAL_SHARED_WIDEST 0.5
// phi phi* is kept up to this ln (g/h)^2.
#define PORTAL_SHARED_LOG_RATIO2 60.0

// A row, at one z: Q and P at their nodes, R, L/<sigma_eff v>, Y_eq.
enum {
  relic_row_rest = 0,
  relic_row_pole = PORTAL_SHARED_REST,
  relic_row_phi_pairs = PORTAL_SHARED_REST + PORTAL_SHARED_POLE,
  relic_row_rate,
  relic_row_equilibrium,
  relic_row_length
};
// After the largest couplings and the number of triples of masses the rows of one triple after the other: those of the z
// records; that at x = 20; the tails, Int L dln z from node 8 i on as Q, P and R give it, i = 0, 1, ...
// (native/relic_shared_tables.c).
enum { relic_shared_h, relic_shared_g, relic_shared_count, relic_shared_rows };
#define PORTAL_SHARED_ROW_COUNT(z_count) ((z_count) + 1 + ((z_count) / 8 + 1))

// Gamma^2/Gamma_max^2 at the nodes, and 1/Prod_m (node n - node m): zeros of a Chebyshev polynomial for Q; for P, which is
// divided by Gamma, extrema, because one of them is 0 (to 1e-12).
CONSTANT_TABLE shared_rest_nodes[PORTAL_SHARED_REST] = {
    0.9829629131445341, 0.8535533905932737, 0.6294095225512604, 0.37059047744873963, 0.14644660940672624,
    0.017037086855465858};
CONSTANT_TABLE shared_rest_scale[PORTAL_SHARED_REST] = {
    44.17178369749688, -120.67955732250411, 164.851341020001, -164.851341020001, 120.67955732250411,
    -44.17178369749688};
CONSTANT_TABLE shared_pole_nodes[PORTAL_SHARED_POLE] = {
    1e-12, 0.049515566048790434, 0.18825509907063323, 0.3887395330218428, 0.6112604669781572, 0.8117449009293668,
    0.9504844339512095, 1.0};
CONSTANT_TABLE shared_pole_scale[PORTAL_SHARED_POLE] = {
    -585.1428571621668, 1170.285714309349, -1170.2857142919308, 1170.2857142887246, -1170.285714287629,
    1170.285714287156, -1170.2857142869454, 585.1428571434423};

// The point with the largest couplings of the grid.
INLINE annihilation_point widest_point(real m_phi, real m_1, real m_2, real h, real g, AUXILIARY aux, int scalars) {
  annihilation_point q = annihilation_point_of(m_phi, m_1, m_2, h, g, scalars);
  q.pole = pole_clear_of_nodes(q.pole, REAL(aux[(int)aux[relic_v_at]]), REAL(aux[relic_step]));
  return q;
}

// One v node of the sums at the widths of Q's nodes.
INLINE void shared_lepton_add(annihilation_point q, real v, real shape, int scalars, real *sums) {
  const lepton_terms t = lepton_terms_of(q, v, scalars);
  const real weight = shape * t.numerator / t.s;
  for (int n = 0; n < PORTAL_SHARED_REST; ++n)
    sums[n] = sums[n] + weight / fused(square(q.phi * q.width), shared_rest_nodes[n], t.distance2);
}

// J_emu/(g h)^2 at the widths of Q's nodes, with the pole's part.
INLINE void shared_lepton_sums(annihilation_point q, real z, AUXILIARY aux, int scalars, real *sums) {
  AUXILIARY v = aux + (int)aux[relic_v_at];
  const int count = (int)aux[relic_v_count];
  const real inverse = 1.0 / z;
  const mask near = resonance_is_near(q, z);
  for (int n = 0; n < PORTAL_SHARED_REST; ++n) sums[n] = REAL(0.0);
  for (int j = 0; j < count; ++j) {
    AUXILIARY node = v + PORTAL_RELIC_V_RECORD * j;
    const real product = z * node[0];
    const mask counts = (near | (product > 1e-6)) & (product < 45.0);
    if (!any_lane(counts)) continue;
    const real shape = bessel_k1_shape(inverse * node[1]) * (node[2] * exponential(-product));
    shared_lepton_add(q, REAL(node[0]), counts ? shape : REAL(0.0), scalars, sums);
  }
  const mask reaches = resonance_is_near(q, REAL(PORTAL_RELIC_BAND_FROM / v[0]));
  if (any_lane(reaches)) {
    const real shape = reaches ? bessel_k1_shape(inverse) : REAL(0.0);
    const double ratio = v[0] / v[PORTAL_RELIC_V_RECORD];
    real node = REAL(v[0]);
    for (int n = nodes_below(aux); n > 0; --n) {
      node = node * ratio;
      shared_lepton_add(q, node, shape, scalars, sums);
    }
  }
  const real unit = square_root(0.5 * PORTAL_PI * inverse) * aux[relic_step];
  for (int n = 0; n < PORTAL_SHARED_REST; ++n) sums[n] = sums[n] * unit;
}

INLINE void shared_lepton_row(annihilation_point widest, real z, AUXILIARY aux, int scalars, real *row) {
  const real first = REAL(aux[(int)aux[relic_v_at]]), step = REAL(aux[relic_step]);
  const real inverse = 1.0 / z, root = square_root(inverse), widest_width = widest.width;
  shared_lepton_sums(widest, z, aux, scalars, row + relic_row_rest);
  for (int n = 0; n < PORTAL_SHARED_REST; ++n) {
    widest.width = widest_width * square_root(REAL(shared_rest_nodes[n]));
    const real correction = pole_contribution(annihilation_pole_of(widest, first, step, scalars), z, inverse, root);
    const real alone = pole_contribution(pole_alone(widest, scalars), z, inverse, root);
    row[relic_row_rest + n] = row[relic_row_rest + n] + (correction - alone);
  }
  for (int n = 0; n < PORTAL_SHARED_POLE; ++n) {
    widest.width = widest_width * square_root(REAL(shared_pole_nodes[n]));
    const real alone = pole_part(pole_alone(widest, scalars), z, inverse, root, 0.0, PORTAL_POLES_TO);
    row[relic_row_pole + n] = widest.width * alone;
  }
}

// The row of z record k, or of x = 20 where k is their number.
INLINE void shared_row(real m_phi, real m_1, real m_2, real h, real g, real k, real *row, AUXILIARY aux, int scalars) {
  const annihilation_point widest = widest_point(m_phi, m_1, m_2, h, g, aux, scalars);
  const real number = nearest_whole(k);
  const mask at_20 = none_of(number < aux[relic_z_count]);
  const int length = relic_record_band + (int)aux[relic_band], first = (int)aux[relic_z_at] + relic_record_z;
  const real place = (at_20 ? REAL(0.0) : maximum(number, REAL(0.0))) * (double)length + (double)first;
  const real here = at_20 ? 20.0 / widest.light : gather(aux, index_of_whole(place));
  const annihilation a = annihilation_without_pole(widest, REAL(PORTAL_SHARED_LOG_RATIO2), aux, scalars);
  phi_pair_state pairs;
  phi_pairs_begin(&pairs, aux);
  const species_densities densities = species_densities_at(widest.light, widest.heavy, here);
  shared_lepton_row(widest, here, aux, scalars, row);
  // (g h)^2 and g^4 in the units of the couplings; those of scalars are in units of E_min there.
  const real in_units = scalars ? square(widest.unit) : REAL(1.0);
  const real leptons = effective_average(a, here, densities, REAL(1.0), REAL(0.0)) * in_units * (1.0 / (64.0 * PORTAL_PI));
  for (int n = 0; n < relic_row_phi_pairs; ++n) row[n] = row[n] * leptons;
  const real phi_pairs = phi_pair_average_at(a, &pairs, here, aux) / square(widest.dark2);
  row[relic_row_phi_pairs] = effective_average(a, here, densities, REAL(0.0), phi_pairs) * square(in_units);
  const plasma p = plasma_at(a, densities, 1.0 / here, logarithm(widest.scale / here), aux);
  row[relic_row_rate] = p.rate;
  row[relic_row_equilibrium] = p.equilibrium;
}

#endif
