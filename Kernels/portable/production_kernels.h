// The kernels of production l N -> l' N phi. aux: production_process.h. Cross sections in pb per unit coupling, energies
// in GeV; outside phase space 0, never NaN. Where a value is no number, its error is infinite, and its status 2.
#ifndef PORTAL_PRODUCTION_KERNELS_H
#define PORTAL_PRODUCTION_KERNELS_H

#include "production_events.h"
#include "production_histogram.h"
#include "production_integrals.h"
#include "production_monte_carlo.h"
#include "production_strata.h"
#include "weizsaecker_williams.h"

// Of a value: 0 inside phase space, 1 outside, 2 where it is no number.
INLINE real production_status(mask allowed, real value) {
  return allowed ? (absolute(value) < infinity() ? REAL(0.0) : REAL(2.0)) : REAL(1.0);
}

// energy, m_phi, 1-x, 1-cos theta -> d2sigma/(dx dcos theta), status
INLINE void kernel_production_double_differential(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const production_point point = at_angle(process, forward_point(process, in[0], in[1], in[0] * in[2]), in[3]);
  out[0] = double_differential(process, point, rule_at(aux + PORTAL_PROCESS_RULES));
  out[1] = production_status(point.allowed, out[0]);
}
INLINE void ww_double_differential_outputs(const real *in, real *out, AUXILIARY aux, int improved) {
  const production_process process = process_of(aux);
  const photon_point point = photon_point_at(process, in[0], in[1], in[0] * in[2]);
  out[0] = ww_double_differential(process, point, in[3], improved, rule_at(aux + PORTAL_PROCESS_RULES));
  out[1] = production_status(point.allowed, out[0]);
}
INLINE void kernel_ww_double_differential(const real *in, real *out, AUXILIARY aux) {
  ww_double_differential_outputs(in, out, aux, 0);
}
INLINE void kernel_improved_ww_double_differential(const real *in, real *out, AUXILIARY aux) {
  ww_double_differential_outputs(in, out, aux, 1);
}

// energy, m_phi, 1-x -> dsigma/dx, its relative error, evaluations of the squared amplitude
INLINE void differential_outputs(const real *in, real *out, AUXILIARY aux, int method) {
  const refined estimate = refined_differential(process_of(aux), in[0], in[1], in[0] * in[2], aux, method);
  out[0] = estimate.value;
  out[1] = estimate.relative_error;
  out[2] = estimate.evaluations;
}
INLINE void kernel_production_differential(const real *in, real *out, AUXILIARY aux) {
  differential_outputs(in, out, aux, PORTAL_EXACT);
}
INLINE void kernel_ww_differential(const real *in, real *out, AUXILIARY aux) {
  differential_outputs(in, out, aux, PORTAL_WW);
}
INLINE void kernel_improved_ww_differential(const real *in, real *out, AUXILIARY aux) {
  differential_outputs(in, out, aux, PORTAL_IMPROVED_WW);
}

// energy, m_phi -> sigma, its relative error, evaluations of the squared amplitude
INLINE void total_outputs(const real *in, real *out, AUXILIARY aux, int method) {
  const refined estimate = refined_total(process_of(aux), in[0], in[1], aux, method);
  out[0] = estimate.value;
  out[1] = estimate.relative_error;
  out[2] = estimate.evaluations;
}
INLINE void kernel_production_total(const real *in, real *out, AUXILIARY aux) {
  total_outputs(in, out, aux, PORTAL_EXACT);
}
INLINE void kernel_ww_total(const real *in, real *out, AUXILIARY aux) { total_outputs(in, out, aux, PORTAL_WW); }
INLINE void kernel_improved_ww_total(const real *in, real *out, AUXILIARY aux) {
  total_outputs(in, out, aux, PORTAL_IMPROVED_WW);
}

// energy, m_phi, share -> the w = E - E_phi below which about that share of the cross section lies (0 where the process is
// closed), status
INLINE void kernel_production_share(const real *in, real *out, AUXILIARY aux) {
  const recoil_profile profile = recoil_profile_of(process_of(aux), in[0], in[1], aux);
  const real w = recoil_at_share(profile, in[2]);
  out[0] = profile.range.open ? w : REAL(0.0);
  out[1] = production_status(profile.range.open, out[0]);
}

// energy, m_phi, point -> sigma by Monte Carlo, its relative standard error
INLINE void kernel_production_monte_carlo(const real *in, real *out, AUXILIARY aux) {
  const sampled total = monte_carlo_total(process_of(aux), in[0], in[1], integer_of(in[2]), aux);
  out[0] = total.value;
  const real error = square_root(maximum(total.variance, REAL(0.0))) / total.value;
  out[1] = total.value > 0.0 ? error : (total.value <= 0.0 ? REAL(0.0) : infinity());
}

// energy, m_phi, lowest w, highest w, tile, point -> mean weight of a tile
INLINE void kernel_production_tile(const real *in, real *out, AUXILIARY aux) {
  out[0] = tile_mean(process_of(aux), in[0], in[1], in[2], in[3], integer_of(in[4]), integer_of(in[5]), aux);
}

// energy, m_phi, lowest w, highest w, tile, point -> mean weight in each bin
INLINE void kernel_production_histogram(const real *in, real *out, AUXILIARY aux) {
  real shift[4];
  production_uniforms(shift, integer_of(in[4]), integer_of(in[5]), aux);
  fill_histogram(process_of(aux), in, shift, aux, out);
}

// energy, m_phi, sample, point -> weight, a uniform number for its rejection; energy and momentum (x, y, z) of phi, of the
// lepton; kinetic energy and momentum of the nucleus. The beam is along z. aux holds the strata.
INLINE void kernel_production_event(const real *in, real *out, AUXILIARY aux) {
  const production_process process = process_of(aux);
  const bits number = integer_of(in[2]), point = integer_of(in[3]);
  const production_sample sample = stratified_sample(process, in[0], in[1], number, point, aux);
  real more[2];
  event_uniforms(more, number, point, aux);
  const production_event event = event_of(process, sample, more[0]);
  out[0] = sample.weight;
  out[1] = more[1];
  for (int i = 0; i < 4; ++i) {
    out[2 + i] = event.phi[i];
    out[6 + i] = event.lepton[i];
    out[10 + i] = event.nucleus[i];
  }
}

#endif
