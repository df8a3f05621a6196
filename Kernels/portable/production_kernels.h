// The kernels of production l N -> l' N phi. aux: production_process.h. Cross sections in pb per unit coupling, energies
// in GeV; outside phase space 0, never NaN.
#ifndef PORTAL_PRODUCTION_KERNELS_H
#define PORTAL_PRODUCTION_KERNELS_H

#include "production_cross_section.h"
#include "production_events.h"
#include "production_histogram.h"
#include "production_maps.h"
#include "production_sampling.h"
#include "shifted_lattice.h"
#include "weizsaecker_williams.h"

// energy, m_phi, 1-x, 1-cos theta -> d2sigma/(dx dcos theta), status: 0 inside, 1 outside phase space
INLINE void kernel_production_double_differential(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const production_point point = at_angle(process, forward_point(process, in[0], in[1], in[0] * in[2]), in[3]);
  out[0] = double_differential(process, point, aux + PORTAL_PROCESS_RULE);
  out[1] = point.allowed ? REAL(0.0) : REAL(1.0);
}
INLINE void kernel_ww_double_differential(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const photon_point point = photon_point_at(process, in[0], in[1], in[2]);
  out[0] = ww_double_differential(process, point, in[3], 0, aux + PORTAL_PROCESS_RULE);
  out[1] = point.allowed ? REAL(0.0) : REAL(1.0);
}
INLINE void kernel_improved_ww_double_differential(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const photon_point point = photon_point_at(process, in[0], in[1], in[2]);
  out[0] = ww_double_differential(process, point, in[3], 1, aux + PORTAL_PROCESS_RULE);
  out[1] = point.allowed ? REAL(0.0) : REAL(1.0);
}

// energy, m_phi, 1-x, largest 1-cos theta, u -> f with dsigma/dx = Int_0^1 f du
INLINE void kernel_production_differential(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const production_point forward = forward_point(process, in[0], in[1], in[0] * in[2]);
  const mapped polar = smooth_propagator_map(forward.forward_u, 2.0 * forward.p * forward.k,
                                             largest_versine(process, forward, in[3]), in[4]);
  const production_point point = at_angle(process, forward, polar.value);
  const real value = double_differential(process, point, aux + PORTAL_PROCESS_RULE) * polar.jacobian;
  out[0] = point.allowed ? value : REAL(0.0);
}
INLINE void kernel_ww_differential(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const photon_point point = photon_point_at(process, in[0], in[1], in[2]);
  out[0] = ww_differential(process, point, in[3], in[4], 0, aux + PORTAL_PROCESS_RULE);
}
INLINE void kernel_improved_ww_differential(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const photon_point point = photon_point_at(process, in[0], in[1], in[2]);
  out[0] = ww_differential(process, point, in[3], in[4], 1, aux + PORTAL_PROCESS_RULE);
}

// energy, m_phi, lowest w, highest w, u -> 1-x, dx/du, status: 0 open, 1 closed (then 1 and 0). The cuts on
// w = E - E_phi are intersected with phase space.
INLINE void mapped_recoil(const recoil_range range, const real *in, real *out) {
  const real low = maximum(range.low, in[2]), high = minimum(range.high, in[3]);
  const mapped recoil = recoil_map(in[0], low, high, in[4]);
  const mask open = range.open & (low < high);
  out[0] = open ? recoil.value / in[0] : REAL(1.0);
  out[1] = open ? recoil.jacobian : REAL(0.0);
  out[2] = open ? REAL(0.0) : REAL(1.0);
}
INLINE void kernel_production_recoil(const real *in, real *out, AUXILIARY aux) {
  mapped_recoil(recoil_range_of(process_of(aux), in[0], in[1]), in, out);
}
INLINE void kernel_ww_recoil(const real *in, real *out, AUXILIARY aux) {
  mapped_recoil(ww_recoil_range_of(process_of(aux), in[0], in[1]), in, out);
}

// energy, m_phi, lowest w, highest w, tile, point -> mean weight, mean squared weight of a tile
INLINE void kernel_production_tile(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  real shift[4];
  production_uniforms(shift, integer_of(in[4]), integer_of(in[5]), aux);
  real sum = REAL(0.0), squares = REAL(0.0);
  for (int i = 0; i < PORTAL_TILE_SAMPLES; ++i) {
    real uniform[4];
    lattice_point(uniform, shift, i);
    const real weight = sample_at(process, in[0], in[1], in[2], in[3], uniform).weight;
    sum = sum + weight;
    squares = fused(weight, weight, squares);
  }
  out[0] = sum * (1.0 / PORTAL_TILE_SAMPLES);
  out[1] = squares * (1.0 / PORTAL_TILE_SAMPLES);
}

// energy, m_phi, lowest w, highest w, tile, point -> mean weight in each bin
INLINE void kernel_production_histogram(const real *in, real *out, AUXILIARY aux) {
  real shift[4];
  production_uniforms(shift, integer_of(in[4]), integer_of(in[5]), aux);
  fill_histogram(process_of(aux), in, shift, aux, out);
}

// energy, m_phi, lowest w, highest w, sample, point -> weight; energy and momentum (x, y, z) of phi, of the lepton; kinetic
// energy and momentum of the nucleus. The beam is along z.
INLINE void kernel_production_event(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const bits number = integer_of(in[4]), point = integer_of(in[5]);
  real uniform[4];
  production_uniforms(uniform, number, point, aux);
  const production_sample sample = sample_at(process, in[0], in[1], in[2], in[3], uniform);
  const production_event event = event_of(process, sample, production_azimuth(number, point, aux));
  out[0] = sample.weight;
  for (int i = 0; i < 4; ++i) {
    out[1 + i] = event.phi[i];
    out[5 + i] = event.lepton[i];
    out[9 + i] = event.nucleus[i];
  }
}

#endif
