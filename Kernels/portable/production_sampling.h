// Monte Carlo for l N -> l' N phi: one weighted point of phase space from uniform numbers.
//
//   w     in [w_low, w_high], uniform in ln w; the caller stratifies w, so that each stratum has the same cross section
//   theta uniform in 1/U
//   T     uniform in ln[T/(T + d/2)]: logarithmic below the nuclear size, 1/T^2 above
//   phi   through cos(phi) = (A cos psi - B)/(A - B cos psi), psi uniform in [0, 2 pi), which absorbs 1/ss: dphi = ss/R dpsi
//
// The mean weight of a stratum is its cross section [pb].
#ifndef PORTAL_PRODUCTION_SAMPLING_H
#define PORTAL_PRODUCTION_SAMPLING_H

#include "philox.h"
#include "production_cross_section.h"
#include "production_maps.h"
#include "trigonometry.h"

// Counter (sample, point), key (seed, 4 stream + block): a sample has the same bits wherever and whenever it is drawn.
INLINE philox_block production_block(bits sample, bits point, int block, AUXILIARY aux) {
  const bits low = BITS(0xfffffffful);
  philox_block counter;
  counter.word[0] = sample & low;
  counter.word[1] = sample >> 32;
  counter.word[2] = point & low;
  counter.word[3] = point >> 32;
  const bits seed = integer_of(REAL(aux[PORTAL_PROCESS_SEED])), stream = integer_of(REAL(aux[PORTAL_PROCESS_STREAM]));
  return philox4x32(counter, seed & low, ((stream << 2) + BITS(block)) & low);
}

// The four numbers in [0, 1) behind a weight.
INLINE void production_uniforms(real *uniform, bits sample, bits point, AUXILIARY aux) {
  for (int i = 0; i < 2; ++i) {
    const philox_block block = production_block(sample, point, i, aux);
    uniform[2 * i] = uniform53(block.word[0], block.word[1]);
    uniform[2 * i + 1] = uniform53(block.word[2], block.word[3]);
  }
}

// The two numbers in [0, 1) of an event besides: azimuth of phi around the beam in turns, rejection.
INLINE void event_uniforms(real *uniform, bits sample, bits point, AUXILIARY aux) {
  const philox_block block = production_block(sample, point, 2, aux);
  uniform[0] = uniform53(block.word[0], block.word[1]);
  uniform[1] = uniform53(block.word[2], block.word[3]);
}

typedef struct {
  production_point point;
  real weight;       // [pb]
  real t;            // T
  real cosine, sine; // of phi
} production_sample;

// A2 ss/R at one azimuth.
INLINE real flattened_a2(const production_process process, const production_point x, const production_line line,
                         const production_slice f, real t, real cosine, real ss, real per_r) {
  const double mass = process.nucleus;
  const real s = f.s0 + f.swing * cosine, n = f.n0 + f.n1 * cosine;
  const real ek = x.phi_energy;
  const real x_part = 4.0 * mass * (2.0 * ek * t * (2.0 * mass * ek - s) - mass * square(s));
  const real y_part = 4.0 * square(n) - t * f.p2 * square(s);
  return 2.0 * per_r / square(x.u) * (line.c_plus * x_part + line.c_minus * y_part / ss);
}

INLINE production_sample sample_at(const production_process process, real energy, real m_phi, real w_low, real w_high,
                                   const real *uniform) {
  const real recoil_length = logarithm(w_high / w_low);
  const real w = w_low * exponential(recoil_length * uniform[0]);
  const production_point forward = forward_point(process, energy, m_phi, w);
  const mapped polar = propagator_map(forward.forward_u, 2.0 * forward.p * forward.k,
                                      largest_versine(process, forward), uniform[1]);
  production_sample sample;
  sample.point = at_angle(process, forward, polar.value);
  const production_point x = sample.point;
  const production_line line = lepton_line(process, x);

  // y = T/(T + size), ln y uniform.
  const double size = 0.5 * process.nuclear_size;
  const real y_low = x.t_min / (x.t_min + size), y_high = x.t_max / (x.t_max + size);
  const real transfer_length = logarithm(y_high / y_low);
  const real y = y_low * exponential(transfer_length * uniform[2]);
  sample.t = minimum(maximum(size * y / (1.0 - y), x.t_min), x.t_max);
  const real t = sample.t;
  const real per_t = transfer_length * (t + size) * (1.0 / size) / t;  // (dT/du)/T^2

  const production_slice f = slice_at(process, x, line, t);
  const rotation psi = rotation_by_turns(uniform[3]);
  const real r2 = (f.s_channel - f.swing) * (f.s_channel + f.swing);
  const real per_r = 1.0 / square_root(r2);
  const real per_denominator = 1.0 / (f.s_channel - f.swing * psi.cosine);
  const real ss = r2 * per_denominator;
  sample.cosine = (f.s_channel * psi.cosine - f.swing) * per_denominator;
  sample.sine = r2 * per_r * psi.sine * per_denominator;

  const real a2 = flattened_a2(process, x, line, f, t, sample.cosine, ss, per_r);
  const real jacobian = w / energy * recoil_length * polar.jacobian * per_t;
  const real weight = production_flux(process, x) * form_factor(process, t) * a2 * jacobian;
  sample.weight = (x.allowed & (recoil_length > 0.0) & (weight > 0.0)) ? weight : REAL(0.0);
  return sample;
}

#endif
