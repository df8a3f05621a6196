// Histograms filled on the device: one tile of samples gives one mean weight per bin, so a bin's sum and its error follow
// on the host from the means of tiles in their order, without atomics.
#ifndef PORTAL_PRODUCTION_HISTOGRAM_H
#define PORTAL_PRODUCTION_HISTOGRAM_H

#include "production_events.h"
#include "shifted_lattice.h"

// 1 - cos of a momentum's angle to the beam.
INLINE real versine_of(real x, real y, real z) {
  const real transverse2 = square(x) + square(y);
  const real length = square_root(transverse2 + square(z));
  const real small = transverse2 / (length * (length + absolute(z)));
  return z >= 0.0 ? small : 2.0 - small;
}

// What is histogrammed: 0 energy of l' [GeV], 1 1 - cos of its angle, 2 energy of phi [GeV], 3 1 - cos of its angle.
INLINE real histogrammed_variable(const production_process process, const production_sample sample, int variable) {
  if (variable == 2) return sample.point.phi_energy;
  if (variable == 3) return sample.point.versine;
  const production_event event = event_of(process, sample, REAL(0.0));
  if (variable == 0) return event.lepton[0];
  return versine_of(event.lepton[1], event.lepton[2], event.lepton[3]);
}

// Mean weight per bin of one tile, bins [edge, next edge).
INLINE void fill_histogram(const production_process process, const real *in, const real *shift, AUXILIARY aux,
                           real *bins) {
  AUXILIARY edges = aux + PORTAL_PROCESS_EDGES;
  const int variable = (int)aux[PORTAL_PROCESS_VARIABLE];
  for (int b = 0; b < PORTAL_HISTOGRAM_BINS; ++b) bins[b] = REAL(0.0);
  for (int i = 0; i < PORTAL_TILE_SAMPLES; ++i) {
    real uniform[4];
    lattice_point(uniform, shift, i);
    const production_sample sample = sample_at(process, in[0], in[1], in[2], in[3], uniform);
    const real value = histogrammed_variable(process, sample, variable);
    for (int b = 0; b < PORTAL_HISTOGRAM_BINS; ++b)
      bins[b] = bins[b] + (((value >= edges[b]) & (value < edges[b + 1])) ? sample.weight : REAL(0.0));
  }
  for (int b = 0; b < PORTAL_HISTOGRAM_BINS; ++b) bins[b] = bins[b] * (1.0 / PORTAL_TILE_SAMPLES);
}

#endif
