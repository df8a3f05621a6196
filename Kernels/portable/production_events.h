// Four-momenta in the laboratory frame of a sampled point, beam along z: (energy, x, y, z) [GeV].
//
// With e_a the horizontal direction of phi, e_V = V/|V| = (-sin(p,V) e_a, cos(p,V)), e_1 = (cos(p,V) e_a, sin(p,V)) and
// e_2 = e_z x e_a, the nucleus takes Q = |Q| [cos(V,Q) e_V + sin(V,Q) (cos(phi) e_1 + sin(phi) e_2)] and the kinetic
// energy T/2M; the lepton takes V - Q and w - T/2M.
#ifndef PORTAL_PRODUCTION_EVENTS_H
#define PORTAL_PRODUCTION_EVENTS_H

#include "production_sampling.h"

typedef struct {
  real phi[4], lepton[4];
  real nucleus[4];  // kinetic energy first
} production_event;

// One sample of the whole phase space: a stratum at random, then w inside it. The edges of the strata are in aux.
INLINE production_sample stratified_sample(const production_process process, real energy, real m_phi, bits number,
                                           bits point, AUXILIARY aux) {
  AUXILIARY edges = aux + PORTAL_PROCESS_EDGES;
  const double strata = aux[PORTAL_PROCESS_STRATA];
  real uniform[4];
  production_uniforms(uniform, number, point, aux);
  const real place = uniform[0] * strata;
  const real shifted = maximum(place - 0.5, REAL(0.0)) + 4503599627370496.0;  // 2^52: rounds to a whole number
  const bits stratum = bits_of(shifted) & BITS(0xffffffffffffful);
  uniform[0] = minimum(maximum(place - (shifted - 4503599627370496.0), REAL(0.0)), REAL(1.0));
  production_sample sample =
      sample_at(process, energy, m_phi, gather(edges, stratum), gather(edges, stratum + BITS(1)), uniform);
  sample.weight = sample.weight * strata;
  return sample;
}

// azimuth of phi around the beam in turns
INLINE production_event event_of(const production_process process, const production_sample sample, real azimuth) {
  const production_point x = sample.point;
  const rotation a = rotation_by_turns(azimuth);
  const real phi_transverse = x.k * square_root(x.versine * (2.0 - x.versine));
  const real phi_along = x.k - x.k * x.versine;
  const real v_along = x.w + x.delta + x.k * x.versine;  // |p| - |k| cos theta
  const real sine = phi_transverse / x.v_length, cosine = v_along / x.v_length;

  const real q_along_v = (x.u + sample.t * (1.0 + x.w * (1.0 / process.nucleus))) / (2.0 * x.v_length);
  const real range = maximum(x.t_curvature * (sample.t - x.t_min) * (x.t_max - sample.t), REAL(0.0));
  const real q_across_v = square_root(range) / (2.0 * x.v_length);
  const real q1 = q_across_v * sample.cosine, q2 = q_across_v * sample.sine;
  const real q_horizontal = q1 * cosine - q_along_v * sine;  // along e_a

  production_event event;
  event.nucleus[0] = sample.t * (0.5 / process.nucleus);
  event.nucleus[1] = q_horizontal * a.cosine - q2 * a.sine;
  event.nucleus[2] = q_horizontal * a.sine + q2 * a.cosine;
  event.nucleus[3] = q1 * sine + q_along_v * cosine;
  event.phi[0] = x.phi_energy;
  event.phi[1] = phi_transverse * a.cosine;
  event.phi[2] = phi_transverse * a.sine;
  event.phi[3] = phi_along;
  event.lepton[0] = x.w - event.nucleus[0];
  event.lepton[1] = -event.phi[1] - event.nucleus[1];
  event.lepton[2] = -event.phi[2] - event.nucleus[2];
  event.lepton[3] = v_along - event.nucleus[3];
  return event;
}

#endif
